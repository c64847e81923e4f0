"""A person's courses, for their own data: places, notes and attendance."""

from django.utils.translation import gettext as _

from ..people.own_data import Part, register_own_data, rows_of
from .models import CaringCall, Enrolment

_FIELDS = (
    "course", "state", "way_in", "asked_at", "attended_on", "exception_reason", "waiting_since", "waiting_why",
    "waiting_note", "priority_reason", "offered_at", "answer_by", "enrolled_on", "completed_on", "left_on", "left_note",
    "declined_on", "wants_next", "follow_up_on", "note",
)  # fmt: skip


def _courses(person):
    enrolments = Enrolment.objects.filter(**{person._meta.model_name: person}).select_related("course")
    entries = []
    for enrolment in enrolments.prefetch_related("attendance__session"):
        rows = rows_of(enrolment, _FIELDS)
        rows += [(str(mark.session), mark.get_mark_display()) for mark in enrolment.attendance.all()]
        entries.append(rows)
    calls = CaringCall.objects.filter(enrolment__in=enrolments).order_by("done_at", "pk")
    return [
        Part(_("Courses"), entries=entries),
        Part(_("Calls we have made"), entries=[rows_of(call, ("done_at", "outcome")) for call in calls]),
    ]


register_own_data(
    _courses,
    models=[
        "peer_support.enrolment",
        "peer_support.enrolmentevent",
        "peer_support.attendance",
        "peer_support.caringcall",
    ],
)
