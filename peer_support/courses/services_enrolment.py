"""Every step of an enrolment, from "interested" to "completed": one code path, one lock (see :mod:`.services_seats`).

All ways in end in :func:`enrol` or :func:`register_interest`: the website, the coordinator, a facilitator, a list that
was read in, another course, and an offer from the waiting list. Nobody is lost on the way: whoever cannot get a place
now waits, with the reason why. Each function takes keywords only, runs in one transaction, writes an
:class:`EnrolmentEvent` and the access log, and returns the enrolment as it stands. A refusal raises
:class:`~peer_support.access.decisions.NotAllowed`, whose ``decision.reason`` is the sentence to show.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from . import rules_enrolment as rules
from .models_course import IntroWorkshop
from .models_enrolment import SEAT_STATES, EnrolmentState, LeftWhy, WaitingWhy, WantsNext, WayIn
from .rules_enrolment import Action
from .services_moving import complete_everybody, move_to, release_everybody
from .services_places import row_for, seat_or_queue
from .services_seats import by_of, lock_course, opened, read, refuse, refuse_unless, words, wrote
from .services_waiting import (
    expire_offers,
    fill,
    fill_free_places,
    move_in_waiting_list,
    offer_next,
    offer_place,
    put_on_waiting_list,
)

S = EnrolmentState


# The way in


@transaction.atomic
def register_interest(*, course, person, way, user=None, note="", route=""):
    """Write that ``person`` is interested in ``course``. Whoever is signed up already is returned as they stand.

    Somebody who left or said no begins again, with today's date; what they said no to is forgotten.
    """
    course = lock_course(course.pk)
    refuse_unless(rules.may_register(course, person))
    enrolment, before, created = row_for(course, person, way, words(note))
    if not created and before == enrolment.state:
        return enrolment
    by = by_of(way, user)
    return wrote(enrolment, Action.REGISTER, before, user, by=by, created=created, route=route, way=str(way))


@transaction.atomic
def sign_up(*, course, person, way=WayIn.PUBLIC, user=None, note="", workshop=None, route=""):
    """What the website's form does: interest and perhaps an intro workshop where the course begins with one.

    Where it does not, a place at once, or the waiting list. A workshop that cannot be had does not stop the interest.
    """
    enrolment = register_interest(course=course, person=person, way=way, user=user, note=note, route=route)
    if enrolment.state not in rules.INCOMING_STATES:
        return enrolment
    if not rules.intro_is_done(enrolment):
        taken = _taken(_lock_workshop(workshop)) if workshop else 0
        if workshop and rules.may_be_invited(enrolment, workshop, taken):
            return _invited(enrolment, workshop, user, by_of(way, user))
        return enrolment
    return enrol(course=course, person=person, way=way, user=user, route=route)


@transaction.atomic
def enrol(
    *,
    course,
    person,
    way,
    user=None,
    exception_reason="",
    override_reason="",
    attended_on=None,
    asked_at=None,
    note="",
    external_source="",
    external_id="",
    route="",
):
    """Give ``person`` a place, or put them on the waiting list with the reason why (full, intake over, not open).

    Where the course begins with an intro workshop, ``attended_on`` (a day) or ``exception_reason`` says that it is
    done. ``override_reason`` lets a coordinator go past those who wait; nothing goes past a full course. Whoever has
    a place already is returned as they stand. ``asked_at``: when they signed up, where it was earlier.
    """
    course = lock_course(course.pk)
    refuse_unless(rules.may_register(course, person))
    enrolment, before, created = row_for(course, person, way, words(note))
    if enrolment.state in (S.ENROLLED, S.COMPLETED):
        return enrolment
    if asked_at and (created or asked_at < enrolment.asked_at):
        enrolment.asked_at = asked_at
    enrolment.attended_on = enrolment.attended_on or attended_on
    enrolment.exception_reason = words(exception_reason) or enrolment.exception_reason
    refuse_unless(rules.intro_is_done(enrolment))
    if external_id:
        enrolment.external_source, enrolment.external_id = external_source, external_id
    return seat_or_queue(
        enrolment,
        before,
        user,
        by=by_of(way, user),
        created=created,
        route=route,
        override_reason=words(override_reason),
    )


# The intro workshop


def _lock_workshop(workshop):
    """Lock a workshop, after the course: its places are counted over all the courses that it leads to."""
    return IntroWorkshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def _taken(workshop):
    """Return how many people are invited to the workshop; somebody with two courses in mind counts once."""
    rows = workshop.enrolments.exclude(state__in=(S.DECLINED, S.LEFT))
    return len(set(rows.values_list("citizen_id", "volunteer_id")))


def _invited(enrolment, workshop, user, by=None):
    before = enrolment.state
    enrolment.workshop = workshop
    if before != S.WAITING:
        enrolment.state = S.INVITED
    return wrote(enrolment, Action.INVITE, before, user, by=by, workshop=workshop.pk)


@transaction.atomic
def invite(*, enrolment, workshop, user, expected_version=None):
    """Invite the person to an intro workshop, or to another one. Whoever waits for a place keeps waiting meanwhile."""
    enrolment = opened(enrolment, expected_version)
    workshop = _lock_workshop(workshop)
    if enrolment.workshop_id == workshop.pk and enrolment.state in (S.INVITED, S.WAITING):
        return enrolment
    refuse_unless(rules.may_be_invited(enrolment, workshop, _taken(workshop)))
    return _invited(enrolment, workshop, user)


@transaction.atomic
def record_workshop(*, enrolment, attended, user, on=None, expected_version=None):
    """Write that the person came to the intro workshop on the day ``on`` (default: the workshop's, or today), or did not.

    Whoever did not come is interested as before and can be invited to another.
    """
    enrolment = opened(enrolment, expected_version)
    refuse_unless(rules.may_record_workshop(enrolment))
    before = enrolment.state
    if attended:
        day = on or (enrolment.workshop.date if enrolment.workshop_id else timezone.localdate())
        if day > timezone.localdate():
            refuse("workshop_to_come", gettext("The workshop has not been held yet."))
        enrolment.attended_on = day
        enrolment.state = before if before == S.WAITING else S.ATTENDED
    else:
        enrolment.attended_on = enrolment.workshop = None
        enrolment.state = before if before == S.WAITING else S.INTERESTED
    wrote(enrolment, Action.WORKSHOP, before, user, attended=bool(attended))
    fill_free_places(enrolment.course, user, freed=before == S.WAITING)
    return read(enrolment.course, enrolment.pk)


@transaction.atomic
def excuse_workshop(*, enrolment, reason, user, expected_version=None):
    """Let the person go on without an intro workshop, with a reason."""
    enrolment = opened(enrolment, expected_version)
    refuse_unless(rules.may_be_excused(enrolment))
    enrolment.exception_reason = words(reason, "reason_missing")
    wrote(enrolment, Action.EXCUSE, enrolment.state, user)
    fill_free_places(enrolment.course, user, freed=enrolment.state == S.WAITING)
    return read(enrolment.course, enrolment.pk)


# Answers


@transaction.atomic
def answer_offer(*, enrolment, answer, way=WayIn.OFFER, user=None):
    """Write the person's answer, "yes" or "no". The same answer twice changes nothing.

    A yes after the offer ran out gives a place where one is free and nobody else is next, and else puts the person
    back among those who are offered one: look at the state that comes back. A no needs no reason.
    """
    if answer not in ("yes", "no"):
        raise ValueError(f"answer is {answer!r}; it is yes or no")
    enrolment = opened(enrolment)
    by, before = by_of(way, user), enrolment.state
    if before == {"yes": S.ENROLLED, "no": S.DECLINED}[answer]:
        return enrolment
    refuse_unless(rules.may_answer(enrolment))
    if answer == "no":
        return _declined(enrolment, user, by)
    return seat_or_queue(enrolment, before, user, by=by, action=Action.ANSWER)


@transaction.atomic
def decline(*, enrolment, user=None, way=None, expected_version=None):
    """Write that the person does not want a place (any more). No reason is asked, and nothing is kept against them."""
    enrolment = opened(enrolment, expected_version)
    if enrolment.state == S.DECLINED:
        return enrolment
    refuse_unless(rules.may_decline(enrolment))
    return _declined(enrolment, user, by_of(way, user))


def _declined(enrolment, user, by):
    before = enrolment.state
    enrolment.state, enrolment.declined_on = S.DECLINED, timezone.localdate()
    enrolment.waiting_note = enrolment.priority_reason = ""
    wrote(enrolment, Action.DECLINE, before, user, by=by)
    fill_free_places(enrolment.course, freed=before in SEAT_STATES)
    return enrolment


# The way out


@transaction.atomic
def leave(*, enrolment, on=None, why=(), wants_next="", note="", user=None, way=None, expected_version=None):
    """Write that the person left on the day ``on``, why (one or more of :class:`LeftWhy`, or none), and what next.

    The place is free at once and goes to the next on the list, where the course does that by itself.
    """
    enrolment = opened(enrolment, expected_version)
    if enrolment.state == S.LEFT:
        return enrolment
    refuse_unless(rules.may_leave(enrolment))
    on = on or timezone.localdate()
    if on > timezone.localdate():
        refuse("future", gettext("That day has not come yet. Write it down when they have left."))
    before, enrolment.state = enrolment.state, S.LEFT
    enrolment.left_on, enrolment.left_note = on, words(note)
    enrolment.left_reasons = sorted({LeftWhy(reason).value for reason in why})
    enrolment.wants_next = WantsNext(wants_next).value
    wrote(
        enrolment,
        Action.LEAVE,
        before,
        user,
        by=by_of(way, user),
        on=on.isoformat(),
        why=enrolment.left_reasons,
        wants_next=enrolment.wants_next,
    )
    fill_free_places(enrolment.course, user)
    return enrolment


@transaction.atomic
def complete(*, enrolment, user, on=None, wants_next=None, expected_version=None):
    """Write that the person completed the course on the day ``on`` (default: today). The place stays theirs."""
    enrolment = opened(enrolment, expected_version)
    if enrolment.state == S.COMPLETED:
        return enrolment
    refuse_unless(rules.may_complete(enrolment))
    before, enrolment.state = enrolment.state, S.COMPLETED
    enrolment.completed_on = on or timezone.localdate()
    if wants_next is not None:
        enrolment.wants_next = WantsNext(wants_next).value
    return wrote(enrolment, Action.COMPLETE, before, user, on=enrolment.completed_on.isoformat())


@transaction.atomic
def reopen(*, enrolment, user, expected_version=None):
    """Take "completed" back."""
    enrolment = opened(enrolment, expected_version)
    refuse_unless(rules.may_reopen(enrolment))
    before, enrolment.state, enrolment.completed_on = enrolment.state, S.ENROLLED, None
    return wrote(enrolment, Action.REOPEN, before, user)


@transaction.atomic
def record_wants_next(*, enrolment, wants_next, user, expected_version=None):
    """Write what the person would like after the course, one of :class:`WantsNext`."""
    enrolment = opened(enrolment, expected_version)
    refuse_unless(rules.may_say_what_next(enrolment))
    enrolment.wants_next = WantsNext(wants_next).value
    return wrote(enrolment, Action.WANTS_NEXT, enrolment.state, user, wants_next=enrolment.wants_next)


__all__ = [
    "WaitingWhy",
    "answer_offer",
    "complete",
    "complete_everybody",
    "decline",
    "enrol",
    "excuse_workshop",
    "expire_offers",
    "fill",
    "invite",
    "leave",
    "move_in_waiting_list",
    "move_to",
    "offer_next",
    "offer_place",
    "put_on_waiting_list",
    "record_wants_next",
    "record_workshop",
    "register_interest",
    "release_everybody",
    "reopen",
    "sign_up",
]
