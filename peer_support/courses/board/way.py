"""How an enrolment came where it is, and when the person came: for people to read."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ..models import Attendance, Session, SessionState
from ..models_enrolment import EnrolmentState
from ..rules_enrolment import Action


@dataclass(frozen=True)
class Step:
    """One step: when, what, by whom, and the state it led to."""

    at: datetime
    what: str
    who: str
    to_state: str


def way_of(enrolment):
    """Return the :class:`Step` list of ``enrolment``, oldest first."""
    actions, states = dict(Action.choices), dict(EnrolmentState.choices)
    return [
        Step(
            at=event.at,
            what=str(actions.get(event.action, event.action)),
            who=(event.user.get_full_name() or event.user.get_username())
            if event.user
            else str(event.get_by_display()),
            to_state=str(states.get(event.to_state, "")),
        )
        for event in enrolment.events.select_related("user").order_by("at", "pk")
    ]


@dataclass(frozen=True)
class Came:
    """One session and whether the person came; ``before``: it was before they joined."""

    session: Session
    mark: str
    words: str


def attendance_of(enrolment):
    """Return a :class:`Came` per session that has been held or has a mark."""
    marks = {row.session_id: row for row in Attendance.objects.filter(enrolment=enrolment)}
    sessions = Session.objects.filter(course=enrolment.course_id).exclude(state=SessionState.CANCELLED)
    joined = enrolment.joined_from_session
    found = []
    for session in sessions.order_by("date", "start_time", "pk"):
        row = marks.get(session.pk)
        if row is not None:
            found.append(Came(session, row.mark, str(row.get_mark_display())))
        elif session.state == SessionState.HELD:
            before = joined is not None and (session.date, session.start_time) < (
                joined.date,
                joined.start_time,
            )
            found.append(Came(session, "", _("before they joined") if before else _("not written down")))
    return found
