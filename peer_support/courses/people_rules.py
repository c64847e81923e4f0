"""What the room of courses says when a person's record is to be closed."""

from django.utils.translation import gettext

from ..access.decisions import Decision
from ..people.rules import register_ending_rule
from .models import INCOMING_STATES, Enrolment, EnrolmentState
from .services_seats import kind_of

_OPEN = (*INCOMING_STATES, EnrolmentState.OFFERED, EnrolmentState.WAITING, EnrolmentState.ENROLLED)


@register_ending_rule
def no_open_enrolment(person):
    """A person who has a place in a course, or waits for one, is not ended before that is written down."""
    rows = Enrolment.objects.filter(**{kind_of(person): person.pk}, state__in=_OPEN)
    enrolment = rows.select_related("course").first()
    if enrolment is None:
        return None
    return Decision.no(
        "open_enrolment",
        gettext(
            "The person is signed up for a course (%(course)s). Write there first that they left, or said no."
        )
        % {"course": enrolment.course},
    )
