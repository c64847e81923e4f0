"""Somebody rings: a name or alias and one way to reach them, and the person is taken in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from ...access.scopes import current_initiative_ids
from ...privacy.access_log import Action, log_access
from .. import services
from ..forms import EnquiryForm
from ..models import Citizen
from .common import for_kind, header, kind_of, list_url, person_url, url

FIELDS = ("first_name", "phone", "email")


@for_kind("add")
def enquiry(request, model):
    """Show and save the first enquiry; somebody with the same number is asked about first."""
    form = EnquiryForm(request.POST or None, initiative_ids=current_initiative_ids())
    same = []
    if request.method == "POST" and form.is_valid():
        same = _maybe_same(request, model, form.cleaned_data)
        if not same or form.cleaned_data["somebody_else"]:
            person = _take_in(request, model, form)
            if person:
                messages.success(request, _("%(person)s is taken in.") % {"person": person})
                return redirect(url("conversation", person))
    title = _("New citizen") if model is Citizen else _("New volunteer")
    context = {
        **header(model, title),
        "form": form,
        "same": [{"person": person, "url": person_url(person)} for person in same],
        "cancel_url": list_url(model),
    }
    return render(request, "peer_support/people/enquiry.html", context)


def _maybe_same(request, model, data):
    with transaction.atomic():
        same = services.maybe_same(
            model=model, initiative=data["initiative"], phone=data["phone"], email=data["email"]
        )
        log_access(
            user=request.user, action=Action.SEARCH, objects=same, route=f"people_{kind_of(model)}:enquiry"
        )
    return same


def _take_in(request, model, form):
    try:
        taken = services.create_person(
            model=model,
            initiative=form.cleaned_data["initiative"],
            values={name: form.cleaned_data[name] for name in FIELDS},
            user=request.user,
            route=f"people_{kind_of(model)}:enquiry",
        )
    except NotAllowed as refusal:
        form.add_error(None, refusal.decision.reason)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            form.add_error(name if name in form.fields else None, sentences)
    else:
        return taken.person
    return None
