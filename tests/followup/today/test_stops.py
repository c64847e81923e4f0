"""A stop has a clock: after a year one line asks whether what is kept is needed still, and asks nothing of the person."""

import datetime
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import peer_support
from peer_support.access.scopes import scope_of
from peer_support.followup.today import registry
from peer_support.followup.today.registry import Line, register_source
from peer_support.followup.today.sources_stops import long_stops
from peer_support.people import holds
from peer_support.people.erasing import erase_person
from peer_support.people.models import Citizen, LegalHold, Volunteer
from peer_support.people.services_standing import lift_stop, stop_use
from peer_support.people.staleness import months_before
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make

pytestmark = pytest.mark.django_db
TODAY = reverse("peer_support_today:today")
FACTORIES = {"citizen": make.CitizenFactory, "volunteer": make.VolunteerFactory}
STATUSES = [
    (kind, status)
    for kind, model in (("citizen", Citizen), ("volunteer", Volunteer))
    for status in model.Status.values
]


def left_alone(initiative, since, kind="citizen", **values):
    """Somebody whose record has been left alone since the day ``since``."""
    values.setdefault("status", "waiting" if kind == "citizen" else "approved")
    with scope_of(initiative.pk):
        person = FACTORIES[kind](initiative=initiative, restricted_on=since, **values)
    return person


def sentences(html):
    page = BeautifulSoup(html, "html.parser")
    return [found.get_text(strip=True) for found in page.select(".today-line__sentence")]


@pytest.fixture
def asked(the_list):
    """Return a function: whom the list asks about on a day, the put off ones left out."""
    return lambda on=None: [person for item in the_list(on).items for person in item.line.people]


@pytest.fixture
def a_year_ago(day):
    return months_before(day, 12)


@pytest.mark.parametrize(("kind", "status"), STATUSES)
def test_long_stops(kind, status, asked, lines, initiative, day, a_year_ago):
    person = left_alone(initiative, a_year_ago, kind, status=status)
    left_alone(initiative, a_year_ago + datetime.timedelta(days=1), kind, status=status)
    left_alone(initiative, months_before(day, 11), kind, status=status)
    # Whoever has ended has a clock already.
    assert asked() == ([] if status == "ended" else [person])
    if status != "ended":
        assert lines("soon") == [
            f"{person} – oplysningerne har fået lov at ligge i 1 år. Er der stadig brug for dem?"
        ]


def test_the_line_sends_nobody_to_the_telephone(the_list, lines, initiative, a_year_ago):
    left_alone(initiative, a_year_ago)
    (item,) = the_list().items
    assert item.line.kind == "soon" and item.urgency == "soon" and item.line.due is None
    assert item.line.hint.startswith("Ring og skriv ikke")


def test_it_goes_when_the_stop_is_lifted_and_a_new_stop_begins_anew(
    asked, initiative, coordinator, a_year_ago
):
    person = left_alone(initiative, a_year_ago)
    assert asked() == [person]
    with scope_of(initiative.pk):
        lift_stop(person=person, user=coordinator)
        assert asked() == []
        stop_use(person=person, user=coordinator)
    assert asked() == []


def test_a_hold_says_why_and_until_when_and_after_it_the_line_is_back(
    asked, initiative, coordinator, day, a_year_ago
):
    person = left_alone(initiative, a_year_ago)
    other = left_alone(initiative, a_year_ago, "volunteer")
    until = day + datetime.timedelta(days=30)
    with scope_of(initiative.pk):
        holds.hold(person=person, reason="Klage over en kørsel.", until=until, user=coordinator)
        assert LegalHold.objects.current().count() == 1
    assert asked() == [other] and asked(until) == [other], "the control: nobody else is hidden"
    assert person in asked(until + datetime.timedelta(days=1))
    with scope_of(initiative.pk):
        holds.lift(person=person, user=coordinator)
    assert set(asked()) == {person, other}


