"""The pipeline as a state machine: whatever is done, in whatever order, nobody gets stuck and nothing is forgotten."""

import datetime
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.matching import services as matching
from peer_support.matching.models_match import State
from peer_support.matching.rules import may_propose
from peer_support.people import pipeline, services, services_booking
from peer_support.people.figures import figures
from peer_support.people.models import Citizen, PersonStep, Step, Volunteer
from peer_support.people.steps import note_step, replay
from peer_support.privacy.access_log import entries_for
from peer_support.privacy.models import AppendOnlyError
from peer_support.testing.factories import (
    CitizenFactory,
    ConversationFactory,
    CoordinatorFactory,
    InitiativeFactory,
    MatchFactory,
    PersonStepFactory,
    VolunteerFactory,
)

pytestmark = pytest.mark.django_db


def fresh(person):
    return type(person).objects.get(pk=person.pk)


class Way(RuleBasedStateMachine):
    """One person and what a coordinator may try with them; a colleague in the other role stands ready for a match."""

    model = Citizen

    def __init__(self):
        super().__init__()
        self.travel = time_machine.travel(datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC), tick=False)
        self.clock = self.travel.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.initiative = InitiativeFactory()
        self.scope = scope_of(self.initiative.pk)
        self.scope.__enter__()
        self.user = CoordinatorFactory(initiative=self.initiative)
        self.person = services.create_person(
            model=self.model,
            initiative=self.initiative,
            values={"first_name": "Sol", "phone": "20203040"},
            user=self.user,
        ).person
        self.match = None

    @initialize(start=st.sampled_from(["asked", "booked", "talked", "ready", "ready", "matched", "matched"]))
    def begin(self, start):
        """Begin at different places on the way, as most random walks from the door never come far."""
        if start == "booked":
            self.book(3, "phone")
        if start in ("talked", "ready", "matched"):
            self.hold()
        if start in ("ready", "matched"):
            self.finish()
        if start == "matched":
            self.propose()
            self.match_goes_on("waiting", "start")

    def teardown(self):
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.travel.stop()

    @property
    def now(self):
        return fresh(self.person)

    def try_(self, service, **values):
        """Call a service. What it does, or refuses, must be what the pipeline said beforehand."""
        name = values.pop("move", None)
        said = {move.code: move for move in pipeline.moves(self.now)}.get(name)
        rows = PersonStep.objects.count()
        try:
            with transaction.atomic():
                service(user=self.user, **values)
        except NotAllowed as refusal:
            assert refusal.decision.reason and refusal.decision.code != "ok"
            assert PersonStep.objects.count() == rows
            assert said is None or not said.decision.allowed
        else:
            assert said is None or said.decision.allowed

    @rule(days=st.integers(0, 20), how=st.sampled_from(["phone", "centre", "video"]))
    def book(self, days, how):
        at = timezone.now() + datetime.timedelta(days=days, minutes=5)
        self.try_(services_booking.book_conversation, person=self.person, at=at, how=how, move="book")

    @rule()
    def cancel(self):
        self.try_(services_booking.cancel_conversation, person=self.person)

    @rule()
    def not_met(self):
        self.try_(services_booking.did_not_meet, person=self.person)

    @rule()
    def hold(self):
        self.try_(services.hold_conversation, person=self.person, values={"notes": "Ja."}, move="hold")

    @rule()
    def finish(self):
        if self.model is Citizen:
            self.try_(services.put_on_waiting_list, citizen=self.person, move="finish")
        else:
            self.try_(services.approve_volunteer, volunteer=self.person, move="finish")

    @rule(start=st.integers(-3, 5), length=st.one_of(st.none(), st.integers(0, 10)))
    def pause(self, start, length):
        starts = timezone.localdate() + datetime.timedelta(days=start)
        until = None if length is None else starts + datetime.timedelta(days=length)
        self.try_(services.pause_person, person=self.person, starts=starts, until=until, move="pause")

    @rule()
    def resume(self):
        self.try_(services.resume_person, person=self.person, move="resume")

    @rule()
    def end(self):
        self.try_(services.end_person, person=self.person, move="end")

    @rule()
    def welcome_back(self):
        self.try_(services.welcome_back, person=self.person, move="back")

    @precondition(lambda self: self.match is None)
    @rule()
    def propose(self):
        own = self.now
        if own.status not in ("waiting", "approved"):
            return
        link = own._meta.model_name
        other = VolunteerFactory if link == "citizen" else CitizenFactory
        pair = {"citizen": None, "volunteer": None, link: own}
        pair = {side: person or other(initiative=self.initiative) for side, person in pair.items()}
        self.match = MatchFactory(
            initiative=self.initiative, **pair, state="met", citizen_answer="yes", volunteer_answer="yes",
            citizen_after="yes", volunteer_after="yes",
        )  # fmt: skip

    @precondition(lambda self: self.match is not None)
    @rule(
        then=st.sampled_from(["conversation", "waiting", "ended"]),
        step=st.sampled_from(["start", "end", "reopen"]),
    )
    def match_goes_on(self, then, step):
        match = type(self.match).objects.get(pk=self.match.pk)
        today = timezone.localdate()
        if step == "start":
            self.try_(matching.start_match, match=match, active_from=today)
        elif step == "end":
            self.try_(
                matching.end_match, match=match, on=today, by="both", reasons=["goal"], citizen_then=then
            )
        else:
            self.try_(matching.reopen_match, match=match)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days):
        self.clock.shift(datetime.timedelta(days=days))

    @invariant()
    def there_is_a_way_on(self):
        person = self.now
        step = pipeline.current_step(person)
        assert pipeline.NEXT[step]
        assert any(move.decision.allowed for move in pipeline.moves(person) if move.code != "hold")

    @invariant()
    def the_table_says_the_same(self):
        (row,) = pipeline.with_step(type(self.person).objects.filter(pk=self.person.pk))
        assert row.step_now == pipeline.current_step(row)

    @invariant()
    def the_history_leads_here_and_takes_no_forbidden_step(self):
        rows = list(self.person.steps.order_by("at", "pk"))
        stands = replay(rows)
        person = self.now
        if not person.paused_from:  # a pause that begins or runs out by itself is noted with the next change
            assert stands == pipeline.current_step(person)
        for before, after in pairwise(rows):
            allowed = pipeline.NEXT[Step(before.step)] | (
                pipeline.TAKEN_BACK.get(Step(before.step), set()) if after.way == "matching.reopen" else set()
            )
            assert after.step in allowed, (before.step, after.step, after.way)


