"""Whom this room holds on to: those who are in a course or wait for one, and those who were until lately."""

from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.access_log import Action, log_access
from ..privacy.retention import DAYS_A_MONTH, register_reason_to_keep, register_rule
from .models import Enrolment, Facilitator, Session
from .models_course import State as CourseState
from .models_enrolment import EnrolmentState

_CLOSED = (EnrolmentState.COMPLETED, EnrolmentState.LEFT, EnrolmentState.DECLINED)
# A name is kept for half a year after the course, as the consent to it says.
MONTHS_AFTER_COURSE = 6


def _takes_part(link, people, before):
    """Those who are in a course or wait for one, and those whose course was over in the last half year."""
    until = timezone.localdate() - timedelta(days=MONTHS_AFTER_COURSE * DAYS_A_MONTH)
    rows = Enrolment.objects.filter(**{f"{link}__isnull": False}).filter(
        ~Q(state__in=_CLOSED)
        | Q(completed_on__gte=until)
        | Q(left_on__gte=until)
        | Q(course__ended_on__gte=until)
    )
    return Q(pk__in=rows.values(link))


def _leads(people, before):
    """Those who lead a course that is not over."""
    over = (CourseState.COMPLETED, CourseState.CANCELLED)
    return Q(pk__in=Facilitator.objects.exclude(course__state__in=over).values("volunteer"))


register_reason_to_keep(CITIZEN, partial(_takes_part, "citizen"))
register_reason_to_keep(VOLUNTEER, partial(_takes_part, "volunteer"))
register_reason_to_keep(VOLUNTEER, _leads)


def _old_notes(before):
    # An encrypted text cannot be compared, but an empty one is empty.
    rows = Session.objects.filter(date__lt=before.date()).select_related("course")
    return rows.alias(size=Length("note")).filter(size__gt=0)


def _forget_note(session):
    session.note = ""
    session.save(update_fields=["note"])
    log_access(user=None, action=Action.ERASE, objects=[session], route="purge")


register_rule(
    "session_note",
    label=_("What was noted about an evening"),
    months=MONTHS_AFTER_COURSE,
    why=_("It is for those who lead the next evenings. That the evening was held, and how many came, stays."),
    find=_old_notes,
    act=_forget_note,
    # Every course has a first session.
    name=lambda session: f"{session.course}, {session}",
)
