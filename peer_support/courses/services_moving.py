"""From one course to another, and what happens to everybody when a course is called off or over."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from . import rules_enrolment as rules
from .models_course import GroupCourse
from .models_enrolment import INCOMING_STATES, Enrolment, EnrolmentState, LeftWhy, WaitingWhy, WayIn
from .rules_enrolment import Action
from .services_places import row_for, seat_or_queue
from .services_seats import lock_course, lock_courses, read, refuse, refuse_stale, refuse_unless, wrote
from .services_waiting import READY, fill_free_places, offered, ready_ahead, take_place_in_line

S = EnrolmentState
# What follows the person from course to course, beside the date they signed up.
_CARRIED = ("workshop", "attended_on", "exception_reason", "note", "waiting_note")


@transaction.atomic
def move_to(*, enrolment, course, user, expected_version=None):
    """Move the person to ``course`` and return their enrolment there; the date they signed up goes with them.

    Somebody with a place gets one where there is one, somebody with an offer or on the list gets an offer, and else
    they wait there by that date. Both courses are locked, in the order of their keys.
    """
    courses = lock_courses(enrolment.course_id, course.pk)
    if course.pk not in courses or enrolment.course_id not in courses:
        raise GroupCourse.DoesNotExist
    source, course = read(courses[enrolment.course_id], enrolment.pk), courses[course.pk]
    refuse_stale(source, expected_version)
    refuse_unless(rules.may_move(source, course))
    target, before, created = row_for(course, source.person, WayIn.MOVED)
    if target.state == before:  # neither new nor somebody who comes again
        refuse("already", gettext("The person is signed up for that course already."))
    _carry(source, target)
    was = (source.state, source.waiting_why)
    source.state, source.left_on = S.LEFT, timezone.localdate()
    source.left_reasons = [LeftWhy.OTHER_COURSE.value]
    wrote(source, Action.MOVE, was[0], user, to=course.pk)
    arrived = _arrived(target, was, before, created, user)
    fill_free_places(source.course, user, freed=was[0] in (S.OFFERED, S.ENROLLED))
    return arrived


def _carry(source, target):
    target.moved_from, target.asked_at = source, source.asked_at
    for name in _CARRIED:
        setattr(target, name, getattr(source, name))
    if source.state == S.WAITING:
        target.waiting_since = source.waiting_since
    if source.state in (S.OFFERED, S.ENROLLED) and not rules.intro_is_done(target):
        target.exception_reason = gettext("Comes from %(course)s.") % {"course": source.course}


def _arrived(target, was, before, created, user):
    state, why = was
    log = {"created": created, "source": target.moved_from_id}
    if state == S.ENROLLED:
        return seat_or_queue(target, before, user, action=Action.ARRIVE, **log)
    if state in INCOMING_STATES:
        target.state = state
        return wrote(target, Action.ARRIVE, before, user, **log)
    if state == S.WAITING and why not in READY:
        take_place_in_line(target, why)
        return wrote(target, Action.ARRIVE, before, user, **log)
    take_place_in_line(target, rules.why_waits(target))
    wrote(target, Action.ARRIVE, before, user, **log)
    if rules.may_be_offered(target) and not ready_ahead(target):
        return offered(target, user)
    return target


def _everybody(course, *states):
    rows = Enrolment.objects.filter(course=course, state__in=states)
    return [read(course, pk) for pk in rows.order_by("asked_at", "pk").values_list("pk", flat=True)]


@transaction.atomic
def release_everybody(*, course, user):
    """Let everybody in a course that is called off wait, so that each can be moved on; returns their enrolments.

    Called in the transaction that calls the course off. Those who wait already get the reason too.
    """
    return _all_wait(lock_course(course.pk), WaitingWhy.CANCELLED, user, S.ENROLLED)


@transaction.atomic
def complete_everybody(*, course, user):
    """Write that those with a place completed the course, and let the others wait to be moved on; returns all.

    Called in the transaction that ends the course. Whoever left before has been written down as such.
    """
    course = lock_course(course.pk)
    done = _everybody(course, S.ENROLLED)
    for enrolment in done:
        enrolment.state, enrolment.completed_on = S.COMPLETED, timezone.localdate()
        wrote(enrolment, Action.COMPLETE, S.ENROLLED, user, on=enrolment.completed_on.isoformat())
    return done + _all_wait(course, WaitingWhy.INTAKE_CLOSED, user)


def _all_wait(course, why, user, *more):
    everybody = _everybody(course, *INCOMING_STATES, S.OFFERED, S.WAITING, *more)
    for enrolment in everybody:
        before = enrolment.state
        take_place_in_line(enrolment, why)
        wrote(enrolment, Action.RELEASE, before, user, why=why)
    return everybody
