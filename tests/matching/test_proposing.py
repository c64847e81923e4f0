"""Who may be proposed to whom: one test per rule, by the service itself and by the rule that the screens ask."""

import pytest

from peer_support.access.decisions import NotAllowed
from peer_support.matching import rules, services
from peer_support.matching.models import Exclusion, Match
from peer_support.people.models import Citizen, Volunteer
from peer_support.testing.factories import (
    CitizenFactory,
    LanguageFactory,
    MeetingPlaceFactory,
    VolunteerFactory,
)

from .conftest import days

# code -> (what the citizen is, what the volunteer is)
STOPPED = {
    "not_waiting": ({"status": "conversation"}, {}),
    "citizen_ended": ({"status": "ended"}, {}),
    "not_approved": ({}, {"status": "conversation"}),
    "volunteer_ended": ({}, {"status": "ended"}),
    "pause_citizen": ({"paused_from": days(0)}, {}),
    "pause_volunteer": ({}, {"paused_from": days(-2), "paused_until": days(0)}),
    "contract": ({}, {"contract_on": None}),
    "capacity": ({}, {"capacity": 0}),
    "channel": ({"channels": 1}, {"channels": 2 | 8}),
    "gender": ({"gender_wish": 1}, {"gender": 2}),
    "age": ({}, {"age_wish_max": 30, "birth_year": 1990}),
    "distance": ({"channels": 1, "travel_km": 5}, {"channels": 1, "x": 30_000.0}),
}
# What looks like it might stop a pair and does not.
POSSIBLE = {
    "a pause that is over": ({"paused_from": days(-9), "paused_until": days(-1)}, {}),
    "a pause to come": ({}, {"paused_from": days(1)}),
    "a contract that ends today": ({}, {"contract_until": days(0)}),
    "an unknown gender": ({"gender_wish": 1}, {"gender": 0}),
    "an unknown year of birth": ({"age_wish_min": 30}, {"birth_year": None}),
    "unknown channels": ({"channels": 1}, {"channels": 0}),
    "far apart, but both telephone": ({"channels": 3, "travel_km": 5}, {"channels": 3, "x": 30_000.0}),
    "an unknown travel limit": ({"channels": 1}, {"channels": 1, "x": 30_000.0}),
    "an unknown place": ({"channels": 1, "travel_km": 5}, {"channels": 1, "x": None}),
}


def pair(initiative, of_citizen, of_volunteer):
    """Make two people, with ``x`` set on the row where given (east of the citizen, in metres)."""
    made = []
    for factory, values in ((CitizenFactory, of_citizen), (VolunteerFactory, of_volunteer)):
        plain = {name: value for name, value in values.items() if name != "x"}
        person = factory(initiative=initiative, **({"birth_year": 1950} | plain))
        x = values.get("x", 0.0)
        type(person).objects.filter(pk=person.pk).update(x=x, y=None if x is None else 0.0)
        person.refresh_from_db()
        made.append(person)
    return made


@pytest.mark.parametrize("code", STOPPED)
def test_a_rule_that_stops_a_pair_refuses_the_proposal_with_its_sentence(code, in_scope, coordinator):
    citizen, volunteer = pair(in_scope, *STOPPED[code])
    decision = rules.may_propose(citizen, volunteer)
    assert (decision.allowed, decision.code) == (False, code)
    with pytest.raises(NotAllowed) as refusal:
        services.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
    assert refusal.value.decision == decision
    assert str(citizen) in decision.reason or str(volunteer) in decision.reason
    assert not Match.objects.exists()


@pytest.mark.parametrize("name", POSSIBLE)
def test_what_is_unknown_or_over_stops_nobody(name, in_scope, coordinator):
    citizen, volunteer = pair(in_scope, *POSSIBLE[name])
    assert rules.may_propose(citizen, volunteer)
    match = services.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
    assert match.points == sum(part["points"] for part in match.parts.values())
    assert set(match.parts) == {"interests", "distance", "time", "hours", "preferences"}


def test_people_without_a_common_language_are_not_proposed_and_unknown_languages_are_no_hindrance(
    citizen, volunteer
):
    citizen.languages.add(LanguageFactory())
    assert rules.may_propose(citizen, volunteer)
    volunteer.languages.add(LanguageFactory())
    assert rules.may_propose(citizen, volunteer).code == "language"
    volunteer.languages.add(citizen.languages.get())
    assert rules.may_propose(citizen, volunteer)


def test_a_meeting_place_both_accept_brings_people_together_who_live_far_apart(in_scope):
    citizen, volunteer = pair(in_scope, *STOPPED["distance"])
    library = MeetingPlaceFactory(initiative=in_scope)
    type(library).objects.filter(pk=library.pk).update(x=2000.0, y=0.0)
    assert rules.may_propose(citizen, volunteer).code == "distance"
    volunteer.meeting_places.add(library)
    assert rules.may_propose(citizen, volunteer)


