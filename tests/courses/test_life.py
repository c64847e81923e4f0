"""A course from plan to end: who may lead it, when it may open, begin and be completed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from peer_support.access.decisions import NotAllowed
from peer_support.courses import queries, rules, services
from peer_support.courses.models import CourseEvent, CourseState, GroupCourse, SessionState
from peer_support.courses.rules_enrolment import intake_is_open
from peer_support.courses.signals import course_cancelled, course_opened
from peer_support.testing import factories_courses as make
from peer_support.testing.factories import VolunteerFactory

from .conftest import days

pytestmark = pytest.mark.django_db


def refusal(service, **kwargs):
    with pytest.raises(NotAllowed) as refused:
        service(**kwargs)
    return refused.value.decision


def test_a_course_cannot_open_with_one_who_leads_it(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(14)), count=1)
    decision = refusal(services.open_course, course=course, user=coordinator)
    assert decision.code == "leaders_missing"
    assert "needs 2 volunteers" in decision.reason
    assert "There is 1." in decision.reason
    with_leaders(course, count=1)
    assert services.open_course(course=course, user=coordinator).state == CourseState.OPEN


def test_it_says_who_lacks_what(make_course, in_scope, coordinator, with_leaders):
    course = with_leaders(make_course(days(14)), count=1)
    volunteer = VolunteerFactory(initiative=in_scope, contract_until=days(10), contract_on=days(-300))
    services.add_facilitator(course=course, volunteer=volunteer, user=coordinator)
    reason = rules.may_open(course).reason
    assert f"{volunteer} has no contract on" in reason
    assert f"{volunteer} has not completed a training course here." in reason


def test_a_completed_training_course_counts_and_so_does_a_note_from_before(
    make_course, in_scope, coordinator
):
    course = make_course(days(14))
    by_course, by_note = (VolunteerFactory(initiative=in_scope) for _ in range(2))
    training = make.GroupCourseFactory(
        initiative=in_scope, template__kind="training", kind="training", for_whom="volunteers", state="completed",
        starts_on=days(-40),
    )  # fmt: skip
    make.EnrolmentFactory(course=training, citizen=None, volunteer=by_course, state="completed")
    make.FacilitatorFactory(
        course=make.GroupCourseFactory(initiative=in_scope), volunteer=by_note, trained_on=days(-400)
    )
    for volunteer in (by_course, by_note):
        services.add_facilitator(course=course, volunteer=volunteer, user=coordinator)
    assert rules.may_open(course)


def test_a_training_that_is_not_completed_does_not_count(make_course, in_scope, coordinator, with_leaders):
    course = with_leaders(make_course(days(14)), count=1)
    volunteer = VolunteerFactory(initiative=in_scope)
    training = make.GroupCourseFactory(initiative=in_scope, kind="training", state="open")
    make.EnrolmentFactory(course=training, citizen=None, volunteer=volunteer, state="enrolled")
    services.add_facilitator(course=course, volunteer=volunteer, user=coordinator)
    assert rules.may_open(course).code == "leaders_missing"


def test_opening_is_told_after_it_is_written(make_course, with_leaders, coordinator, told):
    course = with_leaders(make_course(days(14)))
    with told(course_opened) as heard:
        services.open_course(course=course, user=coordinator)
    assert [facts["course"].pk for facts in heard] == [course.pk]
    course.refresh_from_db()
    assert course.is_public
    assert course.opened_on == days(0)


def test_beginning_with_too_few_asks_first(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(14)))
    services.open_course(course=course, user=coordinator)
    for _ in range(3):
        make.EnrolmentFactory(course=course, state="enrolled")
    decision = refusal(services.start_course, course=course, user=coordinator)
    assert decision.code == "too_few"
    assert decision.reason.startswith("3 have a place, and the course is meant to begin with at least 4.")
    assert services.start_course(course=course, user=coordinator, although_few=True).started_on == days(0)


def test_the_day_to_decide_puts_the_course_on_a_list(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(14)))
    services.open_course(course=course, user=coordinator)
    assert list(queries.to_decide()) == []
    assert list(queries.to_decide(days(7))) == [course]


def test_a_course_is_completed_when_no_session_is_left(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(-50), session_count=10, minimum=0))
    services.open_course(course=course, user=coordinator)
    course = services.start_course(course=course, user=coordinator)
    assert refusal(services.complete_course, course=course, user=coordinator).code == "sessions_left"
    course = services.complete_course(course=course, user=coordinator, on=course.ends_on)
    assert course.state == CourseState.COMPLETED


def test_calling_off_takes_the_coming_sessions_along_and_keeps_those_held(make_course, coordinator, told):
    course = make_course(days(-7), session_count=4)
    course.sessions.filter(number=1).update(state=SessionState.HELD)
    with told(course_cancelled) as heard:
        course = services.cancel_course(course=course, user=coordinator, reason="too_few")
    assert len(heard) == 1
    assert dict(course.sessions.values_list("date", "state"))[days(-7)] == SessionState.HELD
    assert course.sessions.filter(state=SessionState.CANCELLED).count() == 3
    assert refusal(services.change_course, course=course, values={"capacity": 9}, user=None).code.startswith(
        "change_in"
    )


def test_everybody_in_it_is_taken_along(make_course, with_leaders, coordinator):
    ends = {}
    for what in ("complete", "cancel"):
        course = with_leaders(make_course(days(-20), session_count=3, minimum=0))
        services.open_course(course=course, user=coordinator)
        services.start_course(course=course, user=coordinator)
        people = [make.EnrolmentFactory(course=course, state=state) for state in ("enrolled", "interested")]
        if what == "complete":
            course = services.complete_course(course=course, user=coordinator)
        else:
            course = services.cancel_course(course=course, user=coordinator, reason="place")
        for person in people:
            person.refresh_from_db()
        course.refresh_from_db()
        ends[what] = (*(person.state for person in people), course.seats_taken)
    assert ends == {"complete": ("completed", "waiting", 1), "cancel": ("waiting", "waiting", 0)}


def test_a_step_is_whole_or_not_at_all(make_course, coordinator, monkeypatch):
    course = make_course()

    def fail(**kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr("peer_support.courses.services_course.release_everybody", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.cancel_course(course=course, user=coordinator, reason="other")
    course.refresh_from_db()
    assert course.state == CourseState.PLANNED
    assert CourseEvent.objects.filter(course=course).count() == 1


def test_more_places_are_offered_to_those_who_wait(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(14), capacity=1, wants_intro=False))
    services.open_course(course=course, user=coordinator)
    make.EnrolmentFactory(course=course, state="enrolled")
    waits = make.EnrolmentFactory(course=course, state="waiting")
    course = services.change_course(course=course, values={"capacity": 2}, user=coordinator).course
    waits.refresh_from_db()
    course.refresh_from_db()
    assert (waits.state, course.seats_taken) == ("offered", 2)


def test_opening_can_be_taken_back_before_it_begins(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(14)))
    services.open_course(course=course, user=coordinator)
    course = services.close_course(course=course, user=coordinator)
    assert (course.state, course.is_public) == (CourseState.PLANNED, False)


def test_only_an_empty_plan_is_deleted(make_course, coordinator):
    course = make_course()
    services.delete_course(course=course, user=coordinator)
    assert not GroupCourse.objects.exists()
    course = make_course()
    make.EnrolmentFactory(course=course)
    assert refusal(services.delete_course, course=course, user=coordinator).code == "has_people"


def test_there_are_never_fewer_places_than_are_taken(make_course, coordinator):
    course = make_course()
    for _ in range(3):
        make.EnrolmentFactory(course=course, state="enrolled")
    decision = refusal(services.change_course, course=course, values={"capacity": 2}, user=coordinator)
    assert decision.code == "more_taken"
    assert (
        services.change_course(course=course, values={"capacity": 3}, user=coordinator).course.capacity == 3
    )
    # The last wall, for code that does not ask.
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupCourse.objects.filter(pk=course.pk).update(seats_taken=4)


def test_a_course_that_somebody_else_changed_is_not_written_over(make_course, coordinator):
    course = make_course()
    seen = course.version
    services.change_course(course=course, values={"title": "Nyt"}, user=coordinator)
    decision = refusal(
        services.change_course,
        course=course,
        values={"title": "Mit"},
        user=coordinator,
        expected_version=seen,
    )
    assert decision.code == "stale"


def test_the_intake_is_open_up_to_and_including_its_last_day(make_course, with_leaders, coordinator):
    course = make_course(days(1))
    assert intake_is_open(course).code == "not_open"
    with_leaders(course)
    course = services.open_course(course=course, user=coordinator)
    assert intake_is_open(course, course.intake_until)
    assert intake_is_open(course, course.intake_until + timedelta(days=1)).code == "intake_closed"
    course = services.cancel_course(course=course, user=coordinator, reason="other")
    assert intake_is_open(course).code == "cancelled"


# Those who lead


def test_whoever_is_not_approved_or_not_ours_cannot_lead(
    make_course, in_scope, other_initiative, coordinator
):
    course = make_course()
    for volunteer, code in (
        (VolunteerFactory(initiative=in_scope, status="conversation"), "not_approved"),
        (VolunteerFactory(initiative=other_initiative), "other_initiative"),
    ):
        decision = refusal(services.add_facilitator, course=course, volunteer=volunteer, user=coordinator)
        assert decision.code == code


def test_nobody_leads_twice_at_a_time(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(), count=1)
    volunteer = course.facilitators.get().volunteer
    decision = refusal(services.add_facilitator, course=course, volunteer=volunteer, user=coordinator)
    assert decision.code == "leads_already"


def test_clashes_are_told_and_stop_nothing(make_course, in_scope, coordinator):
    course, other = make_course(days(14)), make_course(days(14), session_count=3)
    volunteer = VolunteerFactory(initiative=in_scope, times="lø 10.00-15.00")
    match = make_match(in_scope, volunteer)
    services.add_facilitator(course=other, volunteer=volunteer, user=coordinator)
    put = services.add_facilitator(course=course, volunteer=volunteer, user=coordinator)
    also = [line for line in put.clashes if "also has session" in line]
    assert len(also) == 3
    assert str(other).lower() in also[0]
    assert sum("not come on" in line for line in put.clashes) == 1
    assert any(str(match).lower() in line for line in put.clashes)


def make_match(initiative, volunteer):
    from peer_support.testing.factories import CitizenFactory, MatchFactory

    return MatchFactory(
        initiative=initiative,
        citizen=CitizenFactory(initiative=initiative),
        volunteer=volunteer,
        state="active",
    )


def test_another_time_that_day_is_no_clash(make_course, in_scope, coordinator):
    import datetime

    course, other = make_course(days(14)), make_course(days(14), datetime.time(10))
    volunteer = VolunteerFactory(initiative=in_scope)
    services.add_facilitator(course=other, volunteer=volunteer, user=coordinator)
    assert services.add_facilitator(course=course, volunteer=volunteer, user=coordinator).clashes == []


def test_a_stand_in_is_ready_too(make_course, with_leaders, in_scope, coordinator):
    course = with_leaders(make_course(days(14)))
    session, away = course.sessions.first(), course.facilitators.first()
    fresh, trained = (VolunteerFactory(initiative=in_scope) for _ in range(2))
    make.FacilitatorFactory(course=make_course(days(90)), volunteer=trained, trained_on=days(-100))
    facts = {"session": session, "facilitator": away, "user": coordinator}
    assert refusal(services.set_stand_in, volunteer=fresh, **facts).code == "not_trained"
    there = course.facilitators.last().volunteer
    assert refusal(services.set_stand_in, volunteer=there, **facts).code == "there_already"
    nobody = services.set_stand_in(**facts).record
    assert queries.leads_of_session(session) == [there]
    put = services.set_stand_in(volunteer=trained, **facts)
    assert put.record.pk == nobody.pk
    assert set(queries.leads_of_session(session)) == {there, trained}
    services.remove_stand_in(stand_in=put.record, user=coordinator)
    assert set(queries.leads_of_session(session)) == {there, away.volunteer}


def test_who_can_stand_in(make_course, with_leaders, in_scope):
    from peer_support.courses.rules_stand_in import possible_stand_ins

    course = with_leaders(make_course(days(14)))
    VolunteerFactory(initiative=in_scope)
    trained = VolunteerFactory(initiative=in_scope)
    lapsed = VolunteerFactory(initiative=in_scope, contract_until=days(3), contract_on=days(-90))
    for volunteer in (trained, lapsed):
        make.FacilitatorFactory(course=make_course(days(90)), volunteer=volunteer)
    assert possible_stand_ins(course.sessions.first()) == [trained]


def test_somebody_stops_leading(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(days(14)))
    leads = course.facilitators.first()
    assert services.end_facilitator(facilitator=leads, user=coordinator) is None
    assert course.facilitators.count() == 1
    stays = course.facilitators.get()
    kept = services.end_facilitator(facilitator=stays, user=coordinator, until=days(30))
    assert kept.is_on(days(30))
    assert not kept.is_on(days(31))


def test_guidance_dates(make_course, coordinator):
    course = make_course()
    row = services.save_guidance(
        course=course, values={"date": days(3), "given_by": "En psykolog"}, user=coordinator
    )
    changed = services.save_guidance(course=course, values={"date": days(4)}, user=coordinator, guidance=row)
    assert (changed.pk, changed.date, changed.given_by) == (row.pk, days(4), "En psykolog")
    services.remove_guidance(guidance=row, user=coordinator)
    assert not course.guidance_dates.exists()


def test_a_training_to_come_is_not_one(make_course, with_leaders, coordinator):
    course = with_leaders(make_course(), count=1)
    decision = refusal(
        services.note_training, facilitator=course.facilitators.get(), trained_on=days(1), user=coordinator
    )
    assert decision.code == "trained_later"