def test_whoever_is_erased_is_not_asked_about(asked, initiative, coordinator, a_year_ago):
    person = left_alone(initiative, a_year_ago)
    assert asked() == [person]
    with scope_of(initiative.pk):
        erase_person(person=person, user=coordinator)
    assert asked() == []


def test_it_can_be_put_off_and_every_year_is_a_new_question(
    the_list, asked, coordinator_client, initiative, day, a_year_ago
):
    person = left_alone(initiative, a_year_ago)
    (first,) = the_list().items
    until = day + datetime.timedelta(days=60)
    data = {"initiative": initiative.pk, "digest": first.digest, "until": until.isoformat()}
    said = coordinator_client.post(reverse("peer_support_today:put_off"), data, follow=True)
    assert "Udskudt. Den kommer igen" in said.content.decode()
    assert asked() == [] and [item.digest for item in the_list().put_off] == [first.digest]
    assert asked(until) == [person], "no longer than any other line"
    next_year = months_before(day, -12)
    (second,) = the_list(next_year).items
    assert second.digest != first.digest and "i 2 år" in second.line.sentence
    (same,) = the_list(next_year - datetime.timedelta(days=1)).items
    assert same.digest == first.digest, "the control: within a year it is the same line"


def test_the_page_it_opens_offers_the_three_ways_on(the_list, coordinator_client, initiative, a_year_ago):
    person = left_alone(initiative, a_year_ago)
    (item,) = the_list().items
    answer = coordinator_client.get(item.line.url)
    page = answer.content.decode()
    ways = [
        reverse("people_citizen_modeladmin_delete", args=[person.pk]),
        reverse("peer_support_people:citizen_hold", args=[person.pk]),
        reverse("peer_support_people:citizen_go_on", args=[person.pk]),
    ]
    assert answer.status_code == 200 and [way for way in ways if way not in page] == []


@pytest.mark.parametrize("address", [TODAY, "/admin/"])
def test_whom_it_shows_is_logged_and_others_see_nobody(
    address, coordinator_client, client_for, initiative, other_initiative, a_year_ago
):
    person = left_alone(initiative, a_year_ago, first_name="Zacharina")
    stranger = make.CoordinatorFactory(initiative=other_initiative, username="stranger")
    log = AccessLogEntry.objects.filter(model="peer_support.citizen", action="list", object_id=person.pk)
    assert str(person) not in client_for(stranger).get(address).content.decode() and not log.exists()
    assert any(str(person) in said for said in sentences(coordinator_client.get(address).content.decode()))
    assert log.count() == 1 and log.get().user_number


def test_only_the_stop_itself_is_spoken_of_and_by_one_source_alone(
    monkeypatch, asked, initiative, a_year_ago
):
    person = left_alone(initiative, a_year_ago)
    monkeypatch.setattr(registry, "_sources", {})
    register_source("other", "Test", lambda day: [Line("ring", "Ring", "Åbn", "/admin/", person=person)])
    assert asked() == [], "what another room asks about them is not shown"
    register_source(
        "stop", "Test", lambda day: [Line("soon", "Stop", "Åbn", "/a/", person=person, of_the_stop=True)]
    )
    assert asked() == [person], "the control"
    root = Path(peer_support.__file__).parent
    users = {
        path.name for path in root.rglob("*.py") if re.search(r"of_the_stop\s*=\s*True", path.read_text())
    }
    assert users == {"sources_stops.py"}


def test_many_cost_as_many_queries_as_few(the_list, initiative, day, a_year_ago):
    counts = []
    for size in (1, 9):
        for kind in FACTORIES:
            for __ in range(size):
                left_alone(initiative, a_year_ago, kind)
        with scope_of(initiative.pk), CaptureQueriesContext(connection) as alone:
            long_stops(day)
        with CaptureQueriesContext(connection) as whole:
            the_list()
        counts.append((len(alone), len(whole)))
    assert counts[0] == counts[1] and counts[0][0] == 2
    assert len(the_list().items) == 20
