"""Whom this room holds on to, those who are in a course or were until lately; and what it forgets about courses."""

from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.forgetting import register_words_rule
from ..privacy.retention import DAYS_A_MONTH, register_reason_to_keep
from .models import Enrolment, Facilitator, GroupCourse, GuidanceDate, IntroWorkshop, Session
from .models_course import State as CourseState
from .models_enrolment import EnrolmentState

_CLOSED = (EnrolmentState.COMPLETED, EnrolmentState.LEFT, EnrolmentState.DECLINED)
# A name is kept for half a year after the course, as the consent to it says.
MONTHS_AFTER_COURSE = 6


def _takes_part(link, people, before):
    """Those who are in a course or wait for one, and those whose course was over in the last half year.

    Whoever has taken the yes to courses back is not kept for one that is over: they were told that it is deleted.
    """
    until = timezone.localdate() - timedelta(days=MONTHS_AFTER_COURSE * DAYS_A_MONTH)
    lately = Q(completed_on__gte=until) | Q(left_on__gte=until) | Q(course__ended_on__gte=until)
    rows = Enrolment.objects.filter(**{f"{link}__isnull": False}).filter(
        ~Q(state__in=_CLOSED) | lately & Q(**{f"{link}__course_stopped_on": None})
    )
    return Q(pk__in=rows.values(link))


def _leads(people, before):
    """Those who lead a course that is not over."""
    over = (CourseState.COMPLETED, CourseState.CANCELLED)
    return Q(pk__in=Facilitator.objects.exclude(course__state__in=over).values("volunteer"))


register_reason_to_keep(CITIZEN, partial(_takes_part, "citizen"))
register_reason_to_keep(VOLUNTEER, partial(_takes_part, "volunteer"))
register_reason_to_keep(VOLUNTEER, _leads)


_FOR_THE_NEXT = _(
    "It is for those who lead the next evenings. That the evening was held, and how many came, stays."
)
_HALF_A_YEAR = _(
    "Half a year afterwards nobody needs it to hold the next one. That it was held, and when, stays."
)


def _closed(before):
    """Enrolments that were over before that moment: with the person, or with the whole course."""
    day = before.date()
    return Enrolment.objects.filter(
        Q(state=EnrolmentState.COMPLETED, completed_on__lt=day)
        | Q(state=EnrolmentState.LEFT, left_on__lt=day)
        | Q(state=EnrolmentState.DECLINED, declined_on__lt=day)
        | Q(course__ended_on__lt=day)
    )


register_words_rule(
    "session_note",
    label=_("What was noted about an evening"),
    months=MONTHS_AFTER_COURSE,
    why=_FOR_THE_NEXT,
    find=lambda before: Session.objects.filter(date__lt=before.date()).select_related("course"),
    # Every course has a first session.
    name=lambda session: f"{session.course}, {session}",
)
register_words_rule(
    "course_notes",
    label=_("Your own notes about a course that is over"),
    months=MONTHS_AFTER_COURSE,
    why=_HALF_A_YEAR,
    find=lambda before: GroupCourse.objects.filter(ended_on__lt=before.date()),
)
register_words_rule(
    "workshop_notes",
    label=_("Your own notes about an intro workshop"),
    months=MONTHS_AFTER_COURSE,
    why=_HALF_A_YEAR,
    find=lambda before: IntroWorkshop.objects.filter(date__lt=before.date()),
)
register_words_rule(
    "guidance_notes",
    label=_("What was noted about guidance"),
    months=MONTHS_AFTER_COURSE,
    why=_HALF_A_YEAR,
    find=lambda before: GuidanceDate.objects.filter(date__lt=before.date()).select_related("course"),
    name=lambda guidance: f"{guidance.course}, {guidance}",
)
register_words_rule(
    "enrolment_words",
    label=_("What was noted about a place in a course that is over"),
    months=MONTHS_AFTER_COURSE,
    why=_("The course is over. Who was in it, and when, stays for as long as the person is here."),
    find=_closed,
)
register_words_rule(
    "enrolment_words_old",
    label=_("What was noted about a place in a course that goes on"),
    months=12,
    why=_("After a year it is no longer true. Write down what still is."),
    find=lambda before: Enrolment.objects.filter(updated_at__lt=before),
)
