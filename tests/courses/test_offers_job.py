"""The nightly job: offers run out, free places are offered, and the coordinator is told what waits."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.courses.attention import needs
from peer_support.courses.models import Enrolment, EnrolmentEvent
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory

from .conftest import days


@pytest.fixture
def full(initiative):
    """One place, offered, and two who wait."""
    course = GroupCourseFactory(
        initiative=initiative, state="open", capacity=1, wants_intro=False, sessions=10
    )
    states = ("offered", "waiting", "waiting")
    return course, [EnrolmentFactory(course=course, state=state) for state in states]


def run(**options):
    call_command("course_offers", **{"verbosity": 0} | options)


def states(rows):
    with scope_of(rows[0].initiative_id):
        return [Enrolment.objects.get(pk=row.pk).state for row in rows]


def test_the_job_lets_offers_run_out_offers_the_next_and_is_safe_to_run_twice(full, other_initiative):
    __, rows = full
    run()
    assert states(rows) == ["offered", "waiting", "waiting"]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False):
        run()
        assert states(rows) == ["waiting", "offered", "waiting"]
        with scope_of(rows[0].initiative_id):
            steps = EnrolmentEvent.objects.count()
        run()
        with scope_of(rows[0].initiative_id):
            assert EnrolmentEvent.objects.count() == steps
            [need] = [need for need in needs() if need.kind == "no_answer"]
            assert need.enrolment.pk == rows[0].pk and need.sentence


def test_the_job_keeps_to_the_initiative_it_is_asked_for(full, other_initiative):
    __, rows = full
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False):
        run(initiative=[other_initiative.pk])
        assert states(rows)[0] == "offered"


def test_what_waits_names_the_day_to_decide_those_to_move_on_and_free_places(
    initiative, django_assert_max_num_queries
):
    GroupCourseFactory(initiative=initiative, state="open", go_no_go_on=days(2), minimum=4)
    GroupCourseFactory(initiative=initiative, state="open", go_no_go_on=days(9))
    over = GroupCourseFactory(initiative=initiative, state="cancelled")
    for _ in range(3):
        EnrolmentFactory(course=over, state="waiting", waiting_why="cancelled")
    free = GroupCourseFactory(initiative=initiative, state="open", auto_offer=False, wants_intro=False)
    for _ in range(3):
        EnrolmentFactory(course=free, state="waiting")
    # The fifth asks for the studies that give places in a course; once for each course.
    with scope_of(initiative.pk), django_assert_max_num_queries(5):
        found = needs()
    assert sorted(need.kind for need in found) == ["decide", "move_on", "move_on", "move_on", "offer"]
    assert all(need.sentence for need in found)
