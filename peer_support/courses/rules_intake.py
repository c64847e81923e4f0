"""Does a course take people in, and is there room? What every way in asks before it asks about the person."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from .models_course import INTAKE_STATES
from .models_course import State as CourseState
from .models_enrolment import WaitingWhy


def course_is_not_over(course):
    """Whether anybody can sign up for it at all, if only to wait."""
    if course.state == CourseState.CANCELLED:
        return Decision.no("cancelled", _("The course was called off. Choose another course."))
    if course.state == CourseState.COMPLETED:
        return Decision.no("completed", _("The course is over. Choose another course."))
    return Decision.yes()


def intake_is_open(course, day=None):
    """Whether somebody can get a place on ``day`` (default: today): the course is open, and it is not too late."""
    over = course_is_not_over(course)
    if not over:
        return over
    if course.state not in INTAKE_STATES:
        return Decision.no("not_open", _("The course is still being planned. Open it first."))
    until = course.intake_until or course.ends_on
    if until and (day or timezone.localdate()) > until:
        return Decision.no(
            "intake_closed",
            gettext("New people could join until %(date)s. Choose a course that begins later.")
            % {"date": date_format(until)},
        )
    return Decision.yes()


def free_places(course):
    """Return how many places are free, or ``None`` where everybody can come."""
    return None if course.capacity is None else max(course.capacity - course.seats_taken, 0)


def has_free_place(course):
    """Whether one more fits in. Places that are offered count as taken. Nobody can decide otherwise."""
    if free_places(course) == 0:
        return Decision.no(
            "full",
            ngettext(
                "The course is full: the one place is taken or offered.",
                "The course is full: all %(count)d places are taken or offered.",
                course.capacity,
            )
            % {"count": course.capacity},
        )
    return Decision.yes()


def why_waiting(course, day=None):
    """Return the code of why somebody who wants a place in ``course`` waits now."""
    code = intake_is_open(course, day).code
    return {
        "not_open": WaitingWhy.NOT_OPEN,
        "cancelled": WaitingWhy.CANCELLED,
        "completed": WaitingWhy.INTAKE_CLOSED,
        "intake_closed": WaitingWhy.INTAKE_CLOSED,
    }.get(code, WaitingWhy.FULL)