def test_certificate_and_contract_are_asked_for_where_the_policy_asks(citizen, volunteer, coordinator):
    assert rules.may_propose(citizen, volunteer)
    services.save_policy(
        initiative=citizen.initiative, values={"certificate_required": True}, user=coordinator
    )
    assert rules.may_propose(citizen, volunteer).code == "certificate"
    Volunteer.objects.update(certificate_seen_on=days(-400), certificate_until=days(-1))
    assert rules.may_propose(citizen, volunteer).code == "certificate"
    Volunteer.objects.update(certificate_until=days(0), contract_on=None)
    assert rules.may_propose(citizen, volunteer).code == "contract"
    services.save_policy(initiative=citizen.initiative, values={"contract_required": False}, user=coordinator)
    assert rules.may_propose(citizen, volunteer)


def test_a_proposal_holds_a_place_and_the_place_is_free_again_when_it_is_withdrawn(
    in_scope, citizen, volunteer, coordinator
):
    match = services.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
    other = CitizenFactory(initiative=in_scope)
    assert rules.may_propose(other, volunteer).code == "capacity"
    assert rules.may_propose(citizen, VolunteerFactory(initiative=in_scope)).code == "citizen_taken"
    services.withdraw(match=match, user=coordinator)
    assert rules.may_propose(other, volunteer)


def test_matches_are_numbered_per_initiative(in_scope, coordinator):
    numbers = [
        services.propose(
            citizen=CitizenFactory(initiative=in_scope),
            volunteer=VolunteerFactory(initiative=in_scope),
            user=coordinator,
        ).number
        for _ in range(3)
    ]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("kind", ["relative", "other"])
def test_a_pair_that_is_ruled_out_is_not_proposed_until_it_is_let_in_again(
    kind, citizen, volunteer, coordinator
):
    services.exclude_pair(citizen=citizen, volunteer=volunteer, kind=kind, user=coordinator)
    code = {"relative": "relative", "other": "excluded"}[kind]
    assert rules.may_propose(citizen, volunteer).code == code
    assert services.lift_exclusion(citizen=citizen, volunteer=volunteer, user=coordinator) is True
    assert services.lift_exclusion(citizen=citizen, volunteer=volunteer, user=coordinator) is False
    assert rules.may_propose(citizen, volunteer)


def test_what_a_coordinator_said_about_a_pair_is_not_overwritten_and_an_open_match_comes_first(
    citizen, volunteer, coordinator
):
    match = services.propose(citizen=citizen, volunteer=volunteer, user=coordinator)
    with pytest.raises(NotAllowed) as refusal:
        services.exclude_pair(citizen=citizen, volunteer=volunteer, kind="relative", user=coordinator)
    assert refusal.value.decision.code == "open_match"
    services.record_answer(match=match, side="volunteer", answer="no", user=coordinator)
    services.exclude_pair(citizen=citizen, volunteer=volunteer, kind="relative", user=coordinator)
    services.exclude_pair(citizen=citizen, volunteer=volunteer, kind="declined", user=coordinator)
    assert Exclusion.objects.get().kind == "relative"


def test_people_of_two_initiatives_are_not_proposed_and_foreign_people_are_not_even_seen(
    citizen, other_initiative, coordinator
):
    foreign = VolunteerFactory(initiative=other_initiative)
    assert rules.may_propose(citizen, foreign).code == "other_initiative"
    with pytest.raises(NotAllowed):
        services.propose(citizen=citizen, volunteer=foreign, user=coordinator)
    with pytest.raises(NotAllowed):
        services.exclude_pair(citizen=citizen, volunteer=foreign, user=coordinator)
    alien = Citizen(pk=10_000, initiative=citizen.initiative, number=1)
    assert rules.Judge(citizen.initiative_id, [alien.pk], []).decision(alien, foreign).code == "gone"


def test_a_changed_policy_is_a_new_version_and_what_is_not_changed_is_kept(initiative, in_scope, coordinator):
    first = services.save_policy(initiative=initiative, values={"weight_time": 300}, user=coordinator)
    second = services.save_policy(initiative=initiative, values={"months": 3}, user=coordinator)
    assert (first.version, second.version) == (1, 2)
    assert (second.weight_time, second.months, second.made_by) == (300, 3, coordinator)
    with pytest.raises(ValueError, match="no value called"):
        services.save_policy(initiative=initiative, values={"version": 9}, user=coordinator)
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        services.save_policy(initiative=initiative, values={"months": 7}, user=coordinator)
