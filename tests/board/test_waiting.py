"""Waiting: who waits, longest first, and what is missing."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from peer_support.access.scopes import scope_of
from peer_support.matching.board.words import hours_of
from peer_support.people.models import Citizen
from peer_support.testing.factories import AssignmentFactory, CitizenFactory, InitiativeFactory, MatchFactory

from .conftest import at, text_of


def test_the_longest_wait_comes_first_and_in_its_step(page, town):
    text = page("waiting")
    places = [
        text.index(name) for name in ("step-over180", "Asta", "step-to90", "Bror", "step-to30", "Carla")
    ]
    assert places == sorted(places)


def test_a_row_says_town_interests_hours_and_the_case_number(page, town):
    text = page("waiting")
    assert "Helsingør · Musik for to · 1–2" in text
    assert str(town.asta) in text


def test_what_is_not_told_is_named_with_a_link_to_ask(page, town):
    with scope_of(town.initiative.pk):
        town.bror.postcode = town.bror.times = ""
        town.bror.save()
    text = page("waiting")
    assert f"/people/citizen/{town.bror.pk}/conversation/" in text
    assert "board-unknown" in text


def test_a_citizen_with_a_proposal_stands_apart_and_links_to_it(page, town):
    match = MatchFactory(initiative=town.initiative, citizen=town.asta, volunteer=town.vilma)
    text = page("waiting")
    assert text.index("step-proposed") < text.index("Asta")
    assert at("match", match.pk) in text
    assert at("ranking", town.asta.pk) not in text


def test_a_citizen_whose_match_is_active_does_not_wait(page, town):
    MatchFactory(initiative=town.initiative, citizen=town.asta, volunteer=town.vilma, state="active")
    assert "Asta" not in page("waiting")


def test_too_few_places_are_told(page, town):
    assert "board-note" not in page("waiting")
    for _n in range(3):
        CitizenFactory(initiative=town.initiative)
    assert "board-note" in page("waiting")


def test_filters_narrow_the_list_and_can_be_taken_away_one_by_one(page, town):
    text = page("waiting", waiting="over180")
    assert "Asta" in text and "Bror" not in text
    assert 'href="?"' in text
    with scope_of(town.initiative.pk):
        town.bror.postcode = ""
        town.bror.paused_from = timezone.localdate() - datetime.timedelta(days=1)
        town.bror.save()
    assert "Bror" in (text := page("waiting", missing="postcode")) and "Asta" not in text
    assert "Bror" in (text := page("waiting", pause="yes")) and "Asta" not in text
    assert "Bror" not in page("waiting", pause="no")
    assert "Bror" not in page("waiting", town="Helsingør")
    assert "Bror" in page("waiting", missing="any")


def test_a_filter_that_fits_nobody_offers_the_way_back(page, town):
    text = page("waiting", waiting="to180")
    assert "board-empty" in text and 'href="?"' in text


def test_a_filter_value_from_nowhere_is_no_fault(page, town):
    assert "Asta" in page("waiting", waiting="yesterday", town="Atlantis")


def test_with_nobody_waiting_the_page_says_what_it_is_for(page, initiative):
    assert "board-empty" in page("waiting")


def test_who_has_two_initiatives_chooses_and_the_choice_is_remembered(coordinator, coordinator_client, town):
    second = InitiativeFactory(title="Bjergets peers")
    AssignmentFactory(user=coordinator, initiative=second)
    CitizenFactory(initiative=second, first_name="Zita")
    first = text_of(coordinator_client.get(at("waiting"), {"initiative": town.initiative.pk}))
    assert "Asta" in first and "Zita" not in first and "board-switch" in first
    assert "Zita" in text_of(coordinator_client.get(at("waiting"), {"initiative": second.pk}))
    assert "Zita" in text_of(coordinator_client.get(at("waiting")))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("1", "2", "1–2 hours a week"),
        ("0.5", "1", "0.5–1 hour a week"),
        ("0.5", "0.5", "0.5 hour a week"),
        ("1", "1", "1 hour a week"),
        (None, "1", "up to 1 hour a week"),
        (None, "1.5", "up to 1.5 hours a week"),
        ("1", None, "from 1 hour a week"),
        ("10", None, "from 10 hours a week"),
        (None, None, ""),
    ],
)
def test_up_to_one_hour_is_one_hour(low, high, words):
    known = {"hours_min": low and Decimal(low), "hours_max": high and Decimal(high)}
    with override("en"):
        assert hours_of(Citizen(**known)) == words


def test_half_an_hour_is_one_in_danish_too():
    with override("da"):
        assert hours_of(Citizen(hours_min=Decimal("0.5"), hours_max=Decimal("0.5"))) == "0,5 time om ugen"


@pytest.mark.parametrize(("days", "words"), [(1, "1</strong> day."), (2, "2</strong> days.")])
def test_one_person_and_one_day_have_words_of_their_own(page_in_english, initiative, days, words):
    citizen = CitizenFactory(initiative=initiative)
    with scope_of(initiative.pk):
        citizen.waiting_since = timezone.localdate() - datetime.timedelta(days=days)
        citizen.save()
    lead = page_in_english("waiting").split("board-lead", 1)[1].split("</p>")[0]
    assert "<strong>1</strong> person waits for a match." in lead and words in lead


def test_what_is_missing_is_said_in_two_words_on_the_chip(page_in_english, town):
    with scope_of(town.initiative.pk):
        town.bror.postcode = ""
        town.bror.save()
    chips = page_in_english("waiting", missing="postcode").split("board-chips", 1)[1].split("</ul>")[0]
    assert "Missing: Postcode" in chips


def test_the_last_day_of_a_pause_belongs_to_it(page_in_english, town):
    today = timezone.localdate()
    with scope_of(town.initiative.pk):
        town.bror.paused_from = town.bror.paused_until = today
        town.bror.save()
    assert "On a pause until and including" in page_in_english("waiting")


def test_with_one_initiative_there_is_nothing_to_choose(page, town):
    assert "board-switch" not in page("waiting")


def test_the_number_of_queries_does_not_grow_with_the_number_who_wait(
    coordinator_client, town, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    coordinator_client.get(at("waiting"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        coordinator_client.get(at("waiting"))
    for _n in range(12):
        CitizenFactory(initiative=town.initiative)
    with django_assert_max_num_queries(len(few)):
        coordinator_client.get(at("waiting"))
