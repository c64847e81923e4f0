"""Group courses on today's list: whom to ring, places to fill, and steps that are for today."""

from django.utils.translation import gettext_lazy

from ...courses.absence import caring_calls
from ...courses.attention import needs
from ...courses.board.base import url
from ...courses.board.overview import lines_of
from ...courses.models import GroupCourse
from ...courses.models_course import LIVE_STATES
from .registry import ANSWER, RING, SEAT, Line, register_source

_KINDS = {"no_answer": ANSWER, "move_on": ANSWER, "decide": SEAT, "offer": SEAT}
_LABELS = {
    "no_answer": gettext_lazy("Write the answer"),
    "move_on": gettext_lazy("Find another course"),
    "decide": gettext_lazy("Decide"),
    "offer": gettext_lazy("Offer the place"),
}


def calls_after_two_absences(day):
    """Rule: whoever has not come two times in a row is rung; a call that was made takes them off the list."""
    return [
        Line(
            RING,
            due.sentence,
            gettext_lazy("Write how the call went"),
            f"{url('enrolment', due.enrolment.pk)}#care",
            due=max(session.date for session in due.sessions),
            hint=due.hint,
            person=(due.enrolment, due.enrolment.person),
            initiative_id=due.enrolment.initiative_id,
            order=40,
        )
        for due in caring_calls(day=day)
    ]


def course_needs(day):
    """Rule: an offer without an answer, a place to offer, a course to decide on, and whoever did not get in."""
    return [
        Line(
            _KINDS[need.kind],
            f"{need.course.title} – {need.sentence}",
            _LABELS[need.kind],
            url("enrolment", need.enrolment.pk) if need.enrolment else url("course", need.course.pk),
            due=need.course.go_no_go_on if need.kind == "decide" else None,
            person=(need.enrolment, need.enrolment.person) if need.enrolment else None,
            initiative_id=need.course.initiative_id,
            key=f"{need.kind}-{need.course.pk}-{need.enrolment.pk if need.enrolment else ''}",
            order=40,
        )
        for need in needs(day)
    ]


def course_steps(day):
    """Rule: a course whose next step is for today is here by its title, unless a decision on it is here already."""
    decided = {need.course.pk for need in needs(day) if need.kind == "decide"}
    return [
        Line(
            SEAT,
            f"{line.course.title} – {line.next_step}",
            gettext_lazy("Open the course"),
            line.next_url,
            initiative_id=line.course.initiative_id,
            key=f"course-{line.course.pk}",
            order=50,
        )
        for line in lines_of(GroupCourse.objects.filter(state__in=LIVE_STATES), day)
        if line.presses and line.course.pk not in decided
    ]


register_source("caring_calls", gettext_lazy("Calls after two absences"), calls_after_two_absences)
register_source("course_needs", gettext_lazy("Places in courses"), course_needs)
register_source("course_steps", gettext_lazy("Steps of courses"), course_steps)
