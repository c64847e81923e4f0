"""What this room knows of a volunteer's service, for a reference letter: evenings led, training, supervision."""

from django.db.models import F, Q
from django.utils.translation import ngettext

from ..agreements.records import register_record
from .models import Attendance, Enrolment, EnrolmentState, Kind, Session, SessionState

_CAME = (Attendance.Mark.PRESENT, Attendance.Mark.LATE)


@register_record
def evenings_led(volunteer, day):
    """How many sessions were held that the volunteer led, or stood in at; without those they were away from."""
    held = Session.objects.filter(state=SessionState.HELD, date__lte=day)
    led = held.filter(
        Q(course__facilitators__until_on=None) | Q(date__lte=F("course__facilitators__until_on")),
        course__facilitators__volunteer=volunteer,
        date__gte=F("course__facilitators__from_on"),
    ).exclude(stand_ins__facilitator__volunteer=volunteer)
    stood_in = held.filter(stand_ins__volunteer=volunteer)
    count = len({*led.values_list("pk", flat=True), *stood_in.values_list("pk", flat=True)})
    if not count:
        return []
    words = ngettext(
        "%(count)d evening of a group course led", "%(count)d evenings of group courses led", count
    )
    return [words % {"count": count}]


@register_record
def trainings(volunteer, day):
    """How many courses for volunteers were completed."""
    done = Enrolment.objects.filter(
        volunteer=volunteer, course__kind=Kind.TRAINING, state=EnrolmentState.COMPLETED
    )
    count = done.filter(Q(completed_on=None) | Q(completed_on__lte=day)).count()
    if not count:
        return []
    words = ngettext(
        "%(count)d course for volunteers completed", "%(count)d courses for volunteers completed", count
    )
    return [words % {"count": count}]


@register_record
def supervision(volunteer, day):
    """How many times the volunteer came to supervision."""
    came = Attendance.objects.filter(
        enrolment__volunteer=volunteer,
        session__course__kind=Kind.SUPERVISION,
        session__date__lte=day,
        mark__in=_CAME,
    )
    count = came.count()
    words = ngettext("supervision %(count)d time", "supervision %(count)d times", count)
    return [words % {"count": count}] if count else []
