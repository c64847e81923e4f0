"""The sessions of a course as its page lists them, with who came, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone

from .. import queries, rules, words
from ..models import Attendance, Session, SessionState
from ..rules import Action
from .base import url


@dataclass
class Row:
    session: Session
    day: str
    week: str
    hours: str
    counts: dict
    state: str
    steps: list = field(default_factory=list)
    attendance_url: str = ""
    link_url: str = ""
    away: list = field(default_factory=list)

    @property
    def came(self):
        return self.counts.get("present", 0) + self.counts.get("late", 0)


STEPS = (
    ("move", Action.MOVE_SESSION),
    ("change", Action.CHANGE_SESSION),
    ("cancel", Action.CANCEL_SESSION),
    ("restore", Action.RESTORE_SESSION),
)


def rows_of(course):
    """Return a :class:`Row` per session of ``course``, those that were called off too, in the order they fall."""
    today = timezone.localdate()
    sessions = list(
        course.sessions.select_related("place").prefetch_related(
            "stand_ins__facilitator__volunteer", "stand_ins__volunteer"
        )
    )
    counts = defaultdict(dict)
    marks = Attendance.objects.filter(session__course=course).order_by().values("session_id", "mark")
    for row in marks.annotate(n=Count("pk")):
        counts[row["session_id"]][row["mark"]] = row["n"]
    following = queries.next_session(course)
    return [_row(course, session, counts[session.pk], following, today) for session in sessions]


def people_away(stand_ins):
    """Return the volunteers whom these days name, each once: those who are away, and those who come instead."""
    named = [
        who for row in stand_ins for who in (row.facilitator.volunteer, row.volunteer) if who is not None
    ]
    return list({volunteer.pk: volunteer for volunteer in named}.values())


def _row(course, session, counts, following, today):
    session.course = course
    state = session.state
    if state == SessionState.PLANNED and session.date < today:
        state = "unwritten"
    elif following is not None and session.pk == following.pk:
        state = "next"
    return Row(
        session=session,
        day=words.day(session.date),
        week=words.week(session.date, today),
        hours=words.hours(session.date, session.start_time, session.minutes),
        counts=counts,
        state=state,
        steps=[
            (code, url("session_step", course.pk, session.pk, code))
            for code, action in STEPS
            if rules.may_change_session(session, action)
        ],
        attendance_url=attendance_url(session, today),
        link_url=link_url(session, today),
        away=list(session.stand_ins.all()),
    )


def attendance_url(session, today):
    """Return where it is written who came, once the day has come; empty before, and where it was called off."""
    if session.state == SessionState.CANCELLED or session.date > today:
        return ""
    return url("attendance", session.pk)


def link_url(session, today):
    """Return where the link for those who lead ``session`` is made: as long as it is still to be held."""
    if session.state != SessionState.PLANNED or session.date < today:
        return ""
    return url("attendance", session.pk) + "#link"
