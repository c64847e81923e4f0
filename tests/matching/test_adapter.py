"""From rows to columns: unknown stays unknown, the prefilter loses nobody, and the number of queries is constant."""

import random

import numpy as np
import pytest

from peer_support.matching import adapter
from peer_support.matching.adapter_shortlist import shortlist
from peer_support.matching.engine import rules
from peer_support.matching.models import Exclusion, MatchingPolicy
from peer_support.people.models import Citizen, Volunteer
from peer_support.testing.factories import (
    CitizenFactory,
    InterestFactory,
    LanguageFactory,
    MatchFactory,
    MeetingPlaceFactory,
    VolunteerFactory,
)

from . import people
from .conftest import days


def possible(table, citizen_id):
    """The ids of the volunteers whom the engine finds possible, the citizen's own pause apart."""
    requests = table.requests.changed(paused=[False] * len(table.requests))
    columns = np.arange(len(table.offers))
    rows = np.full(len(columns), requests.row_of(citizen_id))
    bits = rules.failing(requests, table.offers, rows, columns, table.settings, table.excluded)
    return set(table.offers.ids[bits == 0].tolist())


def test_a_person_of_whom_nothing_is_told_is_unknown_in_every_column(citizen, volunteer):
    Citizen.objects.update(x=None, y=None)
    table = adapter.load(citizen.initiative_id)
    requests = table.requests
    assert np.isnan([requests.x[0], requests.limit[0], requests.hours_min[0], requests.hours_max[0]]).all()
    assert (requests.channels[0], requests.gender[0], requests.birth_year[0]) == (0, 0, 0)
    assert (requests.languages[0], requests.interests[0], requests.availability[0]) == (0, 0, 0)
    parts = {part.criterion: part for part in table.parts(citizen.pk, volunteer.pk)}
    assert all(part.unknown for part in parts.values())
    assert all(0 < part.points < part.maximum for part in parts.values())


def test_what_is_told_arrives_in_the_engines_units(in_scope):
    library = MeetingPlaceFactory(initiative=in_scope)
    type(library).objects.update(x=5.0, y=6.0)
    citizen = CitizenFactory(
        initiative=in_scope,
        travel_km=7,
        hours_min="1.5",
        hours_max="2",
        times="ma 08.00-09.00",
        channels=3,
        gender=1,
        gender_wish=2,
        birth_year=1970,
        age_wish_min=20,
        waiting_since=days(-41),
    )
    citizen.interests.add(InterestFactory(bit=201), InterestFactory(bit=170))
    citizen.languages.add(LanguageFactory(bit=53))
    citizen.meeting_places.add(library)
    got = adapter.load(in_scope.pk).requests
    assert (got.limit[0], got.hours_min[0], got.hours_max[0], got.waiting_days[0]) == (7000, 1.5, 2, 41)
    assert (got.interests[0], got.languages[0], got.availability[0]) == (
        1 << 170 | 1 << 201,
        1 << 53,
        0b11 << 16,
    )
    assert (got.channels[0], got.gender[0], got.wish_gender[0]) == (3, 1, 2)
    assert (got.birth_year[0], got.wish_age_min[0], got.wish_age_max[0]) == (1970, 20, 0)
    assert got.places[0] == ((5.0, 6.0),)


def test_only_those_who_wait_and_are_in_no_open_match_are_planned_for(in_scope):
    waiting = CitizenFactory(initiative=in_scope)
    CitizenFactory(initiative=in_scope, status="conversation")
    match = MatchFactory(initiative=in_scope, volunteer=VolunteerFactory(initiative=in_scope, capacity=3))
    MatchFactory(initiative=in_scope, state="declined", citizen=waiting, volunteer=match.volunteer)
    VolunteerFactory(initiative=in_scope, status="conversation")
    table = adapter.load(in_scope.pk)
    assert table.requests.ids.tolist() == [waiting.pk]
    assert dict(zip(table.offers.ids.tolist(), table.offers.capacity.tolist(), strict=True)) == {
        match.volunteer_id: 2
    }
    assert table.taken == {match.citizen_id: match.number}


def test_paused_people_and_missing_papers_are_marked(in_scope):
    CitizenFactory(initiative=in_scope, paused_from=days(0))
    VolunteerFactory(
        initiative=in_scope, paused_from=days(-1), paused_until=days(-1), contract_until=days(-1)
    )
    policy = MatchingPolicy(initiative=in_scope, version=0, certificate_required=True)
    table = adapter.load(in_scope.pk, policy=policy)
    assert table.requests.paused.tolist() == [True]
    assert table.offers.paused.tolist() == [False]
    assert table.offers.missing_contract.tolist() == [True]
    assert table.offers.missing_certificate.tolist() == [True]
    policy.contract_required = policy.certificate_required = False
    table = adapter.load(in_scope.pk, policy=policy)
    assert not table.offers.missing_contract.any() and not table.offers.missing_certificate.any()


