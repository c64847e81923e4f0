"""A course from plan to end."""

from django.db import transaction
from django.utils import timezone

from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import rules
from .models import CalledOff, CourseState, GroupCourse, Session, SessionState
from .planning import EDITABLE, refuse_impossible_times
from .queries import meeting
from .results import Changed
from .services_moving import complete_everybody, release_everybody
from .services_steps import (
    ROUTE,
    differences,
    locked,
    opened,
    recompute,
    refuse_stale,
    refuse_unless,
    same_initiative,
    whens,
    wrote,
)
from .services_waiting import fill_free_places
from .signals import (
    course_cancelled,
    course_completed,
    course_opened,
    course_started,
    send_after_commit,
    session_moved,
)

_TIMES = ("start_time", "minutes")


@transaction.atomic
def change_course(*, course, values, user, expected_version=None):
    """Write ``values`` (names in :data:`~.planning.EDITABLE`, ``start_time``) and return a :class:`Changed`.

    A new time or length goes to the sessions that are still to come and had the old one. Raises ``ValidationError``
    where a value is wrong, and :class:`NotAllowed` where there are fewer places than are taken.
    """
    unknown = sorted(set(values) - {*EDITABLE, "start_time"})
    if unknown:
        raise ValueError(f"a course has no value called {unknown[0]!r}")
    course = opened(course, rules.Action.CHANGE, expected_version)
    if "capacity" in values:
        refuse_unless(rules.may_change_capacity(course, values["capacity"]))
    old = {name: getattr(course, name) for name in {*values, *_TIMES}}
    for name, value in values.items():
        setattr(course, name, value)
    same_initiative(course, course.place)
    changed = sorted(name for name in values if getattr(course, name) != old[name])
    if not changed:
        return Changed(course)
    course.full_clean(exclude=["number", "template"], validate_unique=False, validate_constraints=False)
    before = whens(meeting(course))
    _give_times(course, old)
    after = recompute(course)
    # A day to decide that was typed is taken as typed.
    if "go_no_go_on" in values:
        course.go_no_go_on = values["go_no_go_on"]
    wrote(course, rules.Action.CHANGE, user, fields=changed)
    # Those who wait are offered what there is more room for.
    fill_free_places(course, user, freed="capacity" in changed)
    moved = differences(before, whens(after))
    if moved:
        send_after_commit(session_moved, course, course=course, user=user, changes=moved)
    return Changed(course, moved=moved)


def _give_times(course, old):
    changed = [name for name in _TIMES if getattr(course, name) != old[name]]
    if not changed:
        return
    rows = [
        row
        for row in meeting(course).filter(state=SessionState.PLANNED, date__gte=timezone.localdate())
        if all(getattr(row, name) == old[name] for name in changed)
    ]
    refuse_impossible_times([row.date for row in rows], course.start_time)
    for row in rows:
        for name in changed:
            setattr(row, name, getattr(course, name))
    Session.objects.bulk_update(rows, changed)


def _step(course, action, to_state, user, from_state, **facts):
    course.state = to_state
    return wrote(course, action, user, from_state=from_state, **facts)


@transaction.atomic
def open_course(*, course, user, public=True, expected_version=None):
    """Open ``course`` to new people. ``public`` shows it on the website. Refused with fewer leaders than it needs."""
    course = locked(course)
    refuse_stale(course, expected_version)
    refuse_unless(rules.may_open(course))
    course.opened_on, course.is_public = timezone.localdate(), public
    _step(course, rules.Action.OPEN, CourseState.OPEN, user, CourseState.PLANNED, public=public)
    fill_free_places(course, user)
    send_after_commit(course_opened, course, course=course, user=user)
    return course


@transaction.atomic
def close_course(*, course, user, expected_version=None):
    """Take back the opening, before the course has begun: a plan again, and off the website. Nobody loses a place."""
    course = opened(course, rules.Action.CLOSE, expected_version)
    course.opened_on, course.is_public = None, False
    return _step(course, rules.Action.CLOSE, CourseState.PLANNED, user, CourseState.OPEN)


@transaction.atomic
def start_course(*, course, user, although_few=False, on=None, expected_version=None):
    """Begin ``course``: the answer "go". ``although_few`` begins with fewer than the minimum."""
    course = locked(course)
    refuse_stale(course, expected_version)
    refuse_unless(rules.may_start(course, although_few))
    course.started_on = on or timezone.localdate()
    _step(course, rules.Action.START, CourseState.RUNNING, user, CourseState.OPEN, although_few=although_few)
    send_after_commit(course_started, course, course=course, user=user)
    return course


@transaction.atomic
def complete_course(*, course, user, on=None, expected_version=None):
    """Close ``course`` after its last session. Those who take part complete it in the same transaction."""
    course = locked(course)
    refuse_stale(course, expected_version)
    refuse_unless(rules.may_complete(course, on))
    course.ended_on = on or timezone.localdate()
    _step(course, rules.Action.COMPLETE, CourseState.COMPLETED, user, CourseState.RUNNING)
    complete_everybody(course=course, user=user)
    send_after_commit(course_completed, course, course=course, user=user)
    return course


@transaction.atomic
def cancel_course(*, course, user, reason, on=None, expected_version=None):
    """Call ``course`` off for a ``reason`` (:class:`CalledOff`), and with it the sessions that are still to come.

    Nobody is lost: in the same transaction everybody in it goes to its waiting list, to be moved on from there.
    """
    reason = CalledOff(reason).value
    course = opened(course, rules.Action.CANCEL, expected_version)
    before, course.ended_on, course.cancel_reason = course.state, on or timezone.localdate(), reason
    left = course.sessions.filter(state=SessionState.PLANNED, date__gte=course.ended_on)
    left.update(state=SessionState.CANCELLED, cancel_reason=reason, number=None)
    _step(course, rules.Action.CANCEL, CourseState.CANCELLED, user, before, reason=reason)
    release_everybody(course=course, user=user)
    send_after_commit(course_cancelled, course, course=course, user=user)
    return course


@transaction.atomic
def delete_course(*, course, user):
    """Delete a course that was only ever a plan. Raises :class:`NotAllowed` where somebody has signed up."""
    course = locked(course)
    refuse_unless(rules.may_delete(course))
    log_access(user=user, action=LogAction.ERASE, objects=[course], route=f"{ROUTE}.delete")
    GroupCourse.objects.filter(pk=course.pk).delete()
