"""A study that takes people in, and somebody in it who is ready for the draw."""

import pytest

from peer_support.access.scopes import scope_of
from peer_support.outcomes.study import services_participants as people
from peer_support.testing.factories import CitizenFactory
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory
from peer_support.testing.factories_study import recruiting_study


@pytest.fixture
def study(initiative, coordinator):
    """A study of one town with no instrument: its first questions are asked on paper."""
    return recruiting_study(initiative=initiative, user=coordinator)


@pytest.fixture
def course(initiative, study):
    """An open course of the study's kind with ten places."""
    return GroupCourseFactory(
        initiative=initiative, template=study.template, state="open", capacity=10, wants_intro=False
    )


@pytest.fixture
def asked(initiative, study, course, coordinator):
    """Return a function that asks somebody new, signed up for the course: ``asked()``."""

    def ask(**values):
        citizen = CitizenFactory(initiative=initiative, **values)
        enrolment = EnrolmentFactory(course=course, citizen=citizen)
        with scope_of(initiative.pk):
            site = study.sites.get()
            return people.ask(study=study, site=site, citizen=citizen, enrolment=enrolment, user=coordinator)

    return ask


@pytest.fixture
def ready(initiative, asked, coordinator):
    """Return a function that makes somebody who has said yes and answered the first questions."""

    def make(**values):
        with scope_of(initiative.pk):
            participant = people.consent(participant=asked(**values), how="paper", user=coordinator)
            return people.tick_baseline(participant=participant, user=coordinator)

    return make
