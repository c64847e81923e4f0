"""May this step be taken with an accompaniment? Each rule answers with a reason that can be shown as it is."""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.decisions import Decision
from ..people.models import Volunteer
from ..people.standing import may_be_used
from .models_accompaniment import OPEN_TRIPS, OfferState, TripState


class Action(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    ASK = "ask"
    TAKE_BACK = "take_back"
    ACCEPT = "accept"
    DECLINE = "decline"
    LATE = "late"
    RELEASE = "release"
    DONE = "done"
    NOT_DONE = "not_done"
    CANCEL = "cancel"
    REOPEN = "reopen"
    LED_TO = "led_to"


_CLOSED = (TripState.DONE, TripState.NOT_DONE, TripState.CANCELLED)
# The states from which each step can be taken; together they leave no state without a way on.
FROM = {
    Action.CHANGE: OPEN_TRIPS,
    Action.ASK: (TripState.OPEN,),
    Action.TAKE_BACK: (TripState.OPEN,),
    Action.ACCEPT: (TripState.OPEN,),
    Action.RELEASE: (TripState.ACCEPTED,),
    Action.DONE: (TripState.ACCEPTED,),
    Action.NOT_DONE: (TripState.ACCEPTED,),
    Action.CANCEL: OPEN_TRIPS,
    Action.REOPEN: _CLOSED,
    Action.LED_TO: (TripState.DONE,),
}
_NOT_NOW = {
    TripState.OPEN: gettext_lazy("Nobody has said yes to going along yet."),
    TripState.ACCEPTED: gettext_lazy("Somebody goes along already."),
    TripState.DONE: gettext_lazy("They went. It is written down."),
    TripState.NOT_DONE: gettext_lazy("It is written down that it did not happen."),
    TripState.CANCELLED: gettext_lazy("The trip is called off."),
}
# Whoever said no, or could not, can still change their mind on the telephone.
CAN_STILL_SAY_YES = (OfferState.ASKED, OfferState.DECLINED, OfferState.LATE, OfferState.RELEASED)
# Asking anew whoever was late, or was taken off the list. A no is a no: they are not asked twice.
ASKED_ANEW = (OfferState.LATE, OfferState.RELEASED, OfferState.TAKEN_BACK)


def may(trip, action, now=None):
    """Return whether ``action`` can be taken with ``trip`` as it is."""
    if trip.state not in FROM[action]:
        return Decision.no(f"not_{action}", _NOT_NOW[TripState(trip.state)])
    if action in (Action.DONE, Action.NOT_DONE):
        return _has_begun(trip, now)
    if action == Action.ASK:
        return _is_ahead(trip, now)
    return Decision.yes()


def _has_begun(trip, now):
    if trip.has_begun(now):
        return Decision.yes()
    return Decision.no("not_begun", _("It has not begun yet. Write afterwards how it went."))


def _is_ahead(trip, now):
    if not trip.has_begun(now):
        return Decision.yes()
    return Decision.no("over", _("The time is over. Change the day first, or call the trip off."))


def may_create(citizen):
    """Return whether somebody can go along with ``citizen``: anybody who is with us, also on a pause or in a course."""
    if not (usable := may_be_used(citizen)):
        return usable
    if citizen.status == "ended":
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    if citizen.came_by != "self" and not citizen.consent_on:
        return Decision.no(
            "consent", _("Somebody else made the contact. Write first when the citizen said yes to it.")
        )
    return Decision.yes()


def may_be_asked(trip, volunteer, offer=None, *, needs_contract, needs_certificate):
    """Return whether ``volunteer`` can be asked to go along. ``offer``: the one they have had on this trip."""
    if volunteer.initiative_id != trip.initiative_id:
        return Decision.no("other_initiative", _("The volunteer belongs to another initiative."))
    if volunteer.status != Volunteer.Status.APPROVED:
        return Decision.no("not_approved", _("The volunteer is not approved."))
    if not (usable := may_be_used(volunteer)):
        return usable
    if volunteer.is_paused(trip.day):
        return Decision.no("paused", _("The volunteer is on a pause that day."))
    if needs_contract and not volunteer.has_contract(trip.day):
        return Decision.no("contract", _("The volunteer has no contract that day."))
    if needs_certificate and not volunteer.has_certificate(trip.day):
        return Decision.no("certificate", _("The volunteer has no certificate that day."))
    if offer is not None and offer.state not in ASKED_ANEW:
        return Decision.no("asked", _("The volunteer has been asked already."))
    return Decision.yes()


def may_accept(trip, offer, now=None):
    """Return whether the volunteer of ``offer`` can say yes now; what is not about time says who was first, or why."""
    if trip.state == TripState.ACCEPTED:
        return Decision.no("late", _("Somebody else was first. Thank you for wanting to."))
    if trip.state != TripState.OPEN or offer.state == OfferState.TAKEN_BACK:
        return Decision.no("gone", _("There is no need any more. Thank you for looking."))
    if trip.has_begun(now):
        return Decision.no("over", _("The time is over. Thank you for looking."))
    if offer.state not in CAN_STILL_SAY_YES:
        return Decision.no("answered", _("This is answered already."))
    if offer.volunteer.status != Volunteer.Status.APPROVED:
        return Decision.no("not_approved", _("Ring the coordinator. Then we find out of it together."))
    return Decision.yes()


def steps_now(trip, now=None):
    """Return ``[(action, Decision)]`` of what a coordinator can do with the trip as a whole, the usual one first."""
    order = (
        Action.DONE,
        Action.NOT_DONE,
        Action.LED_TO,
        Action.CHANGE,
        Action.RELEASE,
        Action.CANCEL,
        Action.REOPEN,
    )
    found = [(action, may(trip, action, now)) for action in order]
    return [(action, decision) for action, decision in found if decision or decision.code == "not_begun"]
