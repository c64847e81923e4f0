"""What in the courses waits for the coordinator: data for today's list, in few queries whatever their number."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import rules_enrolment as rules
from .models import Enrolment, EnrolmentState, GroupCourse, WaitingWhy
from .models_course import State as CourseState
from .services_waiting import READY
from .words import day_in_sentence

# Days before the day to decide on which it is first said.
DECIDE_AHEAD = 3


@dataclass(frozen=True)
class Need:
    """``kind`` is "no_answer", "move_on", "decide" or "offer"; ``sentence`` says what to do; ``enrolment`` of whom."""

    kind: str
    course: GroupCourse
    sentence: str
    enrolment: Enrolment | None = None


def needs(day=None):
    """Return what waits in the open scope on ``day`` (default: today), as a list of :class:`Need`."""
    day = day or timezone.localdate()
    return [*_unanswered(), *_to_move_on(), *_to_decide(day), *_to_offer(day)]


def _waiting():
    rows = Enrolment.objects.filter(state=EnrolmentState.WAITING)
    return rows.select_related("course", "citizen", "volunteer").order_by("course_id", "waiting_order")


def _unanswered():
    for row in _waiting().filter(waiting_why=WaitingWhy.NO_ANSWER):
        text = _("%(person)s has not answered the offer of a place. Ask whether they still want it.")
        yield Need("no_answer", row.course, text % {"person": row.person}, row)


def _to_move_on():
    over = Q(course__state__in=(CourseState.CANCELLED, CourseState.COMPLETED))
    for row in _waiting().filter(over | Q(waiting_why=WaitingWhy.INTAKE_CLOSED)):
        text = _("%(person)s did not get into the course. Find another course together, or write a no.")
        yield Need("move_on", row.course, text % {"person": row.person}, row)


def _to_decide(day):
    soon = day + timedelta(days=DECIDE_AHEAD)
    for course in GroupCourse.objects.filter(state=CourseState.OPEN, go_no_go_on__lte=soon).order_by(
        "go_no_go_on"
    ):
        sentences = [
            _("Decide by %(day)s whether the course starts.") % {"day": day_in_sentence(course.go_no_go_on)},
            ngettext(
                "%(count)d place is taken or offered.",
                "%(count)d places are taken or offered.",
                course.seats_taken,
            )
            % {"count": course.seats_taken},
        ]
        if course.seats_taken < course.minimum:
            fewest = _("It is meant to begin with at least %(count)d.")
            sentences.append(fewest % {"count": course.minimum})
        yield Need("decide", course, " ".join(sentences))


def _to_offer(day):
    """Courses that do not offer by themselves, with a free place and somebody who waits for it."""
    rows = _waiting().filter(course__auto_offer=False, waiting_why__in=READY)
    seen, courses = set(), {}
    for row in rows:
        # What rules of other rooms find out about a course is kept on it, and asked for once.
        row.course = courses.setdefault(row.course_id, row.course)
        if row.course_id in seen or not rules.may_be_offered(row, day):
            continue
        seen.add(row.course_id)
        yield Need(
            "offer", row.course, _("A place is free. %(person)s is next.") % {"person": row.person}, row
        )
