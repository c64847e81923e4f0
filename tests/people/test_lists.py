"""The lists of people and the page of one person."""

import datetime
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.directory.models import Postcode
from peer_support.people.models import Interest, Language
from peer_support.privacy.access_log import entries_for
from peer_support.testing.factories import (
    CitizenFactory,
    ConversationFactory,
    DeputyFactory,
    MatchFactory,
    MeetingPlaceFactory,
    VolunteerFactory,
)

pytestmark = pytest.mark.django_db
CITIZENS, VOLUNTEERS = "/admin/people/citizen/", "/admin/people/volunteer/"


def ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def body(response):
    return response.content.decode()


def listed(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return {person.first_name for person in response.context["object_list"]}


def test_the_list_says_who_it_is_how_long_they_wait_and_what_to_ask(coordinator_client, initiative):
    CitizenFactory(initiative=initiative, first_name="Alma", last_name="Askholt", waiting_since=ago(41))
    html = coordinator_client.get(CITIZENS).content.decode()
    assert "Alma Askholt" in html and "41" in html and "3000" in html


def test_somebody_with_a_match_does_not_wait(coordinator_client, initiative):
    MatchFactory(initiative=initiative, citizen__waiting_since=ago(987), state="active")
    assert "987" not in coordinator_client.get(CITIZENS).content.decode()


def test_a_volunteer_s_free_places_are_counted(coordinator_client, initiative):
    busy = VolunteerFactory(initiative=initiative, first_name="Birk", capacity=2)
    MatchFactory(initiative=initiative, volunteer=busy)
    MatchFactory(initiative=initiative, volunteer=busy, state="ended")
    full = VolunteerFactory(initiative=initiative, first_name="Gorm", capacity=1)
    MatchFactory(initiative=initiative, volunteer=full, state="active")
    rows = coordinator_client.get(VOLUNTEERS).context["object_list"]
    free = {v.first_name: v.free_places for v in rows}
    assert (free["Birk"], free["Gorm"]) == (1, 0)
    assert "Birk" in listed(coordinator_client, VOLUNTEERS, free="yes")
    assert "Gorm" not in listed(coordinator_client, VOLUNTEERS, free="yes")
    assert "Gorm" in listed(coordinator_client, VOLUNTEERS, free="no")


class TestFilters:
    @pytest.fixture(autouse=True)
    def two(self, initiative):
        with scope_of(initiative.pk):
            self.alma = CitizenFactory(
                initiative=initiative, first_name="Alma", waiting_since=ago(10), channels=5, postcode="3000"
            )
            self.bo = CitizenFactory(
                initiative=initiative,
                first_name="Bo",
                waiting_since=ago(200),
                channels=8,
                postcode="8000",
                paused_from=ago(3),
            )
            self.cilje = CitizenFactory(
                initiative=initiative, first_name="Cilje", status="enquiry", waiting_since=None
            )
            self.alma.interests.set(Interest.objects.all()[:1])
            self.bo.languages.set(Language.objects.all()[:1])

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"status": "enquiry"}, {"Cilje"}),
            ({"waited": "0-30"}, {"Alma"}),
            ({"waited": "31-90"}, set()),
            ({"waited": "181-"}, {"Bo"}),
            ({"paused": "yes"}, {"Bo"}),
            ({"paused": "no"}, {"Alma", "Cilje"}),
            ({"postcode": "80"}, {"Bo"}),
            ({"channel": "4"}, {"Alma"}),
            ({"channel": "8"}, {"Bo"}),
        ],
    )
    def test_a_filter_keeps_those_it_says(self, coordinator_client, query, found):
        assert listed(coordinator_client, CITIZENS, **query) == found

    def test_the_status_of_the_list_is_the_status_to_filter_by(self, coordinator_client, initiative):
        matched = MatchFactory(
            initiative=initiative, citizen__first_name="Dagny", citizen__waiting_since=ago(10)
        )
        assert matched.citizen.status == "waiting"
        assert listed(coordinator_client, CITIZENS, status="waiting") == {"Alma", "Bo"}
        assert listed(coordinator_client, CITIZENS, status="matched") == {"Dagny"}
        assert listed(coordinator_client, CITIZENS, waited="0-30") == {"Alma"}

    @pytest.mark.parametrize("url", [CITIZENS, VOLUNTEERS])
    def test_no_filter_begins_with_a_row_of_dashes(self, coordinator_client, url):
        assert "-----" not in body(coordinator_client.get(url))

    def test_by_interest_language_and_municipality(self, coordinator_client):
        interest, language = Interest.objects.first(), Language.objects.first()
        with scope_of(self.alma.initiative_id):
            interest = self.alma.interests.get()
        assert listed(coordinator_client, CITIZENS, interests=interest.pk) == {"Alma"}
        assert listed(coordinator_client, CITIZENS, languages=language.pk) == {"Bo"}
        municipality = Postcode.objects.get(pk="3000").municipality_id
        assert "Bo" not in listed(coordinator_client, CITIZENS, municipality=municipality)
        assert "Alma" in listed(coordinator_client, CITIZENS, municipality=municipality)

    def test_the_initiative_is_no_question_for_somebody_with_one(self, coordinator_client):
        assert "initiative" not in coordinator_client.get(CITIZENS).context["filters"].form.fields


