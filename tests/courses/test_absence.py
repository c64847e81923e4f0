"""Two absences in a row put a caring call on the list; each rule has its test. Nothing else follows from an absence."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_support.access.decisions import NotAllowed
from peer_support.courses.absence import caring_calls, note_call, trailing_absences
from peer_support.courses.models import CaringCall, Enrolment, GroupCourse, Session

from .attendance import Group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope")]
A, P, L, W = "absent", "present", "late", "apologies"


@pytest.mark.parametrize(
    ("marks", "count"),
    [
        ([], 0),
        ([A], 1),
        ([A, A], 2),
        ([A, P, A], 1),
        ([A, A, P], 0),
        ([A, A, L], 0),
        ([A, A, W], 0),
        ([A, None, A], 2),
        ([P, A, A, A], 3),
    ],
)
def test_came_late_and_sent_word_break_the_row_and_silence_does_not(marks, count):
    assert trailing_absences(marks) == count


def due(group):
    return [row.enrolment for row in caring_calls(group.initiative)]


def test_one_absence_is_nobodys_business(group):
    group.write(group.people[0], None, None, A)
    assert due(group) == []


def test_two_absences_in_a_row_are_a_call(group):
    group.write(group.people[0], P, A, A)
    (row,) = caring_calls(group.initiative)
    assert row.enrolment == group.people[0] and len(row.sessions) == 2
    assert str(group.people[0].citizen) in row.sentence and "Amina" not in row.sentence
    assert "week" in row.sentence


@pytest.mark.parametrize("mark", [P, L, W])
def test_whoever_came_or_sent_word_last_time_is_not_rung(group, mark):
    group.write(group.people[0], A, A, mark)
    assert due(group) == []


def test_a_session_that_was_called_off_does_not_count(group):
    group.write(group.people[0], P, A, A)
    Session.objects.filter(pk=group.today.pk).update(state="cancelled", number=None, cancel_reason="other")
    assert due(group) == []


def test_whoever_left_is_not_rung(group):
    group.write(group.people[0], P, A, A)
    Enrolment.objects.filter(pk=group.people[0].pk).update(state="left", left_on=group.today.date)
    assert due(group) == []


def test_a_course_that_is_over_calls_nobody(group):
    group.write(group.people[0], P, A, A)
    GroupCourse.objects.filter(pk=group.course.pk).update(state="completed", ended_on=group.today.date)
    assert due(group) == []


def test_a_call_that_was_made_takes_them_off_the_list_until_two_more(group, coordinator):
    group.write(group.people[0], A, A)
    call = note_call(enrolment=group.people[0], outcome="talked", user=coordinator)
    assert call.sessions == [session.pk for session in group.sessions[:2]]
    assert due(group) == []
    group.write(group.people[0], None, None, A)
    assert due(group) == []


def test_whoever_was_not_reached_stays_on_the_list_with_the_day(group, coordinator):
    group.write(group.people[0], P, A, A)
    note_call(enrolment=group.people[0], outcome="not_reached", user=coordinator)
    (row,) = caring_calls(group.initiative)
    assert row.tried_on is not None and str(row.tried_on.year) in row.hint


def test_a_call_is_noted_once(group, coordinator):
    group.write(group.people[0], P, A, A)
    note_call(enrolment=group.people[0], outcome="comes_back", user=coordinator)
    with pytest.raises(NotAllowed):
        note_call(enrolment=group.people[0], outcome="talked", user=coordinator)
    assert CaringCall.objects.count() == 1


def test_a_mark_that_is_put_right_takes_the_call_away(group):
    group.write(group.people[0], P, A, A)
    group.today.attendance.update(mark=P)
    assert due(group) == []


def test_the_list_costs_the_same_for_one_and_for_many(group):
    group.write(group.people[0], P, A, A)
    with CaptureQueriesContext(
        connection,
    ) as few:
        caring_calls(group.initiative)
    other = Group(group.initiative)
    for person in (*other.people, *group.people[1:]):
        (other if person.course_id == other.course.pk else group).write(person, A, A, A)
    with CaptureQueriesContext(connection) as many:
        assert len(caring_calls(group.initiative)) == 8
    assert len(many) == len(few) <= 3
