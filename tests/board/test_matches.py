"""The list of matches, the weights, and the line on the admin's front page."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override, pgettext

from peer_support.access.scopes import scope_of
from peer_support.matching.board.menu import board_menu
from peer_support.matching.models import Match, MatchingPolicy
from peer_support.matching.models_match import State
from peer_support.people.menu import PeopleGroup
from peer_support.testing.factories import CitizenFactory, MatchFactory

from .conftest import at, text_of, told


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def rows(text):
    return text.count("<tr data-board-card")


def test_open_matches_are_shown_first_and_all_on_request(page, initiative):
    MatchFactory(initiative=initiative)
    MatchFactory(initiative=initiative, state="ended")
    assert rows(page("matches")) == 1
    assert rows(page("matches", state="")) == 2
    assert rows(page("matches", state="ended")) == 1


def test_an_answer_that_is_overdue_is_told_and_can_be_asked_for(page, initiative):
    MatchFactory(initiative=initiative, proposed_at=ago(9))
    MatchFactory(initiative=initiative, proposed_at=ago(1))
    assert page("matches").count("board-soon") == 1
    assert rows(page("matches", overdue="on")) == 1


def test_a_match_that_ends_soon_is_told_and_can_be_asked_for(page, initiative):
    today = timezone.localdate()
    for days in (10, 100, -3):
        MatchFactory(initiative=initiative, state="active", planned_end=today + datetime.timedelta(days=days))
    assert page("matches").count("board-soon") == 2
    assert rows(page("matches", ends_soon="on")) == 2


def test_every_open_proposal_names_its_next_step(page, initiative):
    match = MatchFactory(initiative=initiative, state="accepted")
    text = page("matches")
    assert at("match", match.pk) in text and "board-table__nothing" not in text


def test_the_list_is_cut_in_pages_and_loses_nothing(page, initiative, monkeypatch):
    monkeypatch.setattr("peer_support.matching.board.views.matches.PER_PAGE", 2)
    for __ in range(3):
        MatchFactory(initiative=initiative)
    assert rows(page("matches")) == 2 and rows(page("matches", p=2)) == 1
    assert rows(page("matches", p="x")) == 2


def test_without_matches_the_page_says_how_one_begins(page, initiative):
    text = page("matches")
    assert "board-empty" in text and at("waiting") in text
    MatchFactory(initiative=initiative)
    assert "board-empty" in page("matches", state="ended")


def test_the_number_of_queries_does_not_grow_with_the_matches(
    coordinator_client, initiative, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    MatchFactory(initiative=initiative)
    coordinator_client.get(at("matches"))
    with CaptureQueriesContext(connection) as few:
        coordinator_client.get(at("matches"))
    for __ in range(8):
        MatchFactory(initiative=initiative)
    with django_assert_max_num_queries(len(few)):
        coordinator_client.get(at("matches"))


WEIGHTS = {
    "weight_interests": 400,
    "weight_distance": 250,
    "weight_time": 200,
    "weight_hours": 100,
    "weight_preferences": 50,
    "waiting_points": 3,
    "waiting_cap_days": 365,
    "hysteresis": 50,
    "aim": "most_people",
    "contract_required": "on",
    "months": 6,
}


def versions(initiative):
    with scope_of(initiative.pk):
        return list(MatchingPolicy.objects.filter(initiative=initiative).order_by("version"))


def test_changed_weights_become_a_new_version_and_the_old_one_stands(send, initiative):
    send("weights", **WEIGHTS | {"weight_time": 300})
    text = send("weights", **WEIGHTS | {"weight_time": 350})
    assert [policy.weight_time for policy in versions(initiative)] == [300, 350]
    assert "300 → 350" in text and "200 → 300" in text and "Mette" in text


def test_saving_without_a_change_makes_no_version(send, initiative):
    assert told(send("weights", **WEIGHTS), "info")
    assert versions(initiative) == []


def test_a_weight_out_of_range_is_told_and_what_was_typed_stays(send, initiative):
    text = send("weights", **WEIGHTS | {"weight_time": 5000, "months": 9})
    assert text.count("error-message") >= 2 and 'value="5000"' in text
    assert versions(initiative) == []


def test_every_weight_is_explained(page, initiative):
    text = page("weights")
    assert text.count('_helptext"') >= 12


def test_weights_belong_to_the_initiative_in_the_form_not_to_the_one_looked_at_last(
    send, coordinator, initiative, other_initiative, coordinator_client
):
    from peer_support.testing.factories import AssignmentFactory

    AssignmentFactory(user=coordinator, initiative=other_initiative)
    coordinator_client.get(at("weights"), {"initiative": other_initiative.pk})
    send("weights", **WEIGHTS | {"weight_time": 300, "initiative": initiative.pk})
    assert len(versions(initiative)) == 1 and versions(other_initiative) == []


def test_the_front_page_says_who_waits_and_whose_answers_are_awaited(coordinator_client, initiative):
    CitizenFactory(initiative=initiative)
    match = MatchFactory(initiative=initiative, proposed_at=ago(9))
    text = text_of(coordinator_client.get(reverse("wagtailadmin_home")))
    panel = text[text.index("today-panel") :]
    assert at("waiting") in panel and at("match", match.pk) in panel


def test_the_menus_picture_is_not_the_one_of_the_people():
    assert board_menu().icon_name != PeopleGroup.menu_icon


def test_a_state_is_short_and_belongs_to_a_match():
    with override("en"):
        assert (str(State.MET.label), str(State.ACTIVE.label)) == ("have met", "active")
    with override("da"):
        assert str(State.ACTIVE.label) == pgettext("a match", "active")


def test_the_front_page_shows_nothing_of_it_to_an_editor(client_for, initiative):
    from peer_support.testing.factories import EditorFactory

    text = text_of(client_for(EditorFactory()).get(reverse("wagtailadmin_home")))
    assert "board-home" not in text and at("waiting") not in text


def test_the_menu_has_the_four_screens(coordinator_client, initiative):
    text = text_of(coordinator_client.get(at("waiting")))
    for name in ("waiting", "plan", "matches", "weights"):
        assert f"peer-support-{name}" in text and at(name) in text
    with scope_of(initiative.pk):
        assert not Match.objects.exists()