class TestOnePerson:
    def test_the_page_shows_the_groups_the_conversations_and_the_next_step(
        self, coordinator_client, initiative
    ):
        citizen = CitizenFactory(
            initiative=initiative, status="conversation", waiting_since=None, wish="Ud igen"
        )
        talk = ConversationFactory(citizen=citizen, notes="Vi talte om haver", next_step="Ringe tirsdag")
        html = coordinator_client.get(f"{CITIZENS}inspect/{citizen.pk}/").content.decode()
        for words in ("Ud igen", "Vi talte om haver", "Ringe tirsdag", f"/citizen/{citizen.pk}/finish/"):
            assert words in html
        assert entries_for(talk).get().action == "read" and entries_for(citizen).get().action == "read"

    @pytest.mark.parametrize(
        ("facts", "screen"),
        [
            ({"status": "enquiry"}, "conversation"),
            ({"status": "conversation"}, "finish"),
            ({"status": "conversation", "came_by": "relative"}, "conversation"),
            ({"status": "waiting", "paused_from": datetime.date(2026, 1, 1)}, "resume"),
            ({"status": "ended"}, "back"),
        ],
    )
    def test_there_is_one_next_step_and_it_fits(self, coordinator_client, initiative, facts, screen):
        citizen = CitizenFactory(initiative=initiative, **facts)
        response = coordinator_client.get(f"{CITIZENS}inspect/{citizen.pk}/")
        step, *quieter = response.context["steps"]
        assert step["url"].endswith(f"/{screen}/")
        # Whoever has only asked can be given a time as well.
        assert [one["step"].screen for one in quieter] == (["book"] if citizen.status == "enquiry" else [])

    def test_for_one_who_waits_it_is_finding_a_match_and_a_conversation_is_quieter(
        self, coordinator_client, initiative
    ):
        citizen = CitizenFactory(initiative=initiative)
        response = coordinator_client.get(f"{CITIZENS}inspect/{citizen.pk}/")
        assert [step["url"] for step in response.context["steps"]] == [
            f"/admin/matching/citizen/{citizen.pk}/",
            f"/admin/people/citizen/{citizen.pk}/conversation/",
        ]
        assert re.findall(r'<a class="(button[^"]*)" href="/admin/(matching|people)/citizen', body(response))[
            :2
        ] == [
            ("button", "matching"),
            ("button button-secondary", "people"),
        ]
        assert coordinator_client.get(f"/admin/matching/citizen/{citizen.pk}/").status_code == 200

    @pytest.mark.parametrize("state", ["proposed", "active", "paused"])
    def test_for_one_with_an_open_match_it_is_opening_that_match(self, coordinator_client, initiative, state):
        match = MatchFactory(initiative=initiative, state=state)
        response = coordinator_client.get(f"{CITIZENS}inspect/{match.citizen_id}/")
        address = f"/admin/matching/matches/{match.pk}/"
        assert response.context["steps"][0]["url"] == address
        assert coordinator_client.get(address).status_code == 200

    def test_for_one_whose_match_has_ended_it_is_finding_another(self, coordinator_client, initiative):
        match = MatchFactory(initiative=initiative, state="ended")
        response = coordinator_client.get(f"{CITIZENS}inspect/{match.citizen_id}/")
        assert response.context["steps"][0]["url"].startswith("/admin/matching/citizen/")

    def test_somebody_who_makes_no_matches_is_not_sent_to_a_closed_door(self, client_for, initiative):
        user = DeputyFactory(initiative=initiative)
        for group in user.groups.all():
            group.permissions.remove(*group.permissions.filter(codename="make_match"))
        response = client_for(user).get(f"{CITIZENS}inspect/{CitizenFactory(initiative=initiative).pk}/")
        (step,) = response.context["steps"]
        assert step["url"].endswith("/conversation/")

    @pytest.mark.parametrize("state", ["proposed", "active"])
    def test_somebody_with_a_match_or_a_proposal_is_nowhere_said_to_wait_for_one(
        self, coordinator_client, initiative, state
    ):
        coordinator_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        citizen = MatchFactory(initiative=initiative, state=state).citizen
        for url in (f"{CITIZENS}inspect/{citizen.pk}/", f"/admin/people/citizen/{citizen.pk}/conversation/"):
            head = body(coordinator_client.get(url)).split("peer-line", 1)[1].split("</p>", 1)[0]
            assert "has a match or a proposal" in head and "waiting" not in head
        row = body(coordinator_client.get(CITIZENS + "results/"))
        assert "has a match or a proposal" in row and "waiting for a match" not in row
        # The control: without the match the same pages say that the citizen waits.
        other = CitizenFactory(initiative=initiative)
        assert "waiting for a match" in body(coordinator_client.get(CITIZENS + "results/"))
        assert "waiting for a match" in body(coordinator_client.get(f"{CITIZENS}inspect/{other.pk}/"))

    def test_who_made_the_contact_is_no_question_where_nobody_else_did(self, coordinator_client, initiative):
        for came_by, shown in (("self", False), ("relative", True)):
            citizen = CitizenFactory(initiative=initiative, came_by=came_by)
            groups = coordinator_client.get(f"{CITIZENS}inspect/{citizen.pk}/").context["groups"]
            labels = {row["label"].casefold() for row in groups[0]["rows"]}
            verbose = str(citizen._meta.get_field("consent_on").verbose_name).casefold()
            assert (verbose in labels) is shown

    def test_somebody_else_s_person_is_not_found(self, coordinator_client, other_initiative):
        for person, url in (
            (CitizenFactory(initiative=other_initiative), CITIZENS),
            (VolunteerFactory(initiative=other_initiative), VOLUNTEERS),
        ):
            assert coordinator_client.get(f"{url}inspect/{person.pk}/").status_code == 404

    def test_a_deputy_takes_in_and_talks_but_does_not_export(self, initiative, client_for):
        client = client_for(DeputyFactory(initiative=initiative))
        citizen = CitizenFactory(initiative=initiative)
        assert client.get(f"{CITIZENS}{citizen.pk}/conversation/").status_code == 200
        assert client.get("/admin/people/citizen/new/").status_code == 200
        assert client.get(CITIZENS, {"export": "csv"}).status_code == 302