@pytest.mark.parametrize("seed", range(4))
def test_the_prefilter_loses_nobody_whom_the_engine_finds_possible(seed, in_scope):
    citizens, volunteers = people.make(in_scope, 40, 80, seed)
    rnd = random.Random(seed)
    Exclusion.objects.bulk_create(
        Exclusion(initiative=in_scope, citizen=one, volunteer=rnd.choice(volunteers), kind="other")
        for one in citizens[::3]
    )
    for volunteer in volunteers[::7]:
        MatchFactory(initiative=in_scope, volunteer=volunteer, number=volunteer.pk + 1000)
    policy = MatchingPolicy(initiative=in_scope, version=0, certificate_required=seed % 2 == 1)
    everybody = adapter.load(in_scope.pk, citizen_ids=[one.pk for one in citizens], policy=policy)
    approved = {pk for pk, status in everybody.volunteer_status.items() if status == "approved"}
    found = total = kept = 0
    for citizen in citizens:
        short = shortlist(citizen.pk, policy=policy)
        wanted = possible(everybody, citizen.pk) & approved
        assert possible(short, citizen.pk) == wanted
        for volunteer in list(wanted)[:2]:
            assert short.parts(citizen.pk, volunteer) == everybody.parts(citizen.pk, volunteer)
        found, kept, total = found + len(wanted), kept + len(short.offers), total + len(approved)
    assert 0 < found <= kept < total / 2, "the prefilter should leave less than half of all pairs"


def test_the_comparison_above_sees_a_prefilter_that_loses_somebody(in_scope, monkeypatch):
    from peer_support.matching import adapter_shortlist

    citizens, __ = people.make(in_scope, 40, 80)
    everybody = adapter.load(in_scope.pk, citizen_ids=[one.pk for one in citizens])
    monkeypatch.setattr(adapter_shortlist, "_square", lambda table, number: "1 = 0")
    assert any(possible(shortlist(one.pk), one.pk) != possible(everybody, one.pk) for one in citizens)


def test_the_number_of_queries_does_not_grow_with_the_people(in_scope, django_assert_num_queries):
    for size in (5, 60):
        people.make_more(in_scope, size)
        open_to_all = CitizenFactory(initiative=in_scope)
        VolunteerFactory(initiative=in_scope)
        with django_assert_num_queries(7):
            adapter.load(in_scope.pk)
        with django_assert_num_queries(3):
            shortlist(open_to_all.pk)


def test_people_of_another_initiative_are_in_no_table(in_scope, citizen, volunteer, other_initiative):
    CitizenFactory(initiative=other_initiative)
    VolunteerFactory(initiative=other_initiative)
    table = adapter.load(in_scope.pk)
    assert table.requests.ids.tolist() == [citizen.pk]
    assert table.offers.ids.tolist() == [volunteer.pk]
    assert shortlist(citizen.pk).offers.ids.tolist() == [volunteer.pk]


def test_policy_becomes_settings(in_scope):
    policy = MatchingPolicy(
        initiative=in_scope, version=0, weight_interests=1, weight_distance=2, weight_time=3, weight_hours=4
    )
    policy.aim, policy.waiting_points, policy.waiting_cap_days, policy.hysteresis = "best_fit", 9, 8, 7
    settings = adapter.settings_of(policy)
    assert settings.weights == {"interests": 1, "distance": 2, "time": 3, "hours": 4, "preferences": 50}
    assert (settings.aim, settings.waiting_per_day, settings.waiting_cap, settings.hysteresis) == (
        "best_fit",
        9,
        8,
        7,
    )
    assert settings.year == days(0).year


def test_nothing_that_is_encrypted_is_read_for_matching():
    from peer_support.privacy.fields import EncryptedTextField

    for model, names in (
        (Citizen, adapter.PLAIN + adapter.OF_CITIZENS),
        (Volunteer, adapter.PLAIN + adapter.OF_VOLUNTEERS),
    ):
        encrypted = {field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)}
        assert encrypted and not encrypted & set(names)


def test_the_prefilter_answers_only_about_citizens_in_the_scope_and_volunteers_of_their_initiative(
    in_scope, other_initiative
):
    from django_scopes import scopes_disabled

    foreign = CitizenFactory(initiative=other_initiative)
    VolunteerFactory(initiative=in_scope)
    with pytest.raises(Citizen.DoesNotExist):
        shortlist(foreign.pk)
    with scopes_disabled():
        assert shortlist(foreign.pk).offers.ids.tolist() == []


def test_outside_a_scope_the_prefilter_fails_instead_of_answering(initiative):
    from django_scopes.exceptions import ScopeError

    citizen = CitizenFactory(initiative=initiative)
    with pytest.raises(ScopeError):
        shortlist(citizen.pk)
