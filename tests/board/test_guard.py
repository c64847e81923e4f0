"""Who may come in, what is not found, what is written down, and what a browser may keep."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from peer_support.access.scopes import scope_of
from peer_support.matching import services
from peer_support.matching.models import Exclusion, Match, MatchingPolicy, MatchRun
from peer_support.matching.presenting import plans_for
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    EditorFactory,
    MatchFactory,
    VolunteerFactory,
)

from .conftest import at, text_of

SCREENS = ("waiting", "plan", "matches", "weights")
CANARY = "Kanariefugl"


@pytest.fixture
def foreign(other_initiative):
    """Addresses of every screen about a record of another initiative, whose people carry the canary's name."""
    with scope_of(other_initiative.pk):
        citizen = CitizenFactory(initiative=other_initiative, first_name=CANARY)
        volunteer = VolunteerFactory(initiative=other_initiative, first_name=CANARY)
        match = MatchFactory(
            initiative=other_initiative, volunteer__first_name=CANARY, citizen__first_name=CANARY
        )
        policy = MatchingPolicy.objects.create(initiative=other_initiative)
        run = services.save_run(
            initiative=other_initiative,
            policy=policy,
            plan=plans_for(other_initiative, policy)["most_people"].plan,
            user=None,
        )
    gets = [
        at("ranking", citizen.pk),
        at("compare", citizen.pk) + f"?a={volunteer.pk}&b={volunteer.pk}",
        at("swap", citizen.pk),
        at("run", run.pk),
        at("match", match.pk),
        *(at(name) + f"?initiative={other_initiative.pk}" for name in SCREENS),
    ]
    posts = [
        (at("propose", citizen.pk), {"volunteer": volunteer.pk}),
        (at("rule_out", citizen.pk), {"volunteer": volunteer.pk, "kind": "other"}),
        (at("rule_in", citizen.pk), {"volunteer": volunteer.pk}),
        (at("run_confirm", run.pk), {"citizen": [citizen.pk]}),
        (at("match_action", match.pk, "withdraw"), {"version": match.version}),
        (at("plan_save"), {"initiative": other_initiative.pk, "then": "save"}),
        (at("weights"), {"initiative": other_initiative.pk, "weight_time": 1}),
    ]
    return gets, posts


def test_another_initiatives_records_are_not_found(coordinator_client, foreign):
    gets, posts = foreign
    for url in gets:
        assert coordinator_client.get(url).status_code == 404, url
    for url, data in posts:
        assert coordinator_client.post(url, data).status_code == 404, url


def test_the_control_their_own_coordinator_finds_them(client_for, foreign, other_initiative):
    client = client_for(CoordinatorFactory(initiative=other_initiative))
    found = "".join(text_of(client.get(url, follow=True)) for url in foreign[0])
    assert CANARY in found


def test_a_volunteer_of_another_initiative_is_not_found_for_an_own_citizen(
    coordinator_client, town, other_initiative
):
    stranger = VolunteerFactory(initiative=other_initiative)
    response = coordinator_client.post(at("propose", town.asta.pk), {"volunteer": stranger.pk})
    assert response.status_code == 404


def test_a_volunteer_of_another_own_initiative_is_not_found_either(
    coordinator_client, coordinator, town, other_initiative
):
    from peer_support.testing.factories import AssignmentFactory

    AssignmentFactory(user=coordinator, initiative=other_initiative)
    stranger = VolunteerFactory(initiative=other_initiative)
    response = coordinator_client.post(at("propose", town.asta.pk), {"volunteer": stranger.pk})
    assert response.status_code == 404


def test_no_list_shows_anybody_from_elsewhere(page, foreign, town):
    for name in SCREENS:
        assert CANARY not in page(name)


@pytest.fixture
def named_screens(town, coordinator):
    """Addresses of every screen about people, all of whom carry the canary's name."""
    with scope_of(town.initiative.pk):
        for person in (*town.citizens, *town.volunteers):
            person.first_name = person.last_name = CANARY
            person.save()
        match = MatchFactory(
            initiative=town.initiative, volunteer__first_name=CANARY, citizen__first_name=CANARY
        )
        policy = MatchingPolicy.objects.create(initiative=town.initiative)
        plan = plans_for(town.initiative, policy)["most_people"].plan
        run = services.save_run(initiative=town.initiative, policy=policy, plan=plan, user=coordinator)
    asta, pair = town.asta.pk, f"?a={town.vilma.pk}&b={town.walther.pk}"
    about_people = [
        at("ranking", asta),
        at("compare", asta) + pair,
        at("swap", asta),
        at("run", run.pk),
        at("match", match.pk),
    ]
    return [*map(at, ("waiting", "plan", "matches")), *about_people], at("weights")


