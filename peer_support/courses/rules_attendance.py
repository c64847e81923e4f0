"""May somebody be marked, and may somebody send word? Each rule answers with a reason that can be shown as it is."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from . import schedule
from .models import Attendance, By, EnrolmentState, Kind, SessionState

# Where anybody can come without having signed up, those who came are counted and not named.
COUNTS_GUESTS = (Kind.OPEN_GROUP, Kind.CAFE, Kind.WORKSHOP, Kind.MEETING, Kind.SOCIAL)
# Who is with the group, or was.
_HAS_BEEN_IN = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.LEFT)


def ends_at(session):
    """Return the moment at which ``session`` ends, by the clock on the wall."""
    return schedule.ends(session.date, session.start_time, session.minutes)


def counts_guests(session):
    """Whether the session asks how many came without being signed up."""
    return session.course.kind in COUNTS_GUESTS


def is_expected(enrolment, session):
    """Whether the person belongs to ``session``: in the group by then, and not gone again before it.

    Late joiners count from the session they joined; nobody has absences from before that.
    """
    if enrolment.state not in _HAS_BEEN_IN:
        return False
    if enrolment.left_on and enrolment.state == EnrolmentState.LEFT and enrolment.left_on < session.date:
        return False
    first = enrolment.joined_from_session
    if first is not None:
        return (session.date, session.start_time) >= (first.date, first.start_time)
    return enrolment.enrolled_on is None or enrolment.enrolled_on <= session.date


def may_save(session, day=None):
    """Whether it can be written down who came to ``session``: from the day it is held."""
    if session.state == SessionState.CANCELLED:
        return Decision.no("session_cancelled", _("This session was called off. Nobody is missing."))
    if session.date > (day or timezone.localdate()):
        return Decision.no(
            "session_to_come",
            gettext("You meet on %(date)s. From that day you can write down here who came.")
            % {"date": date_format(session.date)},
        )
    return Decision.yes()


def may_mark(session, enrolment, day=None):
    """Whether ``enrolment`` can be marked at ``session``."""
    if enrolment.course_id != session.course_id:
        return Decision.no("other_course", _("This person is not in this course."))
    decision = may_save(session, day)
    if decision and not is_expected(enrolment, session):
        return Decision.no("not_expected", _("This person was not in the group on that day."))
    return decision


def may_say_apologies(session, enrolment, mark=None, now=None):
    """Whether the person can send word that they cannot come. ``mark`` is what is written about them already."""
    if enrolment.course_id != session.course_id or enrolment.state != EnrolmentState.ENROLLED:
        return Decision.no("not_enrolled", _("You have no place in this course at the moment."))
    if session.state == SessionState.CANCELLED:
        return Decision.no("session_cancelled", _("This session was called off. You need do nothing."))
    if ends_at(session) <= (now or timezone.now()):
        return Decision.no("session_over", _("This session is over. You need do nothing."))
    if not is_expected(enrolment, session):
        return Decision.no(
            "not_expected", _("You are not in the group yet on that day. You need do nothing.")
        )
    if mark is not None and mark.mark != Attendance.Mark.APOLOGIES:
        return Decision.no("marked", _("It has been written down already whether you came."))
    return Decision.yes(_("Those who lead the group see it. You need give no reason."))


def may_take_back_apologies(session, enrolment, mark, now=None):
    """Whether the person can come after all: while the session is to come, and what stands is their own word."""
    decision = may_say_apologies(session, enrolment, mark, now)
    if decision and (mark is None or mark.by != By.PARTICIPANT):
        return Decision.no("no_apologies", _("You have not sent word. We expect you."))
    return decision and Decision.yes(_("Good that you can come. We expect you."))
