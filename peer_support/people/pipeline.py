"""Where a person stands on the way from the first contact to a good ending, and what can come next.

The step is not stored on the person: it follows from the status, the pause, an agreed conversation and the matches.
:func:`current_step` says it for one person and :func:`with_step` for a whole table, by the same rules; every change is
kept as a :class:`~.models_steps.PersonStep`. Whether something may happen is said by one
:class:`~peer_support.access.decisions.Decision` per move, which the button, the message and the log all read.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from ..access.decisions import Decision
from . import rules
from .models import Citizen, ConversationBooking, Step, Volunteer
from .queries import paused_on
from .staleness import Stale, stale_people
from .standing import MATCH, usable_both

__all__ = [
    "NEXT",
    "READY",
    "TAKEN_BACK",
    "Move",
    "Stale",
    "conversations_to_hold",
    "current_step",
    "moves",
    "next_move",
    "people_to_book",
    "stale_people",
    "steps_of",
    "with_step",
]

# A match in one of these states is going on. The room of matches owns them; a test holds this list to its own.
RUNNING_MATCH_STATES = ("active", "paused")
READY = {Citizen: Step.WAITING, Volunteer: Step.APPROVED}
_READY = {Step.WAITING, Step.APPROVED}
_OUT = {Step.PAUSED, Step.ENDED}

# Every step and those that may follow it. No set is empty: there is a way on from everywhere.
NEXT = {
    Step.ENQUIRY: {Step.BOOKED, Step.HELD, *_READY, *_OUT},
    Step.BOOKED: {Step.ENQUIRY, Step.HELD, *_READY, *_OUT},
    Step.HELD: {*_READY, *_OUT},
    Step.WAITING: {Step.ACTIVE, *_OUT},
    Step.APPROVED: {Step.ACTIVE, *_OUT},
    Step.ACTIVE: {Step.HELD, *_READY, *_OUT},
    Step.PAUSED: {Step.ENQUIRY, Step.BOOKED, Step.HELD, *_READY, Step.ACTIVE, Step.ENDED},
    Step.ENDED: {Step.HELD},
}
# What may follow besides, where the last step of a match is taken back (a slip of the finger).
TAKEN_BACK = {
    Step.HELD: {Step.ACTIVE, Step.WAITING},
    Step.ENDED: {Step.ACTIVE, Step.WAITING, Step.PAUSED},
    Step.WAITING: {Step.ACTIVE},
}


def steps_of(model):
    """Return the steps of citizens or of volunteers, in the order of the way."""
    other = READY[Volunteer if model is Citizen else Citizen]
    return [step for step in Step if step != other]


def _has_running_match(person):
    return person.matches.filter(state__in=RUNNING_MATCH_STATES).exists()


def _has_booking(person):
    return person.bookings.filter(state=ConversationBooking.State.BOOKED).exists()


def current_step(person, day=None):
    """Return the :class:`Step` that ``person`` stands on on ``day`` (default: today).

    Asks the database at most once. Must be called inside the person's scope.
    """
    if person.status == "ended":
        return Step.ENDED
    if person.is_paused(day):
        return Step.PAUSED
    if person.status == "conversation":
        return Step.HELD
    if person.status == "enquiry":
        return Step.BOOKED if _has_booking(person) else Step.ENQUIRY
    return Step.ACTIVE if _has_running_match(person) else READY[type(person)]


def with_step(people, day=None):
    """Annotate the queryset ``people`` of one model with ``step_now``, as :func:`current_step` says it."""
    model = people.model
    link = model._meta.model_name
    matches = model._meta.get_field("matches").related_model.objects
    running = matches.filter(**{link: OuterRef("pk")}, state__in=RUNNING_MATCH_STATES)
    booked = ConversationBooking.objects.filter(
        **{link: OuterRef("pk")}, state=ConversationBooking.State.BOOKED
    )
    return people.annotate(
        step_now=Case(
            When(status="ended", then=Value(Step.ENDED)),
            When(paused_on(day or timezone.localdate()), then=Value(Step.PAUSED)),
            When(status="conversation", then=Value(Step.HELD)),
            When(Q(status="enquiry") & Exists(booked), then=Value(Step.BOOKED)),
            When(status="enquiry", then=Value(Step.ENQUIRY)),
            When(Exists(running), then=Value(Step.ACTIVE)),
            default=Value(READY[model]),
            output_field=CharField(),
        )
    )


@dataclass(frozen=True)
class Move:
    """Something that can be done with a person. ``to`` is the step it leads to, ``None`` where that depends."""

    code: str
    to: Step | None
    decision: Decision


def moves(person):
    """Return every :class:`Move`, the ones that are refused with their reason among them."""
    return [
        Move("book", Step.BOOKED, rules.may_book(person)),
        Move("hold", Step.HELD, rules.may_hold(person)),
        Move("finish", READY[type(person)], rules.may_finish(person)),
        Move("pause", Step.PAUSED, rules.may_pause(person)),
        Move("resume", None, rules.may_resume(person)),
        Move("end", Step.ENDED, rules.may_end(person)),
        Move("back", Step.HELD, rules.may_welcome_back(person)),
    ]


_LEADS_ON = {
    Step.ENQUIRY: "hold",
    Step.BOOKED: "hold",
    Step.HELD: "finish",
    Step.PAUSED: "resume",
    Step.ENDED: "back",
}


def next_move(person, day=None):
    """Return the :class:`Move` that leads on from where the person stands: what its decision refuses is what is missing.

    On the waiting list, approved and in a match it is the matching room that knows; there it is ``None``.
    """
    code = _LEADS_ON.get(current_step(person, day))
    return next((move for move in moves(person) if move.code == code), None)


def conversations_to_hold(day):
    """Return the open bookings up to and including ``day`` (a queryset, the earliest first, with their person).

    Those of days that have passed are among them: somebody must write down what came of it. Those of people who are left
    alone are not.
    """
    tomorrow = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return ConversationBooking.objects.filter(
        usable_both(MATCH), state=ConversationBooking.State.BOOKED, booked_for__lt=tomorrow
    ).select_related("citizen", "volunteer", "initiative")


def people_to_book(model):
    """Return the people of ``model`` who have asked and have no conversation agreed yet, the earliest first."""
    return (
        with_step(model.objects.filter(status="enquiry"))
        .filter(step_now=Step.ENQUIRY)
        .order_by("enquired_on", "pk")
    )
