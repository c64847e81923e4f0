"""The screens of numbers: who sees what, what is asked for, what is logged, and how many queries it takes."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from peer_support.access.models import Assignment
from peer_support.access.scopes import scope_of
from peer_support.outcomes.numbers import periods as choosing
from peer_support.outcomes.numbers.registry import INITIATIVE, TOWN, Period, Question, answer, figures
from peer_support.outcomes.numbers.scoping import ids_of, numbers_for
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import (
    CitizenFactory,
    DeputyFactory,
    EditorFactory,
    InitiativeFactory,
    LeaderFactory,
    VolunteerFactory,
)

pytestmark = pytest.mark.django_db
PAGE, ROWS = "/admin/numbers/", "/admin/numbers/rows/"


@pytest.fixture
def people(initiative, other_initiative):
    """Seven enquiries of this year here, and three elsewhere."""
    today = timezone.localdate()
    for __ in range(4):
        CitizenFactory(initiative=initiative, enquired_on=today)
    for __ in range(3):
        VolunteerFactory(initiative=initiative, enquired_on=today)
        CitizenFactory(initiative=other_initiative, enquired_on=today)
    return initiative


def text_of(response):
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").find(class_="board").get_text(" ").split())


def number_of(response, label):
    soup = BeautifulSoup(response.content, "html.parser")
    head = next(th for th in soup.select("tbody th") if th.contents[0].strip() == label)
    return head.find_next("td").get_text(" ", strip=True)


def test_a_coordinator_sees_exact_numbers_and_every_definition(coordinator_client, people):
    response = coordinator_client.get(PAGE)
    assert number_of(response, "Henvendelser") == "7"
    text = text_of(response)
    with translation.override("da"):
        assert all(str(figure.definition) in text for figure in figures().values())


@pytest.mark.parametrize("by", ["", "initiative", "town"])
@pytest.mark.parametrize("period", ["", "dates"])
def test_every_choice_answers(coordinator_client, people, by, period):
    dates = {"since": "2026-01-01", "until": "2026-03-31"} if period else {}
    response = coordinator_client.get(PAGE, {"by": by, "period": period, **dates})
    assert "Henvendelser" in text_of(response)


def test_dates_that_cannot_be_are_said_and_nothing_is_lost(coordinator_client, people):
    asked = {"period": "dates", "since": "2026-03-31", "until": "2026-01-01"}
    response = coordinator_client.get(PAGE, asked)
    assert "Den sidste dag ligger før den første." in text_of(response)
    assert 'value="2026-03-31"' in response.content.decode()


@pytest.mark.parametrize(
    "asked", ["y", "y20", "q2026-5", "m2026-13", "m2026-0", "x2026", "q²026-1", "m2026-²", "y99999"]
)
def test_a_period_that_is_none_is_none(asked):
    assert choosing.parse(asked) is None


def test_the_rows_behind_are_shown_by_case_number_and_logged(coordinator_client, people, coordinator):
    response = coordinator_client.get(ROWS, {"figure": "enquiries", "at": "5"})
    assert len(BeautifulSoup(response.content, "html.parser").select(".numbers-rows li")) == 7
    assert (
        AccessLogEntry.objects.filter(
            user=coordinator, action="list", route="peer_support_numbers:rows"
        ).count()
        == 7
    )


def test_each_number_of_the_page_opens_as_many_rows(coordinator_client, people):
    soup = BeautifulSoup(coordinator_client.get(PAGE).content, "html.parser")
    links = soup.select("tbody .numbers-now a")
    assert links
    for link in links:
        rows = BeautifulSoup(coordinator_client.get(link["href"]).content, "html.parser")
        assert rows.select(".numbers-rows li"), link["href"]
        if re.fullmatch(r"\d+", link.get_text()):
            assert len(rows.select(".numbers-rows li")) == int(link.get_text()), link["href"]


@pytest.mark.parametrize(
    "asked",
    [
        {"figure": "none", "at": "0"},
        {"figure": "enquiries", "at": "99"},
        {"figure": "enquiries", "at": "x"},
        {"figure": "enquiries"},
        {"figure": "enquiries", "at": "0", "row": "12345", "by": "initiative"},
    ],
)
def test_rows_that_are_none_are_not_found(coordinator_client, people, asked):
    assert coordinator_client.get(ROWS, asked).status_code == 404


def test_another_initiative_is_not_found(coordinator_client, people, other_initiative):
    assert coordinator_client.get(PAGE, {"initiative": other_initiative.pk}).status_code == 404
    asked = {"figure": "enquiries", "at": "5", "initiative": other_initiative.pk}
    assert coordinator_client.get(ROWS, asked).status_code == 404


def test_a_leader_sees_no_small_number_and_no_rows(client_for, people):
    client = client_for(LeaderFactory(initiative=people))
    response = client.get(PAGE)
    soup = BeautifulSoup(response.content, "html.parser")
    assert not soup.select("tbody td a")
    head = next(
        th for th in soup.select("tbody th") if th.contents[0].strip() == "Frivillige, der henvendte sig"
    )
    assert "skjult" in head.find_next("td").get_text()
    assert client.get(ROWS, {"figure": "enquiries", "at": "0"}).status_code == 404
    assert not AccessLogEntry.objects.filter(route__startswith="peer_support_numbers").exists()


def test_a_leader_sees_whole_years_only(client_for, people):
    client = client_for(LeaderFactory(initiative=people))
    response = client.get(PAGE, {"period": "m2026-1"})
    assert "is-valid" not in response.content.decode() and 'value="m2026-1"' not in response.content.decode()


def test_a_coordinator_of_one_who_leads_another_sees_that_one_hidden(
    client_for, coordinator, people, other_initiative
):
    Assignment.objects.create(user=coordinator, initiative=other_initiative, role=Assignment.Role.LEADER)
    client = client_for(coordinator)
    assert number_of(client.get(PAGE), "Henvendelser") == "7"
    hidden = client.get(PAGE, {"initiative": other_initiative.pk})
    assert "skjult" in number_of(hidden, "Henvendelser")
    asked = {"figure": "enquiries", "at": "0", "initiative": other_initiative.pk}
    assert client.get(ROWS, asked).status_code == 404


@pytest.mark.parametrize("factory", [EditorFactory])
def test_others_are_refused(client_for, people, factory):
    client = client_for(factory())
    for address in (PAGE, ROWS, "/admin/numbers/waiting/", "/admin/numbers/recruitment/"):
        assert client.get(address).status_code == 302


def test_a_deputy_and_the_pages_ahead(client_for, people):
    client = client_for(DeputyFactory(initiative=people))
    assert "Ønsker" in text_of(client.get("/admin/numbers/waiting/"))
    assert "rekrutteringsplan" in text_of(client.get("/admin/numbers/recruitment/"))


def test_nothing_is_counted_outside_a_scope(people):
    from django_scopes.exceptions import ScopeError

    question = Question((Period(date(2026, 1, 1), date(2026, 12, 31)),), initiative_ids=(people.pk,))
    with pytest.raises(ScopeError):
        answer(question, ["enquiries"])


def test_what_lies_outside_the_scope_counts_as_nothing(coordinator, people, other_initiative):
    year = Period(timezone.localdate().replace(month=1, day=1), timezone.localdate())
    question = Question((year,), initiative_ids=(people.pk, other_initiative.pk))
    with numbers_for(coordinator, exact=True):
        assert ids_of(question) == (people.pk,)
        assert answer(question, ["enquiries"])[0].counted.at() == 7
    with numbers_for(coordinator, exact=False):
        assert (
            answer(Question((year,), initiative_ids=question.initiative_ids), ["enquiries"])[0].counted.at()
            == 0
        )


def queries(ids, count, by):
    first = date(2021, 1, 1)
    months = tuple(Period(first + timedelta(30 * n), first + timedelta(30 * n + 29)) for n in range(count))
    with scope_of(*ids), CaptureQueriesContext(connection) as seen:
        answer(Question(months, by, ids))
    return len(seen)


@pytest.mark.parametrize("by", ["", INITIATIVE, TOWN])
def test_the_queries_do_not_grow(by, people):
    ids = [people.pk]
    few = queries(tuple(ids), 1, by)
    for __ in range(19):
        one = InitiativeFactory()
        CitizenFactory(initiative=one)
        VolunteerFactory(initiative=one)
        ids.append(one.pk)
    assert queries(tuple(ids), 60, by) == few <= 30
