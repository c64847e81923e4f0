"""Whatever coordinators, participants and the calendar do, in any order: no course is overfull, nobody is lost,
nobody comes in after the intake, and every state has a way on.
"""

import datetime

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.courses import services_enrolment as services
from peer_support.courses.intake import last_intake_day
from peer_support.courses.models import (
    INTAKE_STATES,
    SEAT_STATES,
    Enrolment,
    GroupCourse,
    LeftWhy,
    Session,
    WaitingWhy,
    WayIn,
)
from peer_support.courses.rules_enrolment import next_actions
from peer_support.testing.factories import CitizenFactory, CoordinatorFactory, InitiativeFactory
from peer_support.testing.factories_courses import GroupCourseFactory, IntroWorkshopFactory

PEOPLE, COURSES = 4, 2
START = datetime.datetime(2026, 8, 3, 10, tzinfo=datetime.UTC)
person = st.integers(0, PEOPLE - 1)
course = st.integers(0, COURSES - 1)


class EnrolmentMachine(RuleBasedStateMachine):
    """Two courses of one place, four people, one workshop with three places; time goes by."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.initiative = InitiativeFactory()
        self.user = CoordinatorFactory(initiative=self.initiative)
        self.people = [CitizenFactory(initiative=self.initiative) for _ in range(PEOPLE)]
        of = {"initiative": self.initiative, "capacity": 1, "sessions": 3, "intake_sessions": 2}
        self.courses = [
            GroupCourseFactory(**of, state="open", wants_intro=False),
            GroupCourseFactory(**of, state="open"),
        ]
        self.workshop = IntroWorkshopFactory(initiative=self.initiative, courses=self.courses, capacity=3)
        self.signed_up, self.had_place = set(), {}

    def teardown(self):
        self.clock.stop()

    # What is tried; a refusal with a sentence is an answer too.

    def tried(self, service, **kwargs):
        with scope_of(self.initiative.pk):
            try:
                result = service(**kwargs)
            except NotAllowed as refusal:
                assert refusal.decision.reason and refusal.decision.code
                return None
        return result

    def row(self, person, course):
        with scope_of(self.initiative.pk):
            rows = Enrolment.objects.filter(citizen=self.people[person], course=self.courses[course])
            return rows.select_related("course").first()

    def with_row(self, person, course, service, /, **kwargs):
        found = self.row(person, course)
        return found and self.tried(service, enrolment=found, **kwargs)

    def remember(self, person, made):
        if made is not None:
            self.signed_up.add(person)

    @rule(person=person, course=course, way=st.sampled_from(WayIn.values))
    def signs_up(self, person, course, way):
        user = self.user if way == WayIn.COORDINATOR else None
        of = {"course": self.courses[course], "person": self.people[person]}
        self.remember(person, self.tried(services.sign_up, **of, way=way, user=user, workshop=self.workshop))

    @rule(
        person=person,
        course=course,
        way=st.sampled_from(WayIn.values),
        reason=st.sampled_from(["", "Kender gruppen"]),
        override=st.sampled_from(["", "Har ventet længe"]),
    )
    def is_enrolled(self, person, course, way, reason, override):
        of = {"course": self.courses[course], "person": self.people[person], "user": self.user}
        made = self.tried(services.enrol, **of, way=way, exception_reason=reason, override_reason=override)
        self.remember(person, made)

    @rule(person=person, course=course, attended=st.booleans())
    def workshop_is_held(self, person, course, attended):
        if self.with_row(person, course, services.invite, workshop=self.workshop, user=self.user):
            self.with_row(person, course, services.record_workshop, attended=attended, user=self.user)

    @rule(person=person, course=course, reason=st.sampled_from(["", "Har gået på kurset før"]))
    def is_excused(self, person, course, reason):
        self.with_row(person, course, services.excuse_workshop, reason=reason, user=self.user)

    @rule(person=person, course=course, reason=st.sampled_from(["", "Er flyttet tættere på"]))
    def is_offered(self, person, course, reason):
        self.with_row(person, course, services.offer_place, user=self.user, override_reason=reason)

    @rule(person=person, course=course, answer=st.sampled_from(["yes", "yes", "no"]))
    def answers(self, person, course, answer):
        self.with_row(person, course, services.answer_offer, answer=answer)

    @rule(person=person, course=course, why=st.sampled_from(WaitingWhy.values))
    def waits(self, person, course, why):
        self.with_row(person, course, services.put_on_waiting_list, reason=why, user=self.user)

    @rule(person=person, course=course, other=st.none() | st.integers(0, PEOPLE - 1))
    def is_put_first(self, person, course, other):
        before = None if other is None else self.row(other, course)
        self.with_row(
            person, course, services.move_in_waiting_list, before=before, reason="Aftalt", user=self.user
        )

    @rule(person=person, course=course, step=st.sampled_from(["decline", "leave", "complete", "reopen"]))
    def goes_out(self, person, course, step):
        more = {"why": [LeftWhy.TIME, LeftWhy.WISH]} if step == "leave" else {}
        self.with_row(person, course, getattr(services, step), user=self.user, **more)

    @rule(person=person, course=course)
    def is_moved(self, person, course):
        self.with_row(person, course, services.move_to, course=self.courses[1 - course], user=self.user)

    @rule(course=course)
    def next_is_offered(self, course):
        self.tried(services.offer_next, course=self.courses[course], user=self.user)

    @rule(days=st.integers(1, 9))
    def time_goes_by(self, days):
        self.traveller.shift(datetime.timedelta(days=days))
        self.tried(services.expire_offers)

    # What happens to the course itself: as its own services do it, without their other rules.

    @rule(course=course, number=st.integers(1, 3), days=st.integers(-10, 20))
    def session_is_moved(self, course, number, days):
        with scope_of(self.initiative.pk):
            session = Session.objects.get(course=self.courses[course], number=number)
            Session.objects.filter(pk=session.pk).update(date=session.date + datetime.timedelta(days=days))

    @rule(course=course, state=st.sampled_from(["open", "running", "completed", "cancelled"]))
    @precondition(lambda self: timezone.localdate() > datetime.date(2026, 8, 10))
    def course_changes(self, course, state):
        today = timezone.localdate()
        with scope_of(self.initiative.pk):
            found = GroupCourse.objects.get(pk=self.courses[course].pk)
            if found.state in ("completed", "cancelled") or (found.state == "running" and state == "open"):
                return
            found.state = state
            found.started_on = found.started_on or (today if state in ("running", "completed") else None)
            if state in ("completed", "cancelled"):
                found.ended_on, found.cancel_reason = today, "other" if state == "cancelled" else ""
            found.save(update_fields=["state", "started_on", "ended_on", "cancel_reason"])
            if state == "cancelled":
                services.release_everybody(course=found, user=self.user)
            elif state == "completed":
                services.complete_everybody(course=found, user=self.user)
            else:
                services.fill(course=found, user=self.user)

    # What always holds.

    @invariant()
    def no_course_has_more_than_its_places(self):
        with scope_of(self.initiative.pk):
            for one in GroupCourse.objects.all():
                taken = Enrolment.objects.filter(course=one, state__in=SEAT_STATES).count()
                assert taken == one.seats_taken <= one.capacity

    @invariant()
    def nobody_is_lost(self):
        with scope_of(self.initiative.pk):
            rows = Enrolment.objects.select_related("course")
            for number in self.signed_up:
                mine = [row for row in rows if row.citizen_id == self.people[number].pk]
                here = [row for row in mine if row.left_reasons != ["other_course"]]
                assert here, "nobody has this person any more"
            for row in rows:
                assert any(decision for __, decision in next_actions(row)), f"{row.state} has no way on"
                assert row.events.count() == row.version

    @invariant()
    def nobody_comes_in_after_the_intake(self):
        with scope_of(self.initiative.pk):
            rows = {row.pk: row for row in Enrolment.objects.select_related("course")}
            places = {pk for pk, row in rows.items() if row.state in ("offered", "enrolled")}
            for pk in places - self.had_place.keys():
                one = rows[pk].course
                assert one.state in INTAKE_STATES
                assert timezone.localdate() <= last_intake_day(one)
            self.had_place = dict.fromkeys(pk for pk, row in rows.items() if row.state in SEAT_STATES)

    @invariant()
    def those_who_wait_stand_in_one_line(self):
        with scope_of(self.initiative.pk):
            for one in self.courses:
                line = Enrolment.objects.filter(course=one, state="waiting")
                places = list(line.order_by("waiting_order").values_list("waiting_order", flat=True))
                assert len(places) == len(set(places)) and None not in places
                assert all(row.waiting_why for row in line)


def run(examples, steps):
    run_state_machine_as_test(
        EnrolmentMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
            # Shrinking a failure would take minutes, and the steps are short enough to read as they are.
            phases=(Phase.explicit, Phase.generate) if examples < 100 else tuple(Phase),
        ),
    )


@pytest.mark.django_db
def test_no_sequence_of_steps_overfills_a_course_loses_a_person_or_lets_somebody_in_too_late():
    run(examples=10, steps=30)


@pytest.mark.soak
@pytest.mark.django_db
def test_no_sequence_of_steps_does_so_in_a_long_run():
    run(examples=400, steps=50)
