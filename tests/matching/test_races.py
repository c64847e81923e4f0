"""Many at once: a volunteer's last place, one citizen, two plans. The same tests run on SQLite and PostgreSQL.

On PostgreSQL there is also a control: without the row locks the same race overbooks, so the test would see it.
SQLite cannot show that, because its transactions are exclusive from their first statement.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from wagtail.models import Locale

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.matching import services, services_match, services_plan, services_steps
from peer_support.matching.models import Match, MatchEvent, MatchRun
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    InitiativeFactory,
    MatchingPolicyFactory,
    VolunteerFactory,
)

MANY = 64
THREADS = 16

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def place():
    """An initiative with a coordinator, committed, so that every connection sees it."""
    Locale.objects.get_or_create(language_code="da")  # the test before this one emptied every table
    initiative = InitiativeFactory()
    return initiative, CoordinatorFactory(initiative=initiative)


@pytest.fixture
def needs_postgres():
    if connection.vendor == "postgresql":
        return
    if os.environ.get("PEER_REQUIRE_POSTGRES") == "1":
        pytest.fail("PEER_REQUIRE_POSTGRES is set, and DATABASE_URL does not name a PostgreSQL")
    pytest.skip("needs PostgreSQL (set DATABASE_URL)")


def at_once(initiative, calls):
    """Run ``calls`` in threads with a connection each; returns (results, sentences of those who were refused)."""
    start = Barrier(min(THREADS, len(calls)))

    def run(number, call):
        try:
            with scope_of(initiative.pk):
                if number < start.parties:
                    start.wait(timeout=60)
                return call()
        except NotAllowed as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(start.parties) as pool:
        outcomes = list(pool.map(run, range(len(calls)), calls))
    refused = [one.decision for one in outcomes if isinstance(one, NotAllowed)]
    return [one for one in outcomes if not isinstance(one, NotAllowed)], refused


def without_locks(monkeypatch):
    """The test-only variant: the services do everything they do, but take no lock on people."""
    for module in (services_steps, services_match, services_plan):
        monkeypatch.setattr(module, "lock_people", lambda citizen_ids, volunteer_ids: None)


def proposals_of_the_last_place(place, capacity):
    initiative, user = place
    volunteer = VolunteerFactory(initiative=initiative, capacity=capacity)
    citizens = [CitizenFactory(initiative=initiative) for _ in range(MANY)]
    calls = [
        lambda citizen=citizen: services.propose(citizen=citizen, volunteer=volunteer, user=user)
        for citizen in citizens
    ]
    return at_once(initiative, calls)


@pytest.mark.parametrize("capacity", [1, 3])
def test_64_proposals_of_a_volunteers_last_places_fill_exactly_the_places(place, capacity):
    made, refused = proposals_of_the_last_place(place, capacity)
    assert (len(made), len(refused)) == (capacity, MANY - capacity)
    assert {decision.code for decision in refused} == {"capacity"}
    assert all("no free place" in d.reason or d.reason.endswith(".") for d in refused)
    with scope_of(place[0].pk):
        assert Match.objects.count() == MatchEvent.objects.count() == capacity
        assert sorted(Match.objects.values_list("number", flat=True)) == list(range(1, capacity + 1))


@pytest.mark.postgres
def test_without_the_locks_the_same_64_proposals_overbook(needs_postgres, place, monkeypatch):
    without_locks(monkeypatch)
    made, __ = proposals_of_the_last_place(place, 1)
    assert len(made) > 1


def test_64_proposals_of_one_citizen_to_64_volunteers_make_one(place):
    initiative, user = place
    citizen = CitizenFactory(initiative=initiative)
    volunteers = [VolunteerFactory(initiative=initiative) for _ in range(MANY)]
    made, refused = at_once(
        initiative,
        [
            lambda volunteer=volunteer: services.propose(citizen=citizen, volunteer=volunteer, user=user)
            for volunteer in volunteers
        ],
    )
    assert (len(made), len(refused)) == (1, MANY - 1)
    assert {decision.code for decision in refused} == {"citizen_taken"}


@pytest.mark.postgres
def test_without_the_locks_the_constraint_still_keeps_a_citizen_to_one_match_and_says_so(
    needs_postgres, place, monkeypatch
):
    without_locks(monkeypatch)
    initiative, user = place
    citizen = CitizenFactory(initiative=initiative)
    volunteers = [VolunteerFactory(initiative=initiative) for _ in range(MANY)]
    made, refused = at_once(
        initiative,
        [
            lambda volunteer=volunteer: services.propose(citizen=citizen, volunteer=volunteer, user=user)
            for volunteer in volunteers
        ],
    )
    assert (len(made), {decision.code for decision in refused}) == (1, {"citizen_taken"})


def saved_run(initiative, pairs):
    with scope_of(initiative.pk):
        policy = MatchingPolicyFactory(initiative=initiative)
        return MatchRun.objects.create(
            initiative=initiative,
            policy=policy,
            aim="most_people",
            engine_version="test",
            input_digest="",
            count=len(pairs),
            points=0,
            result=run_result(pairs),
        )


def run_result(pairs):
    return {"pairs": [{"request_id": citizen.pk, "offer_id": volunteer.pk} for citizen, volunteer in pairs]}


def test_two_plans_confirmed_at_once_match_nobody_twice_and_fill_no_place_twice(place):
    initiative, user = place
    citizens = [CitizenFactory(initiative=initiative) for _ in range(24)]
    volunteers = [VolunteerFactory(initiative=initiative) for _ in range(24)]
    runs = [
        saved_run(initiative, list(zip(citizens, volunteers, strict=True))),
        saved_run(initiative, list(zip(citizens, reversed(volunteers), strict=True))),
    ]
    results, refused = at_once(
        initiative, [lambda run=run: services.confirm_run(run=run, user=user) for run in runs * 2]
    )
    assert refused == []
    with scope_of(initiative.pk):
        matches = list(Match.objects.values_list("citizen_id", "volunteer_id"))
    assert len({citizen for citizen, __ in matches}) == len(matches) == sum(len(r.made) for r in results)
    assert len({volunteer for __, volunteer in matches}) == len(matches)
    assert len(matches) == 24
    for result in results:
        assert len(result.made) + len(result.refused) == 24
        assert all(refusal.sentence and refusal.code for refusal in result.refused)


@pytest.mark.postgres
def test_without_the_locks_two_plans_confirmed_at_once_overbook(needs_postgres, place, monkeypatch):
    without_locks(monkeypatch)
    initiative, user = place
    volunteer = VolunteerFactory(initiative=initiative)
    runs = [saved_run(initiative, [(CitizenFactory(initiative=initiative), volunteer)]) for _ in range(16)]
    results, __ = at_once(
        initiative, [lambda run=run: services.confirm_run(run=run, user=user) for run in runs]
    )
    assert sum(len(result.made) for result in results) > 1


def test_both_answers_written_at_once_accept_and_the_same_answer_64_times_is_one_step(place):
    initiative, user = place
    with scope_of(initiative.pk):
        match = services.propose(
            citizen=CitizenFactory(initiative=initiative),
            volunteer=VolunteerFactory(initiative=initiative),
            user=user,
        )
    calls = [
        lambda side=side: services.record_answer(match=match, side=side, answer="yes", user=user)
        for side in ("citizen", "volunteer") * (MANY // 2)
    ]
    __, refused = at_once(initiative, calls)
    assert refused == []
    with scope_of(initiative.pk):
        match.refresh_from_db()
        assert (match.state, match.events.count(), match.version) == ("accepted", 3, 3)


def test_of_two_coordinators_who_saw_the_same_screen_one_is_told_what_the_other_did(place):
    initiative, user = place
    with scope_of(initiative.pk):
        match = services.propose(
            citizen=CitizenFactory(initiative=initiative),
            volunteer=VolunteerFactory(initiative=initiative),
            user=user,
        )
    calls = [
        lambda: services.withdraw(match=match, user=user, expected_version=match.version),
        lambda: services.record_answer(
            match=match, side="citizen", answer="yes", user=user, expected_version=match.version
        ),
    ]
    made, refused = at_once(initiative, calls)
    assert (len(made), [decision.code for decision in refused]) == (1, ["stale"])
    assert user.get_full_name() in refused[0].reason