@pytest.mark.parametrize("model", [Citizen, Volunteer])
def test_nobody_gets_stuck_no_step_is_forbidden_and_the_history_is_complete(model):
    machine = type("Way", (Way,), {"model": model})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
        ),
    )


def test_every_step_has_a_way_on_and_the_map_knows_every_step():
    assert set(pipeline.NEXT) == set(Step)
    assert all(pipeline.NEXT[step] - {step} for step in Step)
    # From everywhere one can come to a match, and to an ending.
    for goal in (Step.ACTIVE, Step.ENDED):
        for start in Step:
            seen, ahead = set(), {start}
            while ahead:
                seen |= ahead
                ahead = {after for step in ahead for after in pipeline.NEXT[step]} - seen
            assert goal in seen, (start, goal)


def test_the_states_of_a_running_match_are_the_matching_room_s():
    assert set(pipeline.RUNNING_MATCH_STATES) == {State.ACTIVE, State.PAUSED}


class TestHistory:
    def test_a_row_is_written_once(self, in_scope):
        row = PersonStepFactory(citizen=CitizenFactory(initiative=in_scope))
        for change in (row.save, row.delete, PersonStep.objects.all().delete):
            with pytest.raises(AppendOnlyError):
                change()

    def test_somebody_from_before_the_history_begins_with_their_dates(self, in_scope, coordinator):
        day = timezone.localdate() - datetime.timedelta(days=40)
        citizen = CitizenFactory(initiative=in_scope, enquired_on=day)
        services.end_person(person=citizen, user=coordinator)
        rows = list(citizen.steps.all())
        assert [row.step for row in rows] == ["enquiry", "waiting", "ended"]
        assert [timezone.localtime(row.at).date() for row in rows][:2] == [day, citizen.waiting_since]
        assert [row.user for row in rows] == [None, None, coordinator]
        assert rows[-1].way == "people.end" and rows[-1].code == "ok"

    def test_a_pause_that_ran_out_by_its_date_is_noted_on_that_day(self, in_scope, coordinator):
        today = timezone.localdate()
        volunteer = VolunteerFactory(
            initiative=in_scope, enquired_on=today - datetime.timedelta(days=60),
            approved_on=today - datetime.timedelta(days=50),
        )  # fmt: skip
        over = today - datetime.timedelta(days=5)
        with time_machine.travel(timezone.now() - datetime.timedelta(days=20), tick=False):
            services.pause_person(person=volunteer, until=over, user=coordinator)
        services.end_person(person=fresh(volunteer), user=coordinator)
        rows = {row.step + row.way: row for row in volunteer.steps.all()}
        back = rows["approvedclock"]
        assert timezone.localtime(back.at).date() == over + datetime.timedelta(days=1) and back.user is None

    def test_standing_still_writes_nothing(self, in_scope, coordinator):
        citizen = CitizenFactory(initiative=in_scope)
        assert note_step(citizen, coordinator, "test") is not None
        assert note_step(citizen, coordinator, "test") is None

    def test_a_refusal_is_in_the_access_log_with_its_code(self, coordinator_client, initiative):
        citizen = CitizenFactory(initiative=initiative, status="conversation", came_by="relative")
        coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/finish/")
        assert [(e.action, e.route) for e in entries_for(citizen)] == [
            ("refused", "people_citizen:finish:consent")
        ]

    def test_rows_that_do_not_follow_each_other_are_told(self, in_scope):
        citizen = CitizenFactory(initiative=in_scope)
        PersonStepFactory(citizen=citizen, step="enquiry")
        PersonStepFactory(citizen=citizen, from_step="held", step="waiting")
        with pytest.raises(ValueError, match="does not follow"):
            replay(citizen.steps.all())