def test_no_name_stands_in_a_title_or_a_breadcrumb(coordinator_client, named_screens):
    with_names, without = named_screens
    for url in (*with_names, without):
        page = BeautifulSoup(text_of(coordinator_client.get(url)), "html.parser")
        kept = [page.title, *page.select("[data-controller~='w-breadcrumbs']")]
        assert len(kept) > 1, url
        assert not any(CANARY in part.text or CANARY in str(part) for part in kept), url
        # The control: the name is on the page, where it belongs.
        assert (CANARY in page.main.text) == (url in with_names), url


def test_a_saved_plan_holds_no_name(named_screens, town):
    with scope_of(town.initiative.pk):
        run = MatchRun.objects.get()
    assert run.count and CANARY not in json.dumps(run.result)


def test_without_the_permission_there_is_no_board(client_for, town):
    client = client_for(EditorFactory(initiative=town.initiative))
    for url in [*map(at, SCREENS), at("ranking", town.asta.pk)]:
        response = client.get(url, follow=True)
        assert "Asta" not in text_of(response) and "data-board" not in text_of(response)
    client.post(at("propose", town.asta.pk), {"volunteer": town.vilma.pk})
    with scope_of(town.initiative.pk):
        assert not Match.objects.exists()


def test_who_is_not_signed_in_is_sent_to_the_door(town):
    response = Client().get(at("waiting"))
    assert response.status_code == 302 and "login" in response.url


def test_who_coordinates_no_initiative_is_told_why_it_is_empty(client_for, town):
    client = client_for(CoordinatorFactory())
    for url in map(at, SCREENS):
        text = text_of(client.get(url))
        assert "board-empty" in text and "Asta" not in text
    assert client.get(at("ranking", town.asta.pk)).status_code == 404


def test_every_change_wants_a_token(coordinator, town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    for name in ("propose", "rule_out", "rule_in"):
        response = client.post(at(name, town.asta.pk), {"volunteer": town.vilma.pk, "kind": "other"})
        assert response.status_code == 403
    assert client.post(at("plan_save"), {"then": "save"}).status_code == 403


def test_looking_at_an_address_that_changes_something_changes_nothing(coordinator_client, town):
    for name in ("propose", "rule_out", "rule_in"):
        response = coordinator_client.get(
            at(name, town.asta.pk), {"volunteer": town.vilma.pk, "kind": "other"}
        )
        assert response.status_code == 405
    assert coordinator_client.get(at("plan_save")).status_code == 405
    with scope_of(town.initiative.pk):
        assert not Match.objects.exists() and not Exclusion.objects.exists() and not MatchRun.objects.exists()


def test_no_screen_is_kept_by_a_browser(coordinator_client, town):
    match = MatchFactory(initiative=town.initiative)
    for url in [*map(at, SCREENS), at("ranking", town.asta.pk), at("match", match.pk)]:
        assert "no-store" in coordinator_client.get(url)["Cache-Control"], url


def seen(action, objects, route):
    return set(
        AccessLogEntry.objects.filter(
            action=action, model=objects[0]._meta.label_lower, route=f"peer_support_matching:{route}"
        ).values_list("object_id", flat=True)
    ) == {obj.pk for obj in objects}


def test_who_was_shown_is_written_down(page, town):
    page("waiting")
    assert seen("list", town.citizens, "waiting")
    page("ranking", town.asta.pk)
    assert seen("read", [town.asta], "ranking")
    assert seen("list", town.volunteers, "ranking")
    plan = page("plan")
    assert seen("list", town.citizens, "plan")
    named = [volunteer for volunteer in town.volunteers if volunteer.first_name in plan]
    assert named and seen("list", named, "plan")
    swap = page("swap", town.asta.pk)
    named = [volunteer for volunteer in town.volunteers if volunteer.first_name in swap]
    assert named and seen("list", named, "swap")
    match = MatchFactory(initiative=town.initiative)
    page("match", match.pk)
    assert seen("read", [match], "match") and seen("read", [match.citizen], "match")


def test_a_name_is_written_as_text_never_as_markup(page, send, town):
    with scope_of(town.initiative.pk):
        town.asta.first_name = "<script>alert(1)</script>"
        town.asta.save()
    for name, args in (("waiting", ()), ("ranking", (town.asta.pk,)), ("plan", ())):
        assert "<script>alert" not in page(name, *args)
    assert "<script>alert" not in send("rule_out", town.asta.pk, volunteer=town.vilma.pk, kind="other")
