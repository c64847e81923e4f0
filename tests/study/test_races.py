"""Many are drawn at once, on connections of their own. The same tests run on SQLite and PostgreSQL.

On PostgreSQL there are also controls: without the lock some draws are lost to errors, and without the constraint as well
two people are given the same slot. SQLite cannot show that: its transactions are exclusive from their first statement.
"""

import os

import pytest
from django.db import IntegrityError, connection
from wagtail.models import Locale

from peer_support.access.scopes import scope_of
from peer_support.outcomes.study import services_allocation, services_participants, writing
from peer_support.outcomes.study.allocation import Seed, arms_of
from peer_support.outcomes.study.models import Allocation, Study, StudyParticipant, StudySeal
from peer_support.testing.factories import CitizenFactory, CoordinatorFactory, InitiativeFactory
from peer_support.testing.factories_study import recruiting_study
from tests.courses.races import at_once, faults

POSTGRES = connection.vendor == "postgresql"
MANY = 32 if POSTGRES else 12

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def needs_postgres():
    if POSTGRES:
        return
    if os.environ.get("PEER_REQUIRE_POSTGRES") == "1":
        pytest.fail("PEER_REQUIRE_POSTGRES is set, and DATABASE_URL does not name a PostgreSQL")
    pytest.skip("needs PostgreSQL (set DATABASE_URL)")


@pytest.fixture
def house():
    """A study with many people who are ready for the draw, committed, so that every connection sees them."""
    Locale.objects.get_or_create(language_code="da")  # the test before this one emptied every table
    initiative = InitiativeFactory()
    user = CoordinatorFactory(initiative=initiative)
    study = recruiting_study(initiative=initiative, user=user, planned=400, population="or_waiting")
    ready = []
    with scope_of(initiative.pk):
        site = study.sites.get()
        for __ in range(MANY):
            citizen = CitizenFactory(initiative=initiative, status="waiting")
            one = services_participants.ask(study=study, site=site, citizen=citizen, user=user)
            one = services_participants.consent(participant=one, how="paper", user=user)
            ready.append(services_participants.tick_baseline(participant=one, user=user))
    return initiative, user, study, ready


def draw_all(house, people=None):
    initiative, user, __, ready = house
    calls = [
        lambda one=one: services_allocation.allocate(participant=one, user=user) for one in people or ready
    ]
    return at_once(initiative, calls)


def slots(initiative):
    with scope_of(initiative.pk):
        return list(Allocation.objects.order_by("slot", "pk").values_list("slot", flat=True))


def test_all_who_are_drawn_at_once_get_a_slot_each_and_the_list_is_that_of_the_seed(house):
    initiative, __, study, ___ = house
    assert faults(draw_all(house)) == []
    assert slots(initiative) == list(range(1, MANY + 1))
    with scope_of(initiative.pk):
        seed = Seed.of_hex(StudySeal.objects.get(study=study).box)
        drawn = Allocation.objects.order_by("slot").values_list("arm", flat=True)
        assert list(drawn) == [arm.value for arm in arms_of(seed, "S1", MANY)]


def test_one_person_who_is_drawn_by_many_at_once_is_drawn_once(house):
    initiative, __, ___, ready = house
    outcomes = draw_all(house, [ready[0]] * MANY)
    assert faults(outcomes) == []
    assert sum(isinstance(one, Allocation) for one in outcomes) == 1
    assert slots(initiative) == [1]


def test_a_study_that_is_closed_meanwhile_draws_nobody_afterwards(house):
    from peer_support.outcomes.study import services

    initiative, user, study, ready = house
    calls = [lambda one=one: services_allocation.allocate(participant=one, user=user) for one in ready]
    calls.insert(MANY // 2, lambda: services.close_study(study=study, user=user))
    assert faults(at_once(initiative, calls)) == []
    with scope_of(initiative.pk):
        drawn = Allocation.objects.count()
        assert StudyParticipant.objects.filter(state="allocated").count() == drawn
        assert (
            StudyParticipant.objects.filter(state="excluded", excluded_why="closed").count() == MANY - drawn
        )


# Controls


def without_the_lock(monkeypatch):
    """The services do everything they do, but read the study's row without locking it."""
    monkeypatch.setattr(writing, "locked_study", lambda pk: Study._base_manager.get(pk=pk))


@pytest.mark.postgres
def test_without_the_lock_draws_are_lost_to_errors(needs_postgres, house, monkeypatch):
    without_the_lock(monkeypatch)
    lost = faults(draw_all(house))
    assert lost and all(isinstance(one, IntegrityError) for one in lost)


@pytest.mark.postgres
def test_without_the_lock_and_the_constraint_two_people_have_the_same_slot(
    needs_postgres, house, monkeypatch
):
    without_the_lock(monkeypatch)
    wall = next(one for one in Allocation._meta.constraints if one.name == "peer_study_slot_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Allocation, wall)
    try:
        draw_all(house)
        taken = slots(house[0])
        assert len(set(taken)) < len(taken)
    finally:
        with scope_of(house[0].pk):
            rows = Allocation._base_manager.all()
            rows._raw_delete(rows.db)
        with connection.schema_editor() as editor:
            editor.add_constraint(Allocation, wall)
