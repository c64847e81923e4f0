"""All that runs, at a glance: where each course is, how many are on their way in, and what it needs next.

A fixed number of queries, however many courses there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import words
from ..models import CourseState, Facilitator, GroupCourse, Session, SessionState
from ..queries import with_counts
from ..rules_leading import needs_training, trained_ids
from .base import url


@dataclass
class Line:
    """One course as the overview shows it. ``presses``: its next step is for today."""

    course: GroupCourse
    week: str
    rhythm: str
    leaders: int
    next_session: Session | None
    unwritten: Session | None
    next_step: str = ""
    next_url: str = ""
    presses: bool = False

    @property
    def seats(self):
        """The places as ``(filled, offered, free)`` for dots; ``None`` where everybody can come."""
        if self.course.capacity is None:
            return None
        offered, enrolled = self.course.n_offered, self.course.n_enrolled
        return enrolled, offered, max(self.course.capacity - enrolled - offered, 0)


def lines_of(courses, today=None):
    """Return a :class:`Line` per course of a queryset, what presses first, then by first session."""
    today = today or timezone.localdate()
    courses = list(with_counts(courses.select_related("place", "initiative", "town")))
    sessions = _sessions(courses)
    leaders = _leaders(courses, today)
    lines = [_line(course, sessions[course.pk], leaders[course.pk], today) for course in courses]
    return sorted(
        lines, key=lambda line: (not line.presses, line.course.starts_on or date.max, line.course.pk)
    )


def _sessions(courses):
    found = defaultdict(list)
    rows = Session.objects.filter(course__in=courses).exclude(state=SessionState.CANCELLED).defer("note")
    for session in rows.order_by("date", "start_time", "pk"):
        found[session.course_id].append(session)
    return found


def _leaders(courses, today):
    """Return how many lead each course and are ready to: contract and training, on its first day or today."""
    by_course = {course.pk: course for course in courses}
    rows = list(
        Facilitator.objects.filter(course__in=courses)
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
        .select_related("volunteer")
    )
    trained = {
        initiative: trained_ids(initiative, day=today) for initiative in {row.initiative_id for row in rows}
    }
    ready = Counter()
    for row in rows:
        course = by_course[row.course_id]
        day = max(filter(None, (course.starts_on, today)))
        if (
            row.is_on(day)
            and row.volunteer.has_contract(day)
            and (row.volunteer_id in trained[row.initiative_id] or not needs_training(course))
        ):
            ready[row.course_id] += 1
    return ready


def _line(course, sessions, leaders, today):
    ahead = [s for s in sessions if s.state == SessionState.PLANNED and s.date >= today]
    behind = [s for s in sessions if s.state == SessionState.PLANNED and s.date < today]
    first = course.starts_on or today
    line = Line(
        course=course,
        week=words.week(first, today),
        rhythm=words.rhythm(first, course.start_time, course.minutes, course.interval_weeks),
        leaders=leaders,
        next_session=ahead[0] if ahead else None,
        unwritten=behind[0] if behind and course.state == CourseState.RUNNING else None,
    )
    line.next_step, line.next_url, line.presses = _next(line, today)
    return line


def _next(line, today):
    """Return the next step as ``(sentence, address, whether it is for today)``."""
    course = line.course
    page, team, sessions = (url(name, course.pk) for name in ("course", "team", "sessions"))
    missing = course.facilitators_needed - line.leaders
    if missing > 0 and course.state in (CourseState.PLANNED, CourseState.OPEN):
        text = ngettext(
            "Find %(count)s more who can lead it, with contract and training",
            "Find %(count)s more who can lead it, with contract and training",
            missing,
        )
        soon = bool(course.starts_on and (course.starts_on - today).days <= 28)
        return text % {"count": missing}, team, soon
    if course.state == CourseState.PLANNED:
        return _("Open it to new people"), page, bool(course.starts_on and course.starts_on <= today)
    if course.state == CourseState.OPEN and course.go_no_go_on and course.go_no_go_on <= today:
        return _("Decide whether it starts"), page, True
    if line.unwritten:
        text = _("Write who came to %(session)s, %(day)s")
        facts = {
            "session": str(line.unwritten).lower(),
            "day": words.day_in_sentence(line.unwritten.date),
        }
        return text % facts, sessions, True
    if course.state == CourseState.RUNNING and not line.next_session:
        return _("All sessions are over: complete the course"), page, True
    free = line.seats[2] if line.seats else 0
    ready = course.n_waiting + course.n_incoming
    if free and ready and (course.intake_until is None or course.intake_until >= today):
        text = ngettext(
            "%(free)s free place, %(ready)s on the way in",
            "%(free)s free places, %(ready)s on the way in",
            free,
        )
        return text % {"free": free, "ready": ready}, page, False
    if line.next_session:
        facts = {
            "session": str(line.next_session),
            "day": words.day_in_sentence(line.next_session.date),
            "week": words.week(line.next_session.date, today),
        }
        return _("%(session)s is %(day)s (%(week)s)") % facts, sessions, False
    return "", page, False


def live(initiative):
    """Return the courses of ``initiative`` that are still to be held or under way."""
    return GroupCourse.objects.filter(
        initiative=initiative, state__in=[CourseState.PLANNED, CourseState.OPEN, CourseState.RUNNING]
    )
