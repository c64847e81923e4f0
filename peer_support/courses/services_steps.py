"""How every service opens a course, takes a step, writes it down, and works out what follows from the sessions."""

from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..access.scopes import current_initiative_ids
from ..matching.services_steps import lock_initiative, refuse, refuse_unless
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import queries, rules, schedule
from .models import CourseEvent, GroupCourse, Session, SessionState
from .results import Moved
from .signals import course_steps

__all__ = ["lock_initiative", "refuse", "refuse_unless"]
ROUTE = "courses.services"


def locked(course):
    """Return ``course`` read anew with its row locked: seats, sessions and state change behind this lock only."""
    return GroupCourse.objects.select_for_update(no_key=True, of=("self",)).get(pk=course.pk)


def opened(course, action, expected_version=None):
    """Return ``course`` locked, where ``action`` is possible; raises :class:`NotAllowed` otherwise.

    ``expected_version`` is the version that the person at the screen saw.
    """
    found = locked(course)
    refuse_stale(found, expected_version)
    refuse_unless(rules.may(found, action))
    return found


def refuse_stale(obj, expected_version):
    """Raise :class:`NotAllowed` where somebody has written on ``obj`` since ``expected_version``."""
    if expected_version is None or str(expected_version) == str(obj.version):
        return
    reason = gettext(
        "Somebody has changed this in the meantime. Nothing of yours is saved yet. Look at it, and try again if it "
        "is still right."
    )
    raise NotAllowed(Decision.no("stale", reason))


def wrote(course, action, user, from_state=None, **facts):
    """Save ``course`` with a new version, an event with ``facts`` (codes, dates, keys) and a log entry.

    Tells :data:`~peer_support.courses.signals.course_steps` inside the transaction.
    """
    action = rules.Action(action)
    course.version += 1
    course.save()
    CourseEvent.objects.create(
        initiative_id=course.initiative_id,
        course=course,
        at=timezone.now(),
        user=user if getattr(user, "pk", None) else None,
        action=action.value,
        from_state=course.state if from_state is None else from_state,
        to_state=course.state,
        facts=facts,
    )
    created = action == rules.Action.CREATE
    log_access(
        user=user,
        action=LogAction.CREATE if created else LogAction.CHANGE,
        objects=[course],
        route=f"{ROUTE}.{action.value}",
    )
    course_steps.send(sender=GroupCourse, course=course, action=action.value, user=user)
    return course


def in_scope(initiative):
    """Raise ``PermissionError`` where ``initiative`` is not in the open scope: it was never offered."""
    if initiative.pk not in current_initiative_ids():
        raise PermissionError("This initiative is not in the open scope.")


def same_initiative(course_or_initiative_id, *records):
    """Raise ``PermissionError`` where one of ``records`` (``None`` is none) belongs to another initiative."""
    own = getattr(course_or_initiative_id, "initiative_id", course_or_initiative_id)
    for record in records:
        if record is not None and record.initiative_id != own:
            raise PermissionError("A record of another initiative.")


def renumber(course):
    """Number the sessions that are not called off from 1, in the order they fall."""
    rows = list(queries.meeting(course))
    wrong = [row for number, row in enumerate(rows, start=1) if row.number != number]
    course.sessions.filter(state=SessionState.CANCELLED, number__isnull=False).update(number=None)
    if wrong:
        # Two sessions never share a number, also not half way through.
        course.sessions.filter(pk__in=[row.pk for row in wrong]).update(number=None)
        for number, row in enumerate(rows, start=1):
            row.number = number
        Session.objects.bulk_update(rows, ["number"])
    return rows


def recompute(course):
    """Set what follows from the sessions on ``course`` (unsaved): first and last day, and the end of the intake.

    The day to decide moves along with the first session, as many days before it as it was.
    """
    rows = renumber(course)
    days = [row.date for row in rows]
    before = course.starts_on
    course.starts_on = days[0] if days else None
    course.ends_on = days[-1] if days else None
    course.intake_until = schedule.intake_end(days, course.intake_sessions)
    if course.go_no_go_on and before and course.starts_on:
        course.go_no_go_on += course.starts_on - before
    return rows


def differences(before, after):
    """Return a :class:`Moved` for each session that falls otherwise; both are ``{pk: (number, date, time)}``."""
    return [
        Moved(pk, number, *before[pk][1:], day, at)
        for pk, (number, day, at) in after.items()
        if pk in before and before[pk][1:] != (day, at)
    ]


def whens(rows):
    """Return ``{pk: (number, date, time)}`` of sessions, for :func:`differences`."""
    return {row.pk: (row.number, row.date, row.start_time) for row in rows}
