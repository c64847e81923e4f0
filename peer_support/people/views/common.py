"""What the screens share: one decorator for both kinds of people, and the slim header."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ...access.guards import require_permission
from .. import rules
from ..models import Citizen, Volunteer

KINDS = {"citizen": Citizen, "volunteer": Volunteer}


def for_kind(action, *, stopped_too=False, more=()):
    """Decorator: ``view(request, model, …)`` for ``kind``, for those who hold the right ``action`` on its model.

    ``more`` are further permissions. A screen that changes somebody whose record is left alone says so and leads back,
    before anything is typed; ``stopped_too`` lets it open all the same.
    """

    def decorator(view):
        inner = view if stopped_too or action != "change" else _unless_stopped(view)
        guarded = {kind: require_permission(f"peer_support.{action}_{kind}", *more)(inner) for kind in KINDS}

        @wraps(view)
        def choose(request, kind, *args, **kwargs):
            if kind not in guarded:
                raise Http404
            return guarded[kind](request, KINDS[kind], *args, **kwargs)

        return choose

    return decorator


def _unless_stopped(view):
    @wraps(view)
    def checked(request, model, pk, *args, **kwargs):
        person = model.objects.filter(pk=pk).only("number", "initiative", "restricted_on").first()
        if person is not None and not (decision := rules.may_change(person)):
            messages.warning(request, decision.reason)
            return redirect(person_url(person))
        return view(request, model, pk, *args, **kwargs)

    return checked


def kind_of(person_or_model):
    """Return ``"citizen"`` or ``"volunteer"``."""
    return person_or_model._meta.model_name


def get_person(model, pk):
    """Return the person in the open scope, or 404."""
    return get_object_or_404(model.objects.select_related("initiative"), pk=pk)


def list_url(model):
    """Return the address of the list; the names follow from ``base_url_path`` in :mod:`..admin`."""
    return reverse(f"people_{kind_of(model)}_modeladmin_index")


def person_url(person):
    """Return the address of the page that shows a person."""
    return reverse(f"people_{kind_of(person)}_modeladmin_inspect", args=[person.pk])


def url(name, person):
    """Return the address of one of this room's screens for ``person``."""
    return reverse(f"peer_support_people:{kind_of(person)}_{name}", args=[person.pk])


def header(model, title, person=None, icon="user"):
    """Return the context of Wagtail's slim header."""
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": list_url(model), "label": capfirst(model._meta.verbose_name_plural)},
    ]
    if person:
        items.append({"url": person_url(person), "label": str(person)})
    items.append({"url": "", "label": title})
    return {
        "breadcrumbs_items": items,
        "header_title": f"{title} · {person}" if person else title,
        "page_title": title,
        "header_icon": icon,
    }
