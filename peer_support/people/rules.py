"""May this step be taken with a person? Each rule answers with a reason that a coordinator can read."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from . import standing
from .models import Citizen, Volunteer

_ending_rules = []
_standing_rules = []


def register_ending_rule(rule):
    """Let another room forbid that a person is ended.

    ``rule(person)`` returns a :class:`Decision` that says no with its sentence, or ``None`` where it has nothing
    against it. Registering the same function twice counts once.
    """
    if rule not in _ending_rules:
        _ending_rules.append(rule)
    return rule


def register_standing_rule(rule):
    """Let another room forbid that a person is moved on: put on the list, approved, or taken off a pause.

    ``rule(person)`` answers as for :func:`register_ending_rule`.
    """
    if rule not in _standing_rules:
        _standing_rules.append(rule)
    return rule


def require(decision):
    """Raise :class:`NotAllowed` where ``decision`` says no."""
    if not decision:
        raise NotAllowed(decision)


def may_change(person):
    """Whether the record can be changed: not while the person has asked that it is left alone."""
    if person.restricted_on is None or standing.changes_are_allowed():
        return Decision.yes()
    return standing.may_be_used(person)


@register_standing_rule
def is_not_left_alone(person):
    """Nobody is moved on who has asked that the record is left alone."""
    return None if may_change(person) else may_change(person)


def may_stop_use(person):
    """Whether the record can be left alone from now on: always, and no reason is asked."""
    return Decision.yes(
        _(
            "At once: no proposals, no mails, no reminders, no lists. The record is kept as it is. A pause is something "
            "else: it only says “no match just now”."
        )
    )


def may_lift_stop(person):
    """Whether there is a stop to lift."""
    if person.restricted_on is None:
        return Decision.no("no_stop", _("The record is in use. There is no stop to lift."))
    return Decision.yes(_("The record is used again from now on, with the same place in the queue."))


def _standing(person):
    answers = (rule(person) for rule in _standing_rules)
    return next((found for found in answers if found is not None and not found), None)


def may_take_in(initiative):
    """Whether people can be taken in here at all."""
    if not initiative.runs_here:
        return Decision.no(
            "not_run_here",
            _("This initiative is only an entry in the directory. It is not run by this centre."),
        )
    return Decision.yes()


def _not_ended(person):
    if not may_change(person):
        return may_change(person)
    if person.status == "ended":
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    return None


def _reachable(person):
    if not (person.phone or person.email):
        return Decision.no("unreachable", _("A telephone number or an e-mail address is missing."))
    return None


def may_book(person):
    """Whether a conversation can be agreed on with the person."""
    refusal = _not_ended(person)
    if refusal is not None:
        return refusal
    return Decision.yes(_("Agree on a day, a time and how you talk. Nobody is written to."))


def may_book_for(at):
    """Whether a conversation can be agreed on for the moment ``at``: not for a day that has passed."""
    if timezone.localtime(at).date() < timezone.localdate():
        return Decision.no("past", _("This day has passed. Choose a day from today on."))
    return Decision.yes()


def may_cancel(booking):
    """Whether there is an agreed conversation to call off."""
    if booking is None:
        return Decision.no("no_booking", _("No conversation is agreed on."))
    return Decision.yes(_("It costs nothing. You can agree on a new time whenever it suits."))


def may_note_not_met(booking):
    """Whether it can be noted that one did not meet: when the agreed time has come."""
    if booking is None:
        return may_cancel(booking)
    if booking.booked_for > timezone.now():
        return Decision.no("not_yet", _("The agreed time has not come yet. You can move it or call it off."))
    return Decision.yes(_("It is only noted. Ring when it suits, and agree on a new time."))


def may_hold(person):
    """Whether a conversation can be written down: also with somebody whose record is closed, not during a stop."""
    if not may_change(person):
        return may_change(person)
    return Decision.yes(_("The questions to ask, one group at a time. What you write is saved as you go."))


def may_put_on_waiting_list(citizen):
    """Whether a citizen can start to wait for a match."""
    if citizen.status == Citizen.Status.WAITING:
        return Decision.no("already", _("The citizen is already on the waiting list."))
    for found in (_not_ended(citizen), _reachable(citizen), _standing(citizen)):
        if found is not None:
            return found
    if citizen.came_by != Citizen.CameBy.SELF and not citizen.consent_on:
        return Decision.no(
            "consent",
            _(
                "Somebody else made the contact. Write the date when the citizen said yes to being registered."
            ),
        )
    return Decision.yes(
        _("The wait counts from today, and the citizen is in the next plan. Nobody is written to.")
    )


def may_approve(volunteer):
    """Whether a volunteer can be approved; contract and certificate are asked for when a match is proposed."""
    if volunteer.status == Volunteer.Status.APPROVED:
        return Decision.no("already", _("The volunteer is already approved."))
    for found in (_not_ended(volunteer), _reachable(volunteer), _standing(volunteer)):
        if found is not None:
            return found
    return Decision.yes(_("The volunteer can be proposed from today. Nobody is written to."))


def may_finish(person):
    """The rule of the step that ends the initial conversation: waiting list, or approval."""
    return may_approve(person) if isinstance(person, Volunteer) else may_put_on_waiting_list(person)


def may_pause(person):
    """Whether a pause can be noted."""
    refusal = _not_ended(person)
    if refusal is not None:
        return refusal
    return Decision.yes(
        _("A pause keeps the place in the queue and needs no reason. While it lasts, nothing is proposed.")
    )


def may_resume(person):
    """Whether there is a pause to end, now or later."""
    if not person.paused_from:
        return Decision.no("no_pause", _("There is no pause to end."))
    refusal = _standing(person)
    if refusal is not None:
        return refusal
    return Decision.yes(_("The person is in the next plan again, with the same place in the queue."))


def may_end(person, stopped_too=False):
    """Whether a person's record can be closed. Other rooms add their reasons. ``stopped_too``: a stop does not count."""
    if not stopped_too and not may_change(person):
        return may_change(person)
    if person.status == "ended":
        return Decision.no("ended", _("This record is already closed."))
    for rule in _ending_rules:
        found = rule(person)
        if found is not None and not found:
            return found
    return Decision.yes(_("The person leaves the lists. You can welcome them back at any time."))


def may_welcome_back(person):
    """Whether an ended person can begin again."""
    if not may_change(person):
        return may_change(person)
    if person.status != "ended":
        return Decision.no("not_ended", _("This record is not closed."))
    return Decision.yes(_("You begin with a conversation. The earlier answers are still here."))


def missing_for_a_match(person):
    """Return what matching would like to know and does not, as short labels in the order to ask.

    Reads columns only, so that a list of people costs no query per row.
    """
    known = (
        (person.interest_bits, _("interests")),
        (person.postcode, _("postcode")),
        (person.times, _("times in the week")),
        (person.hours_min is not None or person.hours_max is not None, _("hours a week")),
        (person.channels, _("how to meet")),
        (person.language_bits, _("languages")),
    )
    return [label for value, label in known if not value]
