"""A course, those who lead it, and a coordinator, for every test of the room of courses."""

import datetime

import pytest
from django.utils import timezone, translation

from peer_support.courses import services
from peer_support.testing.factories import VolunteerFactory
from peer_support.testing.factories_courses import CourseTemplateFactory

from .attendance import group  # noqa: F401

SEVEN = datetime.time(19)


def days(number):
    """The date ``number`` days from today."""
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language they are written in; the catalogue has tests of its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def template(db):
    return CourseTemplateFactory(plans=10)


@pytest.fixture
def make_course(in_scope, coordinator, template):
    """Return a function that makes a course by the service, as a coordinator would."""

    def make(first_day=datetime.date(2027, 1, 12), start_time=SEVEN, session_count=None, kept=(), **values):
        wanted = services.Wanted(
            template, first_day, start_time, values, session_count=session_count, kept=frozenset(kept)
        )
        return services.create_course(initiative=in_scope, wanted=wanted, user=coordinator)

    return make


@pytest.fixture
def with_leaders(in_scope, coordinator):
    """Return a function that gives a course two volunteers who are ready to lead it."""

    def give(course, count=2):
        for _ in range(count):
            services.add_facilitator(
                course=course,
                volunteer=VolunteerFactory(initiative=in_scope),
                user=coordinator,
                trained_on=days(-30),
            )
        course.refresh_from_db()
        return course

    return give


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Return a function that notes what a signal said while a block ran, after its commit."""

    class Told:
        def __init__(self, signal):
            self.signal, self.heard = signal, []

        def __enter__(self):
            self.signal.connect(self._hear, weak=False)
            self._commit = django_capture_on_commit_callbacks(execute=True)
            self._commit.__enter__()
            return self.heard

        def __exit__(self, *error):
            self._commit.__exit__(*error)
            self.signal.disconnect(self._hear)

        def _hear(self, sender, signal, **facts):
            self.heard.append(facts)

    return Told
