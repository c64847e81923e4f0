"""What the volunteers of an initiative do together: supervision, meetings and social events."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext

from ..courses.models import LIVE_STATES, EnrolmentState, GroupCourse, Session, SessionState
from ..courses.models import Kind as CourseKind
from ..courses.rules_intake import intake_is_open
from .keeping import SocialYear
from .keeping_rows import TOGETHER

# Social events a year, planned by the volunteers: the toolbox for volunteer centres says at least two.
SOCIAL_A_YEAR = 2


def social_year(initiative, day):
    """Return the :class:`SocialYear` of ``initiative`` in the year of ``day``: one query."""
    sessions = Session.objects.filter(
        initiative=initiative, course__kind=CourseKind.SOCIAL, date__year=day.year
    ).exclude(state=SessionState.CANCELLED)
    counted = sessions.aggregate(
        held=Count("pk", filter=Q(date__lte=day)), planned=Count("pk", filter=Q(date__gt=day))
    )
    held, planned = counted["held"], counted["planned"]
    facts = {"year": day.year, "held": held, "planned": planned}
    text = gettext("Social events in %(year)s: %(held)s held, %(planned)s planned.") % facts
    enough = held + planned >= SOCIAL_A_YEAR
    if not enough:
        hint = gettext("Two a year are good. Ask the volunteers what they would like to do.")
        text = f"{text} {hint}"
    return SocialYear(held, planned, enough, text, reverse("peer_support_keeping:board"))


@dataclass(frozen=True)
class Gathering:
    """A course of supervision, meetings or social events that goes on: its next session and who is on its list."""

    course: GroupCourse
    next_session: Session | None
    last_session: Session | None
    enrolled: int
    can_enrol: bool


def gatherings_of(initiative, day):
    """Return a :class:`Gathering` per live course of supervision, meetings and social events. Two queries."""
    kinds = (CourseKind.SUPERVISION, *TOGETHER)
    courses = GroupCourse.objects.filter(initiative=initiative, state__in=LIVE_STATES, kind__in=kinds)
    on_list = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ENROLLED))
    courses = list(courses.annotate(n_enrolled=on_list).order_by("kind", "starts_on", "pk"))
    ahead, behind = {}, {}
    sessions = Session.objects.filter(course__in=courses).exclude(state=SessionState.CANCELLED).defer("note")
    for session in sessions.order_by("date", "start_time"):
        if session.date >= day:
            ahead.setdefault(session.course_id, session)
        else:
            behind[session.course_id] = session
    return [
        Gathering(
            course,
            ahead.get(course.pk),
            behind.get(course.pk),
            course.n_enrolled,
            course.is_for_volunteers and course.capacity is None and bool(intake_is_open(course, day)),
        )
        for course in courses
    ]
