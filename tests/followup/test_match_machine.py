"""Whatever coordinators do with matches, in any order: no dead end, no forbidden step, a complete history, no call twice."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.followup import services_ending, services_follow_up
from peer_support.followup.models import EndingStep, FollowUp, Pause
from peer_support.matching import rules, services
from peer_support.matching.models import Match, MatchEvent
from peer_support.matching.models_match import OPEN_STATES, Answer, State
from peer_support.people import rules as people_rules
from peer_support.people import services as people
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    InitiativeFactory,
    VolunteerFactory,
)

START = datetime.datetime(2026, 8, 3, 10, tzinfo=datetime.UTC)
CLOSED = {State.ENDED, State.DECLINED, State.WITHDRAWN}
# The steps as they are drawn on paper: from -> where one can come. Written anew here, so that a slip in the rules shows.
DRAWN = {
    "": {State.PROPOSED},
    State.PROPOSED: {State.PROPOSED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
    State.ACCEPTED: {State.PROPOSED, State.ACCEPTED, State.MET, State.DECLINED, State.WITHDRAWN},
    State.MET: {State.MET, State.ACCEPTED, State.ACTIVE, State.DECLINED, State.WITHDRAWN},
    State.ACTIVE: {State.ACTIVE, State.PAUSED, State.ENDED},
    State.PAUSED: {State.PAUSED, State.ACTIVE, State.ENDED},
    State.ENDED: {State.ACTIVE, State.PAUSED},
    State.DECLINED: {State.PROPOSED, State.ACCEPTED, State.MET},
    State.WITHDRAWN: {State.PROPOSED, State.ACCEPTED, State.MET},
}
one_of_two = st.integers(0, 1)
side = st.sampled_from(["citizen", "volunteer"])
days = st.integers(-3, 70)


def day(number=0):
    return timezone.localdate() + datetime.timedelta(days=number)


class MatchMachine(RuleBasedStateMachine):
    """Two citizens and a volunteer with one place; time goes by."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.initiative = InitiativeFactory()
        self.user = CoordinatorFactory(initiative=self.initiative)
        self.citizens = [CitizenFactory(initiative=self.initiative) for _ in range(2)]
        self.volunteer = VolunteerFactory(initiative=self.initiative)

    def teardown(self):
        self.clock.stop()

    def tried(self, service, **kwargs):
        """Take a step; a refusal with a sentence is an answer too, and leaves everything as it was."""
        with scope_of(self.initiative.pk):
            before = MatchEvent.objects.count()
            try:
                return service(user=self.user, **kwargs)
            except NotAllowed as refusal:
                assert refusal.decision.reason and refusal.decision.code
                assert MatchEvent.objects.count() == before
                return None

    def match(self, number):
        with scope_of(self.initiative.pk):
            rows = Match.objects.select_related("citizen", "volunteer")
            return rows.filter(citizen=self.citizens[number]).order_by("-pk").first()

    def step(self, number, service, /, **kwargs):
        """Take a step with a match; what the rules call impossible must be refused."""
        match = self.match(number)
        return match and self.tried(service, match=match, **kwargs)

    @rule(number=one_of_two)
    def is_proposed(self, number):
        self.tried(services.propose, citizen=self.citizens[number], volunteer=self.volunteer)

    @rule(number=one_of_two, side=side, answer=st.sampled_from(["yes", "yes", "yes", "no", ""]))
    def answers(self, number, side, answer):
        self.step(number, services.record_answer, side=side, answer=answer)

    @rule(number=one_of_two, in_days=st.integers(-1, 3))
    def meets(self, number, in_days):
        self.step(number, services.record_first_meeting, on=day(in_days))

    @rule(number=one_of_two, side=side, answer=st.sampled_from(["yes", "yes", "yes", "no", ""]))
    def says_the_day_after(self, number, side, answer):
        self.step(number, services.record_day_after, side=side, answer=answer)

    @rule(number=one_of_two)
    def gets_as_far_as_starting(self, number):
        """The straight way, so that the later steps are met often."""
        self.is_proposed(number)
        for who in ("citizen", "volunteer"):
            self.answers(number, who, "yes")
        self.meets(number, 0)
        for who in ("citizen", "volunteer"):
            self.says_the_day_after(number, who, "yes")
        self.starts(number)

    @rule(number=one_of_two)
    def starts(self, number):
        self.step(number, services.start_match, active_from=day())

    @rule(number=one_of_two, months=st.integers(20, 180), every=st.sampled_from(["week", "month"]))
    def agrees_anew(self, number, months, every):
        self.step(number, services.change_agreement, planned_end=day(months), agreed_every=every)

    @rule(number=one_of_two, starts=days, until=st.none() | days, frees=st.booleans())
    def pauses(self, number, starts, until, frees):
        values = {"paused_from": day(starts), "paused_until": day(until) if until is not None else None}
        self.step(number, services.pause_match, frees_place=frees, **values)

    @rule(number=one_of_two, one_more=st.sampled_from(["", "", "wish"]))
    def resumes(self, number, one_more):
        self.step(number, services.resume_match, one_more=one_more)

    @rule(number=one_of_two, then=st.sampled_from(["conversation", "waiting", "ended"]))
    def ends(self, number, then):
        self.step(number, services.end_match, on=day(), by="both", reasons=["goal"], citizen_then=then)

    @rule(number=one_of_two)
    def withdraws(self, number):
        self.step(number, services.withdraw)

    @rule(number=one_of_two)
    def reopens(self, number):
        self.step(number, services.reopen_match)

    @rule(outcome=st.sampled_from(FollowUp.Outcome.values))
    def is_rung(self, outcome):
        with scope_of(self.initiative.pk):
            row = FollowUp.objects.filter(state="open").order_by("due_on", "pk").first()
        if row is not None:
            self.tried(services_follow_up.answer_follow_up, follow_up=row, outcome=outcome)

    @rule(choice=st.sampled_from(["another", "stop"]))
    def says_what_comes_next(self, choice):
        with scope_of(self.initiative.pk):
            step = EndingStep.objects.filter(state="open", kind="next").order_by("pk").first()
        if step is not None:
            self.tried(services_ending.choose_next, step=step, choice=choice)

    @rule(number=one_of_two)
    def begins_again(self, number):
        """Whoever has left comes back, and waits."""
        with scope_of(self.initiative.pk):
            citizen = type(self.citizens[number]).objects.get(pk=self.citizens[number].pk)
        self.tried(people.welcome_back, person=citizen)
        self.tried(people.put_on_waiting_list, citizen=citizen)

    @rule(days=st.sampled_from([1, 7, 30, 90]))
    def time_goes_by(self, days):
        self.traveller.shift(datetime.timedelta(days=days))

    @invariant()
    def every_open_match_has_a_way_on_and_every_closed_one_can_be_taken_back(self):
        with scope_of(self.initiative.pk):
            for match in Match.objects.all():
                assert rules.next_steps(match), match.state
                if match.state in CLOSED:
                    assert rules.may(match, rules.Action.REOPEN)

    @invariant()
    def the_people_of_a_closed_match_can_go_on(self):
        with scope_of(self.initiative.pk):
            for citizen in type(self.citizens[0]).objects.all():
                taken = citizen.matches.filter(state__in=OPEN_STATES).count()
                assert taken <= 1
                ways = (
                    people_rules.may_put_on_waiting_list(citizen),
                    people_rules.may_welcome_back(citizen),
                )
                assert taken or citizen.status == "waiting" or any(ways), citizen.status

    @invariant()
    def the_history_is_complete_and_replays_to_where_each_match_stands(self):
        with scope_of(self.initiative.pk):
            for match in Match.objects.all():
                stands, answers = "", {}
                for event in match.events.order_by("pk"):
                    assert event.from_state == stands, (event.action, event.from_state, stands)
                    assert event.to_state in DRAWN[stands], (event.action, stands, event.to_state)
                    stands = event.to_state
                    if event.action in ("answer", "day_after"):
                        answers[event.action, event.facts["side"]] = event.facts["answer"]
                    elif event.action == "reopen":
                        answers = {key: given for key, given in answers.items() if given != Answer.NO}
                assert stands == match.state
                assert match.version == match.events.count()
                for who in ("citizen", "volunteer"):
                    assert getattr(match, f"{who}_answer") == answers.get(("answer", who), "")
                    assert getattr(match, f"{who}_after") == answers.get(("day_after", who), "")

    @invariant()
    def no_call_stands_twice_and_none_where_nobody_is_to_be_rung(self):
        with scope_of(self.initiative.pk):
            seen = set()
            for row in FollowUp.objects.filter(state="open").select_related("match"):
                assert row.match.state in OPEN_STATES
                if row.match.state == State.PAUSED:
                    assert row.kind == "agreed"
                key = (row.match_id, row.side, row.kind)
                assert row.kind == "agreed" or key not in seen, key
                seen.add(key)

    @invariant()
    def a_pause_stands_open_where_a_match_is_on_pause_and_nowhere_else(self):
        with scope_of(self.initiative.pk):
            paused = set(Match.objects.filter(state=State.PAUSED).values_list("pk", flat=True))
            rows = list(Pause.objects.filter(over_on=None, match__isnull=False).select_related("match"))
            assert sorted(row.match_id for row in rows) == sorted(paused)
            for row in rows:
                assert (row.starts, row.until) == (row.match.paused_from, row.match.paused_until)

    @invariant()
    def an_ending_has_its_six_steps_and_no_other_match_has_open_ones(self):
        with scope_of(self.initiative.pk):
            for match in Match.objects.all():
                rows = EndingStep.objects.filter(match=match).exclude(state="taken_back")
                if match.state == State.ENDED:
                    last = match.events.filter(action="end").order_by("-pk").first()
                    assert rows.filter(event=last).count() == 6
                else:
                    assert not rows.filter(state="open").exists()


def run(examples, steps):
    run_state_machine_as_test(
        MatchMachine,
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
def test_matches_have_no_dead_end_no_forbidden_step_and_a_whole_history():
    run(6, 25)


@pytest.mark.soak
@pytest.mark.django_db
def test_matches_have_no_dead_end_over_thousands_of_steps():
    run(200, 60)
