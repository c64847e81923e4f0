"""A course that met last week and meets today, with four people in it; what the tests of attendance begin from."""

import datetime

import pytest
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.courses.links import session_link
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses

NAMES = ("Amina", "Bo", "Amina", "Dorte")


class Group:
    """A running course: ``sessions`` one week apart, the last one three weeks ahead; number ``today`` is held today."""

    def __init__(self, initiative, kind="course", before=2, after=3):
        day = timezone.localdate()
        self.initiative = initiative
        self.course = make_courses.GroupCourseFactory(
            initiative=initiative,
            state="running",
            kind=kind,
            starts_on=day - datetime.timedelta(weeks=before),
            start_time=datetime.time(0, 5),
            minutes=1430,
            place_text="Biblioteket",
            sessions=before + 1 + after,
        )
        with scope_of(initiative.pk):
            self.sessions = list(self.course.sessions.order_by("date"))
        self.today = self.sessions[before]
        self.people = [self.join(name) for name in NAMES]

    def join(self, name="Eva", from_session=None, **values):
        """Give somebody a place, from a session on (default: the first)."""
        first = from_session or self.sessions[0]
        citizen = make.CitizenFactory(initiative=self.initiative, first_name=name, last_name="Hemmelig")
        return make_courses.EnrolmentFactory(
            course=self.course,
            initiative=self.initiative,
            citizen=citizen,
            state=values.pop("state", "enrolled"),
            enrolled_on=first.date,
            joined_from_session=first,
            **values,
        )

    def write(self, enrolment, *marks):
        """Write marks from the first session on; ``None`` leaves one out."""
        for session, mark in zip(self.sessions, marks, strict=False):
            if mark:
                make_courses.AttendanceFactory(session=session, enrolment=enrolment, mark=mark)

    def link(self, session=None):
        with scope_of(self.initiative.pk):
            return session_link(session or self.today)

    def address(self, session=None):
        return f"/peer/moede/{self.link(session).token}/"


@pytest.fixture
def group(initiative):
    return Group(initiative)