def test_the_export_of_citizens_holds_no_names(coordinator_client, initiative):
    CitizenFactory(initiative=initiative, first_name="Alma", last_name="Askholt", phone="12345678")
    text = coordinator_client.get(CITIZENS, {"export": "csv"}).content.decode()
    assert "3000" in text and "Alma" not in text and "12345678" not in text


def test_the_export_of_volunteers_makes_no_formulas(coordinator_client, initiative):
    VolunteerFactory(initiative=initiative, first_name="=1+1", last_name="", phone="+4512345678")
    text = coordinator_client.get(VOLUNTEERS, {"export": "csv"}).content.decode()
    assert "'=1+1" in text and "'+4512345678" in text


def test_a_meeting_place_is_added_for_one_s_own_initiative_only(
    coordinator_client, initiative, other_initiative
):
    url = "/admin/people/places/create/"
    data = {"initiative": initiative.pk, "name": "Biblioteket", "address": "", "postcode": "3000"}
    assert coordinator_client.post(url, data).status_code == 302
    assert coordinator_client.post(url, {**data, "initiative": other_initiative.pk}).status_code == 200
    theirs = MeetingPlaceFactory(initiative=other_initiative)
    assert coordinator_client.get(f"/admin/people/places/edit/{theirs.pk}/").status_code == 404
    html = coordinator_client.get("/admin/people/places/").content.decode()
    assert "Biblioteket" in html and theirs.name not in html


@pytest.mark.parametrize("url", [CITIZENS, VOLUNTEERS, "/admin/people/places/"])
def test_every_list_is_dressed_by_the_one_stylesheet_of_the_lists(coordinator_client, url):
    html = body(coordinator_client.get(url))
    assert "peer_support/access/admin.css" in html and 'id="listing-results"' in html
    css = Path(finders.find("peer_support/access/admin.css")).read_text()
    assert ".peer-find .button .icon" in css and "#listing-results .listing td" in css


@pytest.mark.parametrize("url", [CITIZENS, VOLUNTEERS, "/admin/people/places/"])
def test_an_empty_list_says_what_to_do(coordinator_client, url):
    assert "peer-empty" in coordinator_client.get(url).content.decode()


def test_a_list_of_many_costs_no_query_per_person(
    coordinator_client, initiative, django_assert_max_num_queries
):
    for make in (CitizenFactory, VolunteerFactory):
        make.create_batch(3, initiative=initiative)
    for url in (CITIZENS, VOLUNTEERS):
        coordinator_client.get(url)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    few = {}
    for url in (CITIZENS, VOLUNTEERS):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            coordinator_client.get(url)
        few[url] = len(captured)
    for make in (CitizenFactory, VolunteerFactory):
        make.create_batch(10, initiative=initiative)
    for url, number in few.items():
        with django_assert_max_num_queries(number):
            coordinator_client.get(url)


@pytest.mark.parametrize("kind", ["citizen", "volunteer"])
def test_the_day_of_the_end_is_shown_when_there_is_one(kind, coordinator_client, initiative):
    """An end that has not been is not something nobody has told yet."""
    make = {"citizen": CitizenFactory, "volunteer": VolunteerFactory}[kind]
    going = make(initiative=initiative)
    ended = make(initiative=initiative, status="ended", ended_on=datetime.date(2026, 8, 3))
    page = "/admin/people/{}/inspect/{}/".format
    heading = "<dt>Afsluttet</dt>"
    assert heading not in coordinator_client.get(page(kind, going.pk)).content.decode()
    assert heading in coordinator_client.get(page(kind, ended.pk)).content.decode()
