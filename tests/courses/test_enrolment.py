"""The rules of enrolments: each has a test that is named after it."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.courses import rules_enrolment as rules
from peer_support.courses import services_enrolment as services
from peer_support.courses import signals
from peer_support.courses.intake import last_intake_day
from peer_support.courses.models import Enrolment, EnrolmentState, GroupCourse, Session, WantsNext
from peer_support.people import services as people_services
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, VolunteerFactory
from peer_support.testing.factories_courses import (
    EnrolmentFactory,
    GroupCourseFactory,
    IntroWorkshopFactory,
    SessionFactory,
)

from .conftest import days


@pytest.fixture
def course(in_scope):
    """Two places, no intro workshop asked for, ten sessions from in two weeks."""
    return GroupCourseFactory(initiative=in_scope, state="open", capacity=2, wants_intro=False, sessions=10)


@pytest.fixture
def person(in_scope):
    """Return a function that makes a citizen."""
    return lambda: CitizenFactory(initiative=in_scope)


@pytest.fixture
def enrol(course, person, coordinator):
    """Return a function that enrols a new citizen (in ``course``) as the coordinator does."""

    def make(into=None, **values):
        values = {"person": person(), "way": "coordinator", "user": coordinator} | values
        return services.enrol(course=into or course, **values)

    return make


def refused(code):
    """Expect a refusal with ``code`` and a sentence."""

    class Refused:
        def __enter__(self):
            return self

        def __exit__(self, kind, error, traceback):
            assert kind is NotAllowed, "nothing was refused"
            assert (error.decision.code, bool(error.decision.reason)) == (code, True)
            return True

    return Refused()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def steps(enrolment):
    return list(enrolment.events.order_by("pk").values_list("action", "from_state", "to_state"))


# Ways in


def test_whoever_signs_up_is_interested_and_signing_up_again_changes_nothing(course, person):
    one = person()
    first = services.register_interest(course=course, person=one, way="public", note="Helst tirsdag")
    again = services.register_interest(course=course, person=one, way="public", note="Helst tirsdag")
    assert (first.pk, again.state, again.note, again.version) == (again.pk, "interested", "Helst tirsdag", 1)
    assert steps(first) == [("register", "", "interested")]


def test_a_second_note_is_kept_beside_the_first(course, person):
    one = person()
    services.register_interest(course=course, person=one, way="public", note="Helst tirsdag")
    row = services.register_interest(course=course, person=one, way="public", note="Bor i Helsingør")
    assert fresh(row).note == "Helst tirsdag\nBor i Helsingør"


def test_the_website_gives_a_place_at_once_only_where_no_intro_workshop_is_asked_for(
    in_scope, course, person
):
    asks = GroupCourseFactory(initiative=in_scope, state="open", capacity=2)
    workshop = IntroWorkshopFactory(initiative=in_scope, courses=[asks], capacity=1)
    assert services.sign_up(course=course, person=person()).state == "enrolled"
    assert services.sign_up(course=asks, person=person()).state == "interested"
    assert services.sign_up(course=asks, person=person(), workshop=workshop).state == "invited"
    assert services.sign_up(course=asks, person=person(), workshop=workshop).state == "interested"


def test_one_place_per_person_and_course(enrol, person):
    one = person()
    first, again = enrol(person=one), enrol(person=one, way="facilitator")
    assert (first.pk, first.version, again.state) == (again.pk, again.version, "enrolled")
    assert Enrolment.objects.count() == 1


def test_a_person_of_another_initiative_cannot_sign_up(course, other_initiative, enrol):
    with refused("other_initiative"):
        enrol(person=CitizenFactory(initiative=other_initiative))


def test_courses_for_volunteers_take_volunteers_through_the_same_engine(in_scope, enrol):
    training = GroupCourseFactory(
        initiative=in_scope,
        state="open",
        for_whom="volunteers",
        kind="training",
        capacity=1,
        wants_intro=False,
    )
    volunteers = [VolunteerFactory(initiative=in_scope) for _ in range(2)]
    states = [enrol(training, person=one).state for one in volunteers]
    assert states == ["enrolled", "waiting"]
    with refused("for_volunteers"):
        enrol(training)
    with refused("for_citizens"):
        enrol(person=volunteers[0])


def test_a_closed_record_is_welcomed_back_first(enrol, in_scope):
    with refused("ended"):
        enrol(person=CitizenFactory(initiative=in_scope, status="ended", ended_on=days(0)))


# Capacity and intake


def test_capacity_cannot_be_exceeded_and_the_rest_wait_in_order(enrol, course):
    rows = [enrol() for _ in range(5)]
    assert [row.state for row in rows] == ["enrolled"] * 2 + ["waiting"] * 3
    waiting = Enrolment.objects.filter(state="waiting").order_by("waiting_order")
    assert [row.pk for row in waiting] == [row.pk for row in rows[2:]]
    assert {row.waiting_why for row in waiting} == {"full"}
    assert fresh(course).seats_taken == 2


def test_an_offered_place_counts_as_taken(enrol, course, person, coordinator):
    enrol()
    row = services.register_interest(course=course, person=person(), way="coordinator", user=coordinator)
    services.offer_place(enrolment=row, user=coordinator)
    assert enrol().state == "waiting"


def test_nothing_goes_past_a_full_course(enrol, course, person, coordinator):
    enrol(), enrol()
    row = services.register_interest(course=course, person=person(), way="coordinator", user=coordinator)
    with refused("full"):
        services.offer_place(enrolment=row, user=coordinator, override_reason="Det haster")
    assert enrol(override_reason="Det haster").state == "waiting"


@pytest.mark.parametrize("change, last", [("moved", 21), ("cancelled", 14), ("none", 14), ("later", 28)])
def test_the_intake_closes_after_session_n_as_it_really_fell(in_scope, enrol, change, last):
    course = GroupCourseFactory(
        initiative=in_scope,
        state="running",
        wants_intro=False,
        sessions=5,
        intake_sessions=3,
        starts_on=days(0),
        started_on=days(0),
    )
    third = Session.objects.get(course=course, number=3)
    if change == "moved":
        Session.objects.filter(pk=third.pk).update(date=days(25))  # behind the fourth, which is the third now
    elif change == "later":
        Session.objects.filter(number=4).update(date=days(28))
        Session.objects.filter(pk=third.pk).update(state="cancelled", number=None, cancel_reason="place")
    elif change == "cancelled":
        SessionFactory(course=course, number=None, date=days(8), state="cancelled")
    assert last_intake_day(course) == days(last)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=last), tick=False):
        assert enrol(course).state == "enrolled"
    with time_machine.travel(timezone.now() + datetime.timedelta(days=last + 1), tick=False):
        late = enrol(course)
        assert (late.state, late.waiting_why) == ("waiting", "closed")
        with refused("intake_closed"):
            services.offer_place(enrolment=late, user=None, override_reason="Det haster")


def test_an_open_group_takes_people_in_all_the_way(in_scope, enrol):
    group = GroupCourseFactory(
        initiative=in_scope, state="running", kind="open", intake_sessions=None, capacity=None, minimum=0,
        wants_intro=False, sessions=5, starts_on=days(-28), started_on=days(-28),
    )  # fmt: skip
    assert [enrol(group).state for _ in range(12)] == ["enrolled"] * 12


def test_whoever_comes_before_the_course_is_open_waits_and_is_offered_a_place_when_it_opens(in_scope, enrol):
    plan = GroupCourseFactory(initiative=in_scope, wants_intro=False, capacity=1, sessions=3)
    first, second = enrol(plan), enrol(plan)
    assert (first.state, first.waiting_why) == ("waiting", "not_open")
    GroupCourse.objects.filter(pk=plan.pk).update(state="open")
    assert [row.pk for row in services.fill(course=plan)] == [first.pk]
    assert (fresh(first).state, fresh(second).state) == ("offered", "waiting")


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_nobody_signs_up_for_a_course_that_is_over(in_scope, enrol, state):
    with refused(state):
        enrol(GroupCourseFactory(initiative=in_scope, state=state, wants_intro=False))


def test_somebody_who_joins_late_joins_from_the_next_session(in_scope, enrol):
    course = GroupCourseFactory(
        initiative=in_scope,
        state="running",
        wants_intro=False,
        sessions=5,
        starts_on=days(-8),
        started_on=days(-8),
    )
    assert enrol(course).joined_from_session.number == 3


# The intro workshop


@pytest.fixture
def asking(in_scope):
    """A course that begins with an intro workshop."""
    return GroupCourseFactory(initiative=in_scope, state="open", capacity=2, sessions=3)


def test_a_place_wants_the_intro_workshop_or_an_exception_with_a_reason(asking, enrol, person, coordinator):
    with refused("intro_missing"):
        enrol(asking)
    row = services.register_interest(course=asking, person=person(), way="coordinator", user=coordinator)
    with refused("intro_missing"):
        services.offer_place(enrolment=row, user=coordinator)
    with refused("reason_missing"):
        services.excuse_workshop(enrolment=row, reason=" ", user=coordinator)
    row = services.excuse_workshop(enrolment=row, reason="Har gået på holdet før", user=coordinator)
    assert services.offer_place(enrolment=row, user=coordinator).state == "offered"
    assert enrol(asking, exception_reason="Kender os").state == "enrolled"


def test_from_invited_to_attended_and_back_to_interested_for_whoever_did_not_come(
    asking, person, coordinator
):
    workshop = IntroWorkshopFactory(initiative=asking.initiative, courses=[asking], date=days(0))
    rows = [services.register_interest(course=asking, person=person(), way="public") for _ in range(2)]
    rows = [services.invite(enrolment=row, workshop=workshop, user=coordinator) for row in rows]
    assert {row.state for row in rows} == {"invited"}
    came = services.record_workshop(enrolment=rows[0], attended=True, user=coordinator)
    stayed = services.record_workshop(enrolment=rows[1], attended=False, user=coordinator)
    assert (came.state, came.attended_on) == ("attended", days(0))
    assert (stayed.state, stayed.workshop) == ("interested", None)


def test_a_full_or_past_workshop_takes_nobody(asking, person, coordinator):
    full = IntroWorkshopFactory(initiative=asking.initiative, capacity=0)
    past = IntroWorkshopFactory(initiative=asking.initiative, date=days(-1))
    called_off = IntroWorkshopFactory(initiative=asking.initiative, state="cancelled", cancel_reason="place")
    row = services.register_interest(course=asking, person=person(), way="public")
    for workshop, code in (
        (full, "workshop_full"),
        (past, "workshop_past"),
        (called_off, "workshop_cancelled"),
    ):
        with refused(code):
            services.invite(enrolment=row, workshop=workshop, user=coordinator)


def test_whoever_waits_keeps_waiting_while_they_go_to_the_workshop(asking, person, coordinator):
    workshop = IntroWorkshopFactory(initiative=asking.initiative, date=days(0))
    row = services.register_interest(course=asking, person=person(), way="public")
    row = services.put_on_waiting_list(enrolment=row, reason="full", user=coordinator)
    row = services.invite(enrolment=row, workshop=workshop, user=coordinator)
    assert row.state == "waiting"
    row = services.record_workshop(enrolment=row, attended=True, user=coordinator)
    assert row.state == "offered"  # there was a place, and only the workshop was missing


# Offers


@pytest.fixture
def queue(course, enrol):
    """A full course and three who wait: ``(those with a place, those who wait)``."""
    rows = [enrol() for _ in range(5)]
    return rows[:2], rows[2:]


def test_a_place_that_comes_free_is_offered_to_the_next_by_itself(queue, coordinator):
    services.leave(enrolment=queue[0][0], why=["time"], user=coordinator)
    offered = fresh(queue[1][0])
    assert (offered.state, offered.answer_by) == ("offered", days(7))
    assert offered.events.get(action="offer").by == "coordinator"
    services.answer_offer(enrolment=offered, answer="no")
    assert (fresh(queue[1][0]).state, fresh(queue[1][1]).state) == ("declined", "offered")


def test_a_course_may_leave_the_next_offer_to_the_coordinator(course, queue, coordinator):
    GroupCourse.objects.update(auto_offer=False)
    services.leave(enrolment=queue[0][0], user=coordinator)
    assert {fresh(row).state for row in queue[1]} == {"waiting"}
    assert services.offer_next(course=course, user=coordinator).pk == queue[1][0].pk
    assert services.offer_next(course=course, user=coordinator) is None


def test_somebody_behind_others_is_offered_a_place_with_a_reason_only(course, queue, coordinator):
    GroupCourse.objects.update(auto_offer=False)
    services.leave(enrolment=queue[0][0], user=coordinator)
    with refused("others_first"):
        services.offer_place(enrolment=queue[1][1], user=coordinator)
    row = services.offer_place(enrolment=queue[1][1], user=coordinator, override_reason="Flytter snart")
    assert (row.state, fresh(row).priority_reason) == ("offered", "Flytter snart")


def test_a_newcomer_does_not_pass_those_who_wait(course, queue, enrol, coordinator):
    GroupCourse.objects.update(auto_offer=False)
    services.leave(enrolment=queue[0][0], user=coordinator)
    assert enrol().state == "waiting"
    assert enrol(override_reason="Aftalt med gruppen").state == "enrolled"


def test_an_offer_is_answered_within_the_intake(in_scope, person, coordinator):
    course = GroupCourseFactory(
        initiative=in_scope, state="running", wants_intro=False, sessions=3, intake_sessions=1, starts_on=days(2),
        started_on=days(0),
    )  # fmt: skip
    row = services.register_interest(course=course, person=person(), way="coordinator", user=coordinator)
    assert services.offer_place(enrolment=row, user=coordinator).answer_by == days(2)
    with refused("answer_by_late"):
        services.offer_place(enrolment=row, user=coordinator, answer_by=days(3))
    with refused("answer_by_past"):
        services.offer_place(enrolment=row, user=coordinator, answer_by=days(-1))
    assert services.offer_place(enrolment=row, user=coordinator, answer_by=days(1)).answer_by == days(1)


def test_an_offer_that_runs_out_goes_back_to_the_list_with_its_place_and_is_never_dropped(queue, coordinator):
    services.leave(enrolment=queue[0][0], user=coordinator)
    order = fresh(queue[1][0]).waiting_order
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False):
        [expired] = services.expire_offers()
        assert services.expire_offers() == []
        row = fresh(expired)
        assert (row.pk, row.state, row.waiting_why) == (queue[1][0].pk, "waiting", "no_answer")
        assert row.waiting_order == order
        assert fresh(queue[1][1]).state == "offered"  # the next, and not the same again
    assert ("answer", True) in [(code, bool(yes)) for code, yes in rules.next_actions(row)]


def test_a_yes_after_the_offer_ran_out_gives_a_free_place_or_puts_the_person_back_in_line(queue, coordinator):
    services.leave(enrolment=queue[0][0], user=coordinator)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False):
        [expired] = services.expire_offers()
        row = services.answer_offer(enrolment=expired, answer="yes")
        assert (row.state, row.waiting_why) == ("waiting", "full")  # the next has been offered the place
        services.answer_offer(enrolment=queue[1][1], answer="no")
        assert fresh(row).state == "offered"


def test_the_same_answer_twice_changes_nothing(queue, coordinator):
    services.leave(enrolment=queue[0][0], user=coordinator)
    first = services.answer_offer(enrolment=queue[1][0], answer="yes")
    again = services.answer_offer(enrolment=queue[1][0], answer="yes")
    assert (first.state, first.version) == (again.state, again.version) == ("enrolled", first.version)
    assert first.events.get(action="answer").by == "participant"


def test_declining_is_free_and_nothing_is_kept_against_the_person(course, queue, enrol, coordinator):
    row = services.decline(enrolment=queue[1][0], user=coordinator)
    assert (row.state, row.left_reasons, row.waiting_note) == ("declined", [], "")
    again = enrol(person=row.citizen)
    assert (again.pk, again.state, again.declined_on) == (row.pk, "waiting", None)
    assert again.asked_at > row.asked_at


# The waiting list


def order():
    rows = Enrolment.objects.filter(state="waiting").order_by("waiting_order")
    return list(rows.values_list("pk", flat=True))


def test_the_line_is_changed_with_a_reason_and_stays_one_line(queue, coordinator):
    first, second, third = queue[1]
    with refused("reason_missing"):
        services.move_in_waiting_list(enrolment=third, before=first, reason="", user=coordinator)
    services.move_in_waiting_list(
        enrolment=third, before=first, reason="Har ventet siden foråret", user=coordinator
    )
    assert order() == [third.pk, first.pk, second.pk]
    services.move_in_waiting_list(enrolment=third, before=None, reason="Vil hellere vente", user=coordinator)
    assert order() == [first.pk, second.pk, third.pk]
    for _ in range(25):  # until there is no room between two numbers
        services.move_in_waiting_list(enrolment=third, before=second, reason="x", user=coordinator)
        services.move_in_waiting_list(enrolment=second, before=third, reason="x", user=coordinator)
    assert order() == [first.pk, second.pk, third.pk]


def test_whoever_signed_up_earlier_comes_before_and_those_put_first_stay_first(queue, enrol, coordinator):
    first, second, third = queue[1]
    services.move_in_waiting_list(enrolment=third, before=first, reason="Aftalt", user=coordinator)
    early = enrol(asked_at=timezone.now() - datetime.timedelta(days=90))
    assert order() == [third.pk, early.pk, first.pk, second.pk]


def test_whoever_wishes_to_wait_is_not_offered_a_place_by_itself(queue, coordinator):
    services.put_on_waiting_list(enrolment=queue[1][0], reason="wish", user=coordinator)
    services.leave(enrolment=queue[0][0], user=coordinator)
    assert [fresh(row).state for row in queue[1]] == ["waiting", "offered", "waiting"]


def test_a_reason_of_ones_own_is_kept_as_a_note(queue, coordinator):
    row = services.put_on_waiting_list(enrolment=queue[1][0], reason="Er på ferie", user=coordinator)
    assert (row.waiting_why, row.waiting_note) == ("other", "Er på ferie")


# Leaving, completing, moving


def test_leaving_says_when_why_and_what_next(queue, coordinator):
    row = services.leave(
        enrolment=queue[0][0],
        on=days(-2),
        why=["time", "health", "time"],
        wants_next="one_to_one",
        note="Vil gerne have en samtale",
        user=coordinator,
    )
    assert (row.state, row.left_on, row.left_reasons) == ("left", days(-2), ["health", "time"])
    assert (row.wants_next, fresh(row).left_note) == ("one_to_one", "Vil gerne have en samtale")
    with refused("leave_in_waiting"):
        services.leave(enrolment=queue[1][1], why=["wish"], user=coordinator)


def test_completing_keeps_the_place_and_can_be_taken_back(course, queue, coordinator):
    with refused("not_begun"):
        services.complete(enrolment=queue[0][0], user=coordinator)
    GroupCourse.objects.update(state="running", started_on=days(0))
    row = services.complete(enrolment=queue[0][0], user=coordinator, wants_next="volunteer")
    assert (row.state, row.wants_next, fresh(course).seats_taken) == ("completed", "volunteer", 2)
    assert services.reopen(enrolment=row, user=coordinator).state == "enrolled"


def test_what_somebody_wants_next_can_be_written_afterwards(in_scope, coordinator):
    row = EnrolmentFactory(initiative=in_scope, state="completed", course__initiative=in_scope)
    row = services.record_wants_next(enrolment=row, wants_next="accompaniment", user=coordinator)
    assert row.wants_next == WantsNext.ACCOMPANIMENT


def test_moving_keeps_the_date_they_signed_up(in_scope, course, queue, coordinator):
    later = GroupCourseFactory(initiative=in_scope, state="open", capacity=2, wants_intro=False)
    from_list = services.move_to(enrolment=queue[1][1], course=later, user=coordinator)
    assert (from_list.state, from_list.asked_at) == ("offered", queue[1][1].asked_at)
    with_place = services.move_to(enrolment=queue[0][0], course=later, user=coordinator)
    assert (with_place.state, with_place.moved_from_id) == ("enrolled", queue[0][0].pk)
    left = fresh(queue[0][0])
    assert (left.state, left.left_reasons) == ("left", ["other_course"])
    assert fresh(queue[1][0]).state == "offered"  # the place that came free
    third = services.move_to(enrolment=queue[0][1], course=later, user=coordinator)
    assert (third.state, third.waiting_why) == ("waiting", "full")


def test_nobody_is_moved_to_where_they_are_or_to_another_initiative(
    queue, course, coordinator, other_initiative
):
    with refused("same_course"):
        services.move_to(enrolment=queue[0][0], course=course, user=coordinator)
    with pytest.raises(GroupCourse.DoesNotExist):
        services.move_to(
            enrolment=queue[0][0],
            course=GroupCourseFactory(initiative=other_initiative, state="open"),
            user=coordinator,
        )


def test_when_a_course_is_called_off_everybody_has_a_way_on(in_scope, course, queue, person, coordinator):
    services.register_interest(course=course, person=person(), way="public")
    GroupCourse.objects.update(state="cancelled", ended_on=days(0), cancel_reason="too_few")
    rows = services.release_everybody(course=course, user=coordinator)
    assert len(rows) == 6
    assert {(row.state, row.waiting_why) for row in rows} == {("waiting", "cancelled")}
    assert fresh(course).seats_taken == 0
    later = GroupCourseFactory(initiative=in_scope, state="open", capacity=8, wants_intro=False)
    moved = [services.move_to(enrolment=row, course=later, user=coordinator) for row in rows]
    assert {row.state for row in moved} == {"offered"}
    assert [row.asked_at for row in moved] == [row.asked_at for row in rows]


def test_when_a_course_is_over_those_with_a_place_have_completed_it_and_the_others_wait(
    course, queue, coordinator
):
    GroupCourse.objects.update(state="completed", started_on=days(-70), ended_on=days(0))
    rows = services.complete_everybody(course=course, user=coordinator)
    assert [row.state for row in rows] == ["completed"] * 2 + ["waiting"] * 3
    assert {row.waiting_why for row in rows[2:]} == {"closed"}


# Around it


@pytest.mark.parametrize("state", EnrolmentState.values)
def test_every_state_has_a_way_on_and_explains_what_it_does_not_allow(in_scope, state):
    row = EnrolmentFactory(initiative=in_scope, course__initiative=in_scope, state=state)
    actions = rules.next_actions(row)
    assert any(decision for __, decision in actions)
    assert all(decision or decision.reason for __, decision in actions)
    for action in rules.Action:
        if action in rules.FROM_STATES and not (decision := rules.may(row, action)):
            assert decision.reason


def test_every_step_is_written_logged_and_told_of_after_the_commit(course, queue, coordinator, told):
    row = queue[0][0]
    with told(signals.enrolment_changed) as heard:
        services.leave(enrolment=row, why=["wish"], user=coordinator)
        assert heard == []
    assert [(one["enrolment"].pk, one["to_state"]) for one in heard] == [
        (row.pk, "left"),
        (queue[1][0].pk, "offered"),
    ]
    with told(signals.place_offered) as offers:
        services.leave(enrolment=queue[0][1], why=["wish"], user=coordinator)
    assert [one["enrolment"].pk for one in offers] == [queue[1][1].pk]
    event = row.events.get(action="leave")
    assert (event.user, event.by, event.facts["why"]) == (coordinator, "coordinator", ["wish"])
    log = AccessLogEntry.objects.filter(model="peer_support.enrolment", object_id=row.pk, action="change")
    assert log.get().route == "courses.enrolment.leave"


def test_a_step_from_an_old_screen_is_refused(queue, coordinator):
    row = fresh(queue[0][0])
    services.leave(enrolment=row, user=coordinator, expected_version=row.version)
    with refused("stale"):
        services.decline(enrolment=queue[1][0], user=coordinator, expected_version=0)


def test_no_text_takes_a_cpr_number(queue, coordinator):
    with refused("cpr"):
        services.leave(enrolment=queue[0][0], note="Født 010190-1234", user=coordinator)


def test_somebody_who_is_signed_up_for_a_course_is_not_ended_before_that_is(queue, coordinator):
    with refused("open_enrolment"):
        people_services.end_person(person=queue[1][0].citizen, user=coordinator)
    services.decline(enrolment=queue[1][0], user=coordinator)
    assert people_services.end_person(person=queue[1][0].citizen, user=coordinator).status == "ended"