class TestFigures:
    def test_days_drop_off_and_who_is_still_there(self, in_scope):
        at = timezone.now() - datetime.timedelta(days=30)
        for days, after in ((4, "held"), (10, "ended"), (None, None), (6, "held")):
            citizen = CitizenFactory(initiative=in_scope, status="enquiry", waiting_since=None)
            PersonStepFactory(citizen=citizen, step="enquiry", at=at)
            if after:
                later = at + datetime.timedelta(days=days)
                PersonStepFactory(citizen=citizen, from_step="enquiry", step=after, at=later)
        row = figures(Citizen, in_scope)[0]
        assert (row.came, row.went_on, row.stopped, row.still) == (4, 2, 1, 1)
        assert (row.median_days, row.stopped_percent) == (6, 25)
        assert figures(Citizen, in_scope, timezone.localdate())[0].came == 0

    def test_many_people_cost_no_more_questions(self, in_scope, django_assert_num_queries):
        for _ in range(6):
            PersonStepFactory(citizen=CitizenFactory(initiative=in_scope))
        with django_assert_num_queries(2):
            figures(Citizen, in_scope)

    @pytest.mark.parametrize("path", ["", "volunteers/"])
    def test_the_page_shows_the_initiative_s_own_and_nobody_else_s(
        self, coordinator_client, initiative, other_initiative, path
    ):
        CitizenFactory(initiative=initiative)
        VolunteerFactory(initiative=initiative)
        CitizenFactory.create_batch(3, initiative=other_initiative)
        response = coordinator_client.get(f"/admin/people/way-in/{path}")
        assert response.status_code == 200 and response.context["total"] == 1
        assert coordinator_client.get(f"/admin/people/way-in/{path}?period=x").status_code == 200


class TestStale:
    @pytest.fixture
    def old(self, in_scope):
        long_ago = timezone.localdate() - datetime.timedelta(days=200)
        citizen = CitizenFactory(initiative=in_scope, waiting_since=long_ago)
        ConversationFactory(citizen=citizen, held_on=long_ago)
        return citizen

    def test_an_old_conversation_with_somebody_who_waits_is_said(self, old):
        (found,) = pipeline.stale_people(timezone.localdate())
        assert found.person == old and found.talked and found.sentence.startswith("The last conversation was")

    def test_a_new_talk_a_match_or_an_ending_makes_it_quiet(self, old):
        day = timezone.localdate()
        match = MatchFactory(initiative=old.initiative, citizen=old)
        assert pipeline.stale_people(day) == []
        type(match).objects.filter(pk=match.pk).update(state="withdrawn")
        assert len(pipeline.stale_people(day)) == 1
        ConversationFactory(citizen=old, kind="follow_up")
        assert pipeline.stale_people(day) == []

    def test_it_is_said_on_the_page_and_the_waiting_list_and_blocks_nothing(
        self, old, initiative, coordinator_client
    ):
        for url in (f"/admin/people/citizen/inspect/{old.pk}/", "/admin/matching/"):
            response = coordinator_client.get(url, headers={"accept-language": "en"})
            assert "Wishes and times may have changed" in response.content.decode()
        volunteer = VolunteerFactory(initiative=initiative)
        assert may_propose(old, volunteer).code != "stale_conversation"

    def test_a_centre_can_ask_for_a_fresh_conversation(self, old, initiative, settings):
        settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "CONVERSATION_MUST_BE_FRESH": True}
        volunteer = VolunteerFactory(initiative=initiative)
        decision = may_propose(old, volunteer)
        assert decision.code == "stale_conversation" and str(old) in decision.reason

    def test_never_is_a_choice(self, old, settings):
        settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "CONVERSATION_MONTHS": 0}
        assert pipeline.stale_people(timezone.localdate()) == []
