"""A person's change, and a group's, in the admin: looked at, printed, and never as a list of people."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from ...access.guards import require_permission
from ...people.models import Citizen
from ...people.views.common import for_kind, get_person, header, kind_of, person_url
from ...privacy.access_log import Action, log_access
from ..questionnaires.presenting import person_page as questionnaires_url
from ..services import star_of
from . import rules, services, sheets
from .collecting import answered_by, are_readable, group_pictures, shown_of
from .groups import GroupForm

SAFE = ("GET", "HEAD")
ROUTE = "peer_support_changes"
PERMISSION = "peer_support.view_questionnaire"


def url(name, person):
    """Return the address of one of this room's screens for ``person``."""
    return reverse(f"{ROUTE}:{name}", args=[kind_of(person), person.pk])


def change_screen(view):
    """Decorator: ``view(request, person, rows)`` for those who may see both the person and their questionnaires."""

    @for_kind("view")
    @wraps(view)
    def checked(request, model, pk):
        needed = [PERMISSION]
        if request.method not in SAFE:
            needed += ["peer_support.change_questionnaire", f"peer_support.change_{model._meta.model_name}"]
        if not request.user.has_perms(needed):
            raise PermissionDenied
        person = get_person(model, pk)
        rows = answered_by(person)
        # The person too: their name stands on the page, also where nothing is answered yet.
        log_access(
            user=request.user, action=Action.READ, objects=[person, *rows], route=f"{ROUTE}:{view.__name__}"
        )
        return view(request, person, rows)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@change_screen
def person_page(request, person, rows):
    """The change as the person sees it, and what they have decided about it."""
    if request.method not in SAFE:
        return _deed(request, person)
    choice, readable = services.choice_of(person), are_readable(rows)
    context = {
        **header(type(person), _("When I began, and now"), person, icon="order"),
        "person": person,
        "name": person.display_name,
        "shown": shown_of(rows) if readable else [],
        "readable": readable,
        "hidden": choice is not None and choice.hidden,
        "volunteer_sees": rules.volunteer_sees(choice),
        "is_citizen": isinstance(person, Citizen),
        "may_show": rules.may_show(person),
        "may_change": request.user.has_perm("peer_support.change_questionnaire"),
        "has_star": star_of(person) is not None and request.user.has_perm("peer_support.view_progressstar"),
        "star_url": reverse("peer_support_outcomes:star", args=[kind_of(person), person.pk]),
        "questionnaires_url": questionnaires_url(person),
        "print_url": url("print", person),
        "back_url": person_url(person),
    }
    return render(request, "peer_support/outcomes/changes/admin_person.html", context)


def _deed(request, person):
    """Write down what the person said about who may see it, and come back."""
    do = request.POST.get("do")
    try:
        if do in ("show", "keep"):
            services.show_to_volunteer(
                person=person, shown=do == "show", user=request.user, route=f"{ROUTE}:person"
            )
            messages.success(request, _("It is written down."))
        elif do in ("hide", "see"):
            services.hide(person=person, hidden=do == "hide", user=request.user, route=f"{ROUTE}:person")
            messages.success(request, _("It is written down."))
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
    return redirect(url("person", person))


@require_safe
@change_screen
def print_page(request, person, rows):
    """The sheet to print."""
    return sheets.print_response(request, rows, back=url("person", person), pdf_url=url("pdf", person))


@require_safe
@change_screen
def pdf_page(request, person, rows):
    """The sheet as a PDF."""
    return sheets.pdf_response(request, rows, print_url=url("print", person))


@require_safe
@require_permission(PERMISSION)
def group_page(request):
    """How it goes for a course, or for everybody that an initiative follows: means of those who answered both times."""
    form = GroupForm(request.GET)
    group = form.chosen()
    pictures = group_pictures(group, *form.days()) if group else []
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("How it goes")},
        ],
        "header_title": _("How it goes"),
        "page_title": _("How it goes"),
        "header_icon": "order",
        "form": form,
        "group": group,
        "period": form.period_text() if group and not group.course else "",
        "pictures": pictures,
    }
    return render(request, "peer_support/outcomes/changes/admin_group.html", context)
