"""Agreeing on a conversation with a person, moving it, calling it off, and its entry for the coordinator's calendar."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from .. import audit, bookings, rules, services_booking
from ..forms_booking import BookingForm
from ..ics import booking_calendar
from ..models import ConversationBooking
from ..presenting_steps import booked_text
from .common import for_kind, get_person, header, kind_of, person_url


def _route(person, step):
    return f"people_{kind_of(person)}:{step}"


@require_http_methods(["GET", "HEAD", "POST"])
@for_kind("change")
def book(request, model, pk):
    """Ask when and how, and agree on it; where something is agreed already, it is moved."""
    person = get_person(model, pk)
    decision = rules.may_book(person)
    if not decision:
        audit.log_refusal(person, request.user, decision, _route(person, "book"))
        messages.warning(request, decision.reason)
        return redirect(person_url(person))
    booking = bookings.open_booking(person)
    form = BookingForm(request.POST or None, initial=_known(person, booking))
    if request.method == "POST" and form.is_valid() and _agree(request, person, form):
        return redirect(person_url(person))
    log_access(user=request.user, action=Action.READ, objects=[person], route=_route(person, "book"))
    title = _("Move the conversation") if booking else _("Book a conversation")
    context = {
        **header(model, title, person, icon="date"),
        "person": person,
        "name": person.display_name,
        "phone": person.phone,
        "line": decision.reason,
        "button": _("Move") if booking else _("Book"),
        "form": form,
        "cancel_url": person_url(person),
    }
    return render(request, "peer_support/people/step.html", context)


def _known(person, booking):
    if booking is None:
        return {"how": ConversationBooking.How.PHONE, "kind": services_booking.next_kind(person)}
    at = timezone.localtime(booking.booked_for)
    known = {name: getattr(booking, name) for name in ("minutes", "how", "place", "kind")}
    return {**known, "day": at.date(), "time": at.time()}


def _agree(request, person, form):
    values = form.values()
    try:
        booking = services_booking.book_conversation(
            person=person, user=request.user, route=_route(person, "book"), **values
        )
    except NotAllowed as refusal:
        form.add_error("day", refusal.decision.reason)
        return False
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            form.add_error(name if name in form.fields else None, sentences)
        return False
    messages.success(request, _("Agreed: %(when)s.") % {"when": booked_text(booking)})
    for other in services_booking.other_bookings(
        request.user, values["at"], values["minutes"], without=booking
    ):
        start = time_format(timezone.localtime(other.booked_for), "TIME_FORMAT")
        text = _("You have another conversation at %(time)s the same day, with %(person)s.")
        messages.info(request, text % {"time": start, "person": other.person})
    return True


def _close(request, model, pk, step, service, done):
    person = get_person(model, pk)
    try:
        service(person=person, user=request.user, route=_route(person, step))
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
    else:
        messages.success(request, done)
    return redirect(person_url(person))


@require_POST
@for_kind("change")
def book_cancel(request, model, pk):
    """Call the conversation off."""
    done = _("The conversation is called off. You can agree on a new time whenever it suits.")
    return _close(request, model, pk, "book_cancel", services_booking.cancel_conversation, done)


@require_POST
@for_kind("change")
def book_missed(request, model, pk):
    """Note that they did not meet."""
    done = _("Noted: you did not meet. Ring when it suits, and agree on a new time.")
    return _close(request, model, pk, "book_missed", services_booking.did_not_meet, done)


@require_safe
@for_kind("view")
def book_file(request, model, pk):
    """Return the agreed conversation as a file for the coordinator's calendar, without a name."""
    person = get_person(model, pk)
    booking = bookings.open_booking(person)
    if booking is None:
        raise Http404
    log_access(user=request.user, action=Action.READ, objects=[booking], route=_route(person, "book_file"))
    response = HttpResponse(booking_calendar(booking), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="samtale-{person.number}.ics"'
    return response
