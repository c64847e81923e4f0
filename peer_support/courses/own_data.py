"""A person's courses, for their own data: places, notes and attendance."""

from django.utils.translation import gettext as _

from ..people.own_data import Part, entries_of, register_own_data
from .models import Attendance, CaringCall, Enrolment

_FIELDS = (
    "course", "state", "way_in", "asked_at", "attended_on", "exception_reason", "waiting_since", "waiting_why",
    "waiting_note", "priority_reason", "offered_at", "answer_by", "enrolled_on", "completed_on", "left_on", "left_note",
    "declined_on", "wants_next", "follow_up_on", "note",
)  # fmt: skip


def _courses(person):
    return [
        Part(_("Courses"), entries=entries_of(Enrolment, person, first=_FIELDS)),
        Part(
            _("Evenings you came, or did not"),
            entries=entries_of(Attendance, person, first=("session", "mark")),
        ),
        Part(_("Calls we have made"), entries=entries_of(CaringCall, person, first=("done_at", "outcome"))),
    ]


register_own_data(
    _courses,
    models=[
        "peer_support.enrolment",
        "peer_support.attendance",
        "peer_support.caringcall",
    ],
)
