"""Two coordinators with one pair at once: one wins, the other is told; and no call or ending is written twice."""

import pytest

from peer_support.access.scopes import scope_of
from peer_support.followup import services_ending, services_follow_up
from peer_support.followup.models import EndingStep, FollowUp, Pause
from peer_support.matching import services
from peer_support.people.models import Conversation
from peer_support.testing.factories import CitizenFactory, VolunteerFactory
from tests.matching.test_races import at_once, place  # noqa: F401 - a fixture

from .conftest import days

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def running(place):  # noqa: F811
    """An initiative, its coordinator, and an active match."""
    initiative, user = place
    with scope_of(initiative.pk):
        match = services.propose(
            citizen=CitizenFactory(initiative=initiative),
            volunteer=VolunteerFactory(initiative=initiative),
            user=user,
        )
        for side in ("citizen", "volunteer"):
            services.record_answer(match=match, side=side, answer="yes", user=user)
        services.record_first_meeting(match=match, on=days(), user=user)
        for side in ("citizen", "volunteer"):
            services.record_day_after(match=match, side=side, answer="yes", user=user)
        match = services.start_match(match=match, active_from=days(), user=user)
    return initiative, user, match


def test_of_an_ending_and_a_pause_at_once_one_wins_and_the_other_is_told(running):
    initiative, user, match = running
    seen = {"match": match, "user": user, "expected_version": match.version}
    calls = [
        lambda: services.end_match(on=days(), by="both", reasons=["goal"], **seen),
        lambda: services.pause_match(paused_from=days(), **seen),
    ]
    made, refused = at_once(initiative, calls * 4)
    assert (len(made), {decision.code for decision in refused}) == (1, {"stale"})
    assert all(user.get_full_name() in decision.reason for decision in refused)
    with scope_of(initiative.pk):
        match.refresh_from_db()
        ended = match.state == "ended"
        assert EndingStep.objects.count() == (6 if ended else 0)
        assert Pause.objects.filter(over_on=None).count() == (0 if ended else 1)
        assert not FollowUp.objects.filter(state="open").exists()


def test_one_call_answered_by_many_at_once_is_answered_once(running):
    initiative, user, match = running
    with scope_of(initiative.pk):
        row = FollowUp.objects.get(match=match, side="citizen", kind="week")
    answer = lambda: services_follow_up.answer_follow_up(  # noqa: E731
        follow_up=row, outcome="not_reached", user=user
    )
    made, refused = at_once(initiative, [answer] * 8)
    assert (len(made), {decision.code for decision in refused}) == (1, {"answered"})
    with scope_of(initiative.pk):
        assert FollowUp.objects.filter(match=match, side="citizen", kind="week").count() == 2


def test_planning_many_times_at_once_makes_no_call_twice(running):
    initiative, __, match = running
    with scope_of(initiative.pk):
        FollowUp.objects.filter(match=match, state="open").delete()
    at_once(initiative, [services_follow_up.plan_follow_ups] * 8)
    with scope_of(initiative.pk):
        rows = FollowUp.objects.filter(match=match, state="open")
        assert rows.count() == 8


def test_a_closing_talk_that_two_write_down_at_once_is_one_talk(running):
    initiative, user, match = running
    with scope_of(initiative.pk):
        services.end_match(match=match, on=days(), by="both", reasons=["goal"], user=user)
        step = EndingStep.objects.get(kind="talk", side="volunteer")
    hold = lambda: services_ending.hold_talk(step=step, on=days(), user=user)  # noqa: E731
    made, refused = at_once(initiative, [hold] * 8)
    assert (len(made), {decision.code for decision in refused}) == (1, {"done"})
    with scope_of(initiative.pk):
        assert Conversation.objects.filter(kind="closing").count() == 1
