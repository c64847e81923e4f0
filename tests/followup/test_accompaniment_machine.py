"""Whatever coordinators and volunteers do with a trip, in any order: at most one goes along, every state has a way on,
no step is taken that the rules forbid, and the history is complete.
"""

import datetime

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.followup import rules_accompaniment as rules
from peer_support.followup import services_accompaniment as services
from peer_support.followup.models_accompaniment import Accompaniment, AccompanimentOffer, LedTo, TripEnding
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    InitiativeFactory,
    VolunteerFactory,
)

START = datetime.datetime(2026, 8, 3, 10, tzinfo=datetime.UTC)
who = st.integers(0, 2)
why = st.sampled_from(TripEnding.values)


class TripMachine(RuleBasedStateMachine):
    """One trip, three volunteers, and time that goes by."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.initiative = InitiativeFactory()
        self.user = CoordinatorFactory(initiative=self.initiative)
        self.people = [VolunteerFactory(initiative=self.initiative) for _ in range(3)]
        citizen = CitizenFactory(initiative=self.initiative)
        with scope_of(self.initiative.pk):
            self.trip = services.create_accompaniment(
                citizen=citizen,
                values={"day": datetime.date(2026, 8, 10), "start_time": datetime.time(10)},
                user=self.user,
            )

    def teardown(self):
        self.clock.stop()

    def tried(self, service, **kwargs):
        """Call a service; a refusal with a sentence is an answer too, and leaves everything as it was."""
        with scope_of(self.initiative.pk):
            before = Accompaniment.objects.filter(pk=self.trip.pk).values().get()
            try:
                return service(**kwargs)
            except NotAllowed as refusal:
                assert refusal.decision.reason and refusal.decision.code
                assert Accompaniment.objects.filter(pk=self.trip.pk).values().get() == before
                return None

    def offer(self, number):
        with scope_of(self.initiative.pk):
            return AccompanimentOffer.objects.filter(volunteer=self.people[number]).first()

    @rule(numbers=st.sets(who, min_size=1))
    def asks(self, numbers):
        people = [self.people[number] for number in sorted(numbers)]
        self.tried(services.ask_volunteers, trip=self.trip, volunteers=people, user=self.user)

    @rule(number=who, answer=st.sampled_from(["yes", "yes", "no"]))
    def answers(self, number, answer):
        if offer := self.offer(number):
            self.tried(services.answer_offer, offer=offer, answer=answer)

    @rule(number=who)
    def is_asked_no_longer(self, number):
        if offer := self.offer(number):
            self.tried(services.take_back_offer, offer=offer, user=self.user)

    @rule(number=who, by_link=st.booleans())
    def cannot_after_all(self, number, by_link):
        self.tried(services.release, trip=self.trip, offer=self.offer(number) if by_link else None)

    @rule(days=st.integers(1, 10))
    def is_moved(self, days):
        day = datetime.date(2026, 8, 10) + datetime.timedelta(days=days)
        self.tried(services.change_accompaniment, trip=self.trip, values={"day": day}, user=self.user)

    @rule(led_to=st.sets(st.sampled_from(LedTo.values)))
    def they_went(self, led_to):
        self.tried(services.record_done, trip=self.trip, led_to=led_to, user=self.user)
        self.tried(services.say_what_it_led_to, trip=self.trip, led_to=led_to, user=self.user)

    @rule(ending=why)
    def it_did_not_happen(self, ending):
        self.tried(services.record_not_done, trip=self.trip, ending=ending, user=self.user)

    @rule(ending=why)
    def is_called_off(self, ending):
        self.tried(services.cancel_accompaniment, trip=self.trip, ending=ending, user=self.user)

    @rule()
    def is_opened_again(self):
        self.tried(services.reopen_accompaniment, trip=self.trip, user=self.user)

    @rule(days=st.integers(0, 4))
    def days_go_by(self, days):
        self.traveller.shift(datetime.timedelta(days=days))

    @invariant()
    def at_most_one_goes_along_and_the_trip_says_so(self):
        with scope_of(self.initiative.pk):
            trip = Accompaniment.objects.get(pk=self.trip.pk)
            going = trip.offers.filter(state="accepted").count()
            assert going <= 1
            if trip.state in ("open", "accepted", "done", "not_done"):
                assert going == (0 if trip.state == "open" else 1)
            if trip.state != "open":
                assert not trip.offers.filter(state="asked").exists()

    @invariant()
    def every_state_has_a_way_on(self):
        with scope_of(self.initiative.pk):
            trip = Accompaniment.objects.get(pk=self.trip.pk)
            assert any(decision for __, decision in rules.steps_now(trip))

    @invariant()
    def the_history_is_complete_and_no_forbidden_step_is_in_it(self):
        with scope_of(self.initiative.pk):
            trip = Accompaniment.objects.get(pk=self.trip.pk)
            events = list(trip.events.order_by("pk"))
            assert len(events) == trip.version and events[-1].to_state == trip.state
            for before, event in zip(events, events[1:], strict=False):
                assert event.from_state == before.to_state
                allowed = rules.FROM.get(rules.Action(event.action))
                assert allowed is None or event.from_state in allowed


def run(examples, steps):
    run_state_machine_as_test(
        TripMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=(Phase.explicit, Phase.generate) if examples < 100 else tuple(Phase),
        ),
    )


@pytest.mark.one_database
@pytest.mark.django_db
def test_no_sequence_of_steps_sends_two_along_ends_blindly_or_loses_its_history():
    run(examples=8, steps=30)


@pytest.mark.soak
@pytest.mark.django_db
def test_no_sequence_of_steps_does_so_in_a_long_run():
    run(examples=300, steps=50)
