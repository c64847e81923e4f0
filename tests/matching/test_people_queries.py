"""Who waits and who is free."""

import pytest

from peer_support.matching.people_queries import free_volunteers, waiting, with_open_matches
from peer_support.people.models import Volunteer
from peer_support.testing.factories import CitizenFactory, MatchFactory, VolunteerFactory

from .conftest import days


def test_the_longest_wait_comes_first_and_an_unknown_date_last(in_scope):
    late = CitizenFactory(initiative=in_scope, waiting_since=days(-3))
    unknown = CitizenFactory(initiative=in_scope, waiting_since=None)
    early = CitizenFactory(initiative=in_scope, waiting_since=days(-90), paused_from=days(0))
    CitizenFactory(initiative=in_scope, status="conversation")
    CitizenFactory(initiative=in_scope, status="ended")
    assert list(waiting()) == [early, late, unknown]
    assert [citizen.paused_today for citizen in waiting()] == [True, False, False]


@pytest.mark.parametrize("state", ["proposed", "accepted", "met", "active", "paused"])
def test_an_open_match_takes_the_citizen_off_the_list_and_holds_a_place(state, in_scope):
    match = MatchFactory(
        initiative=in_scope, state=state, volunteer=VolunteerFactory(initiative=in_scope, capacity=2)
    )
    assert match.citizen not in waiting()
    volunteer = free_volunteers().get()
    assert (volunteer.open_matches, volunteer.free_places) == (1, 1)


@pytest.mark.parametrize("state", ["ended", "declined", "withdrawn"])
def test_a_closed_match_takes_nobodys_place(state, in_scope):
    match = MatchFactory(initiative=in_scope, state=state)
    assert match.citizen in waiting()
    assert free_volunteers().get().free_places == 1


def test_free_places_never_go_below_nought_and_the_full_the_paused_and_the_unapproved_are_not_free(in_scope):
    crowded = VolunteerFactory(initiative=in_scope, capacity=2)
    for _ in range(2):
        MatchFactory(initiative=in_scope, volunteer=crowded)
    Volunteer.objects.filter(pk=crowded.pk).update(capacity=1)
    VolunteerFactory(initiative=in_scope, paused_from=days(-1))
    VolunteerFactory(initiative=in_scope, status="conversation")
    free = VolunteerFactory(initiative=in_scope, paused_from=days(1))
    over = VolunteerFactory(initiative=in_scope, paused_from=days(-9), paused_until=days(-1))
    assert set(free_volunteers()) == {free, over}
    assert with_open_matches(Volunteer.objects.filter(pk=crowded.pk)).get().free_places == 0


def test_other_initiatives_people_are_neither_waiting_nor_free(in_scope, other_initiative):
    CitizenFactory(initiative=other_initiative)
    VolunteerFactory(initiative=other_initiative)
    assert not waiting().exists() and not free_volunteers().exists()
