"""Agreeing on a conversation: when and how, another time, called off, and the fact that one did not meet.

Nobody is written to: the coordinator has the person on the telephone.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from . import bookings, merging, rules, steps
from .audit import audited
from .models import Conversation, ConversationBooking

State = ConversationBooking.State


def _locked_person(person):
    return type(person).objects.select_for_update().get(pk=person.pk)


def _require(decision):
    if not decision:
        raise NotAllowed(decision)


def next_kind(person):
    """Return the kind of the conversation that comes next: the initial one, or a follow-up."""
    early = person.status in ("enquiry", "conversation")
    return Conversation.Kind.INITIAL if early else Conversation.Kind.FOLLOW_UP


@audited
@transaction.atomic
def book_conversation(*, person, at, how, user, minutes=60, place="", kind=None, route=""):
    """Agree on a conversation at ``at`` (aware), by ``how`` (:class:`ConversationBooking.How`), for ``minutes``.

    Where one is agreed already, it is moved: the same row with a new time. Raises ``NotAllowed`` for a record that is
    closed and for a time that has passed.
    """
    fresh = _locked_person(person)
    decision = rules.may_book(fresh)
    _require(decision)
    _require(rules.may_book_for(at))
    booking = bookings.open_booking(fresh)
    created = booking is None
    if created:
        booking = ConversationBooking(
            initiative_id=fresh.initiative_id,
            **{fresh._meta.model_name: fresh},
            booked_by=user if getattr(user, "pk", None) else None,
        )
    else:
        booking.version += 1
    booking.kind = kind or (next_kind(fresh) if created else booking.kind)
    booking.booked_for, booking.minutes, booking.how = at, minutes, ConversationBooking.How(how)
    booking.place, booking.changed_at = merging.tidy(place), timezone.now()
    booking.full_clean(validate_unique=False, validate_constraints=False)
    booking.save()
    action = Action.CREATE if created else Action.CHANGE
    log_access(user=user, action=action, objects=[booking], route=route)
    steps.note_step(fresh, user, "people.book", code=decision.code)
    return booking


def _close(person, user, route, way, state, rule):
    fresh = _locked_person(person)
    booking = bookings.open_booking(fresh)
    decision = rule(booking)
    _require(decision)
    bookings.close(booking, state, user, route)
    steps.note_step(fresh, user, way, code=decision.code)
    return booking


@audited
@transaction.atomic
def cancel_conversation(*, person, user, route=""):
    """Call the agreed conversation off. The person stands where they stood before, and loses nothing."""
    return _close(person, user, route, "people.cancel", State.CANCELLED, rules.may_cancel)


@audited
@transaction.atomic
def did_not_meet(*, person, user, route=""):
    """Note that the agreed conversation did not take place. A fact, without blame and without a reason."""
    return _close(person, user, route, "people.not_met", State.NOT_MET, rules.may_note_not_met)


def other_bookings(user, at, minutes, *, without=None):
    """Return what else ``user`` has agreed on within that time; a hint for the screen, not a rule."""
    nearby = ConversationBooking.objects.filter(
        booked_by=user,
        state=State.BOOKED,
        booked_for__gt=at - timedelta(hours=4),
        booked_for__lt=at + timedelta(minutes=minutes),
    ).exclude(pk=without.pk if without else None)
    return [booking for booking in nearby if booking.ends > at]
