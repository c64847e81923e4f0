"""Questionnaires plan themselves from what happens to a match, a course and a person, and are called off again."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from peer_support.access.scopes import scope_of
from peer_support.courses import services as courses
from peer_support.courses.signals import course_started, send_after_commit
from peer_support.matching import services as matching
from peer_support.outcomes.questionnaires import services
from peer_support.outcomes.questionnaires.models import Questionnaire, QuestionnairePlan
from peer_support.outcomes.questionnaires.services_planning import plan_questionnaires, save_plan
from peer_support.people import services as people
from peer_support.people.erasing import erase_person
from peer_support.recruitment.services_consent import record_consent, withdraw_consent
from peer_support.testing.factories import CitizenFactory, MatchFactory
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory
from peer_support.testing.factories_questionnaires import QuestionnaireFactory, QuestionnairePlanFactory

from .conftest import days

pytestmark = pytest.mark.django_db


def planned(**of):
    rows = Questionnaire.objects.filter(**of).order_by("due_on", "pk")
    return [(row.moment, "citizen" if row.citizen_id else "volunteer", row.due_on, row.state) for row in rows]


def moments(**of):
    return sorted({row[0] for row in planned(**of)})


def test_without_a_plan_nothing_is_planned(bring, text):
    bring("active")
    assert not planned()


def test_a_match_that_begins_and_ends_has_its_three_moments_for_both_sides(bring, plan, coordinator):
    match = bring("active", since=-3)
    assert planned() == [
        ("start", "citizen", days(-3), "planned"),
        ("start", "volunteer", days(-3), "planned"),
    ]
    matching.end_match(match=match, on=days(-1), by="both", reasons=["goal"], user=coordinator)
    # The start was never asked about: how it was then has no answer any more.
    assert planned() == [
        ("end", "citizen", days(-1), "planned"),
        ("end", "volunteer", days(-1), "planned"),
        ("follow_up", "citizen", days(41), "planned"),
        ("follow_up", "volunteer", days(41), "planned"),
    ]


def test_only_the_sides_and_moments_that_were_chosen(bring, in_scope, text, coordinator):
    QuestionnairePlanFactory(initiative=in_scope, at_end=True)
    match = bring("active")
    assert not planned()
    matching.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
    assert planned() == [("end", "citizen", days(), "planned")]


def test_an_ending_taken_back_takes_its_questionnaires_with_it_and_what_is_answered_stays(
    bring, plan, coordinator
):
    match = bring("active")
    matching.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
    services.ask(person=match.citizen, user=coordinator)
    row = Questionnaire.objects.get(moment="end", citizen=match.citizen)
    for number in range(1, 6):
        services.save_answer(questionnaire=row, number=number, value=4)
    matching.reopen_match(match=match, user=coordinator)
    row.refresh_from_db()
    assert (row.moment, row.state) == ("extra", "answered")
    assert moments() == ["extra", "start"]
    match.refresh_from_db()
    matching.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
    assert moments(citizen=match.citizen) == ["end", "extra", "follow_up"], "the real ending has its own"


def test_planning_again_changes_nothing(bring, plan):
    bring("active")
    before = planned()
    assert plan_questionnaires() == 0 and planned() == before
    call_command("plan_questionnaires", verbosity=0)
    assert planned() == before


def test_the_nightly_job_plans_what_a_match_missed_and_leaves_what_lies_long_back(bring, in_scope, text):
    near, far = bring("active", since=-20), bring("active", since=-60)
    QuestionnairePlanFactory(initiative=in_scope, at_start=True)
    assert not planned()
    call_command("plan_questionnaires", verbosity=0)
    assert moments(match=near) == ["start"] and not planned(match=far)


def test_the_nightly_job_asks_a_constant_number_of_queries(in_scope, plan):
    def queries(count):
        for __ in range(count):
            MatchFactory(initiative=in_scope, state="active", active_from=days())
        plan_questionnaires()
        with CaptureQueriesContext(connection) as captured:
            assert plan_questionnaires() == 0
        return len(captured)

    assert queries(1) == queries(5)


def test_a_pause_puts_it_off_and_a_goodbye_ends_it(bring, plan, coordinator):
    match = bring("active")
    people.pause_person(person=match.citizen, user=coordinator)
    with pytest.raises(services.NotAllowed) as no:
        services.ask(person=match.citizen, user=coordinator)
    assert no.value.decision.code == "paused"
    assert len(planned(citizen=match.citizen)) == 1
    people.resume_person(person=match.citizen, user=coordinator)
    services.ask(person=match.citizen, user=coordinator)
    matching.end_match(
        match=match, on=days(), by="both", reasons=["goal"], citizen_then="ended", user=coordinator
    )
    assert [row[3] for row in planned(citizen=match.citizen)] == ["expired"]
    assert moments(volunteer=match.volunteer) == ["end", "follow_up"]


def test_a_yes_taken_back_ends_it_at_once(bring, plan, coordinator):
    match = bring("active")
    consent = record_consent(subject=match.citizen, purpose="support", how="phone", user=coordinator)
    services.ask(person=match.citizen, user=coordinator)
    row = Questionnaire.objects.get(citizen=match.citizen)
    services.save_answer(questionnaire=row, number=1, value=3)
    withdraw_consent(consent=consent, how="phone", user=coordinator)
    row.refresh_from_db()
    assert row.state == "expired"
    with pytest.raises(services.NotAllowed):
        services.save_answer(questionnaire=row, number=2, value=3)
    matching.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
    assert moments(citizen=match.citizen) == ["start"], "nothing more is planned"


def test_somebody_who_would_rather_not_is_planned_no_more_until_they_say_so(bring, plan, coordinator):
    match = bring("active")
    services.ask(person=match.citizen, user=coordinator)
    row = Questionnaire.objects.get(citizen=match.citizen)
    services.save_answer(questionnaire=row, number=1, value=3)
    services.refuse(person=match.citizen)
    services.refuse(person=match.citizen)
    row.refresh_from_db()
    assert (row.state, row.answers) == ("skipped", {})
    matching.end_match(match=match, on=days(), by="both", reasons=["goal"], user=coordinator)
    assert moments(citizen=match.citizen) == ["start"]
    services.allow_again(person=match.citizen, user=coordinator)
    assert moments(citizen=match.citizen) == ["end", "follow_up", "start"]


def test_erasure_takes_all_of_it(bring, plan, coordinator):
    match = bring("ended")
    erase_person(person=match.citizen, user=coordinator)
    assert not planned(citizen=match.citizen) and planned(volunteer=match.volunteer)


def test_a_course_that_begins_and_ends_and_somebody_who_came_late_or_left(
    in_scope, text, coordinator, django_capture_on_commit_callbacks
):
    QuestionnairePlanFactory(
        initiative=in_scope, kind="course", at_start=True, at_end=True, follow_up_weeks=4
    )
    course = GroupCourseFactory(
        initiative=in_scope, state="running", started_on=days(-10), opened_on=days(-20)
    )
    first = EnrolmentFactory(course=course, state="enrolled", enrolled_on=days(-15))
    late = EnrolmentFactory(course=course, state="enrolled", enrolled_on=days(-3))
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            send_after_commit(course_started, course, course=course, user=None)
    assert planned(enrolment=first) == [("start", "citizen", days(-10), "planned")]
    assert planned(enrolment=late) == [("start", "citizen", days(-3), "planned")]
    with django_capture_on_commit_callbacks(execute=True):
        courses.leave(enrolment=late, reasons=["wish"], user=coordinator)
    assert not planned(enrolment=late)
    type(first).objects.filter(pk=first.pk).update(state="completed", completed_on=days())
    call_command("plan_questionnaires", verbosity=0)
    assert planned(enrolment=first) == [
        ("end", "citizen", days(), "planned"),
        ("follow_up", "citizen", days(28), "planned"),
    ]


def test_a_plan_that_changes_moves_what_was_not_asked_yet(bring, plan, coordinator, in_scope):
    match = bring("ended")
    services.ask(person=match.volunteer, user=coordinator)
    save_plan(
        initiative=in_scope,
        lines=[QuestionnairePlan(kind="match", instrument="who5", follow_up_weeks=8, citizens=True)],
        user=coordinator,
    )
    assert planned() == [
        ("end", "volunteer", days(), "asked"),
        ("follow_up", "citizen", days(56), "planned"),
    ]
    save_plan(initiative=in_scope, lines=[], user=coordinator)
    assert planned() == [("end", "volunteer", days(), "asked")]
    assert not QuestionnairePlan.objects.exists()


def test_another_initiative_has_its_own_plan(plan, other_initiative):
    with scope_of(other_initiative.pk):
        MatchFactory(initiative=other_initiative, state="active", active_from=days())
        assert plan_questionnaires() == 0


def test_what_nobody_answers_or_asks_is_left_alone_in_time(in_scope, text, time_machine_at):
    citizen = CitizenFactory(initiative=in_scope)
    asked = QuestionnaireFactory(citizen=citizen, moment="extra", state="asked")
    unasked = QuestionnaireFactory(citizen=citizen, moment="extra")
    time_machine_at(42)
    plan_questionnaires()
    assert {row.state for row in Questionnaire.objects.all()} == {"asked", "planned"}
    time_machine_at(1)
    plan_questionnaires()
    asked.refresh_from_db()
    assert asked.state == "expired"
    time_machine_at(18)
    plan_questionnaires()
    unasked.refresh_from_db()
    assert unasked.state == "expired" and unasked.asked_at is None
