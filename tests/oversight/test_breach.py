"""After a breach: the count is right, and the report says what the law asks for."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.oversight.breach import deadline, extent_of, rows_in
from peer_support.people.models import Citizen, Volunteer
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing.factories_oversight import seen

pytestmark = pytest.mark.django_db
BREACH = "/admin/oversight/breach/"


@pytest.fixture
def records(initiative):
    """Records of many kinds, and beside each of them the people it is about."""
    citizens = make.CitizenFactory.create_batch(6, initiative=initiative)
    volunteers = make.VolunteerFactory.create_batch(4, initiative=initiative)
    found = [(person, {person}) for person in (*citizens, *volunteers)]
    for citizen, volunteer in zip(citizens[:3], volunteers, strict=False):
        match = make.MatchFactory(initiative=initiative, citizen=citizen, volunteer=volunteer)
        found.append((match, {citizen, volunteer}))
    talk = make.ConversationFactory(citizen=citizens[4])
    enrolment = make_courses.EnrolmentFactory(initiative=initiative, citizen=citizens[5])
    found += [(talk, {citizens[4]}), (enrolment, {citizens[5]})]
    with scope_of(initiative.pk):
        link = AccessLink.objects.create(
            initiative=initiative, purpose="x", target_model="peer_support.volunteer",
            target_id=volunteers[3].pk, token="t", token_hash="h",
        )  # fmt: skip
    return [*found, (link, {volunteers[3]}), (make.MeetingPlaceFactory(initiative=initiative), set())]


def slowly(rows, records):
    """Count the same one by one: ``(whose record was opened, who at most)``."""
    about = {(record._meta.label_lower, record.pk): people for record, people in records}
    opened, anyone = set(), set()
    for row in rows:
        people = about.get((row.model, row.object_id), set())
        anyone |= people
        opened |= people if row.action != "list" else set()
    return opened, anyone


@pytest.mark.parametrize("seed", range(8))
def test_the_count_is_that_of_a_slow_count(initiative, records, coordinator, noon, seed):
    dice = random.Random(seed)
    for record, __ in dice.sample(records, dice.randrange(1, len(records))):
        action = dice.choice(["read", "list", "change", "export", "search"])
        seen(record, user=coordinator, at=noon(dice.randrange(1, 6)), action=action)
    since, until = noon(4), noon(2)
    rows = rows_in([initiative.pk], since=since, until=until, account=str(coordinator.pk))
    table = AccessLogEntry.objects.filter(at__gte=since, at__lte=until, user=coordinator)
    opened, anyone = slowly(table, records)
    extent = extent_of([initiative.pk], rows)
    assert (extent.rows, extent.opened, extent.at_most) == (table.count(), len(opened), len(anyone))
    assert sorted(extent.cases) == sorted(map(str, opened))
    assert sorted(extent.listed) == sorted(map(str, anyone - opened))
    assert extent.by_kind_of_person.get(Citizen, 0) == sum(isinstance(one, Citizen) for one in anyone)
    assert extent.by_kind_of_person.get(Volunteer, 0) == sum(isinstance(one, Volunteer) for one in anyone)


def test_the_kinds_of_data_are_those_of_what_was_opened(initiative, coordinator):
    citizen, volunteer = (
        make.CitizenFactory(initiative=initiative),
        make.VolunteerFactory(initiative=initiative),
    )
    seen(make.ConversationFactory(citizen=citizen), user=coordinator)
    seen(volunteer, user=coordinator, action="list")
    kinds = {
        kind.title: (kind.opened, kind.at_most)
        for kind in extent_of([initiative.pk], rows_in([initiative.pk])).kinds
    }
    assert kinds["Navn og kontakt"] == (0, 1)
    assert kinds["Det, der er sagt og skrevet"] == (1, 2)
    assert "Teknisk" not in kinds


def test_who_is_meant_by_a_window_without_an_account(initiative, other_initiative, coordinator):
    citizen = make.CitizenFactory(initiative=initiative)
    seen(citizen, user=coordinator)
    seen(citizen, route="peer_support:own_data_citizen_link")
    seen(citizen, route="job")
    seen(citizen, user=coordinator, action="refused", route="x:busy")
    seen(make.CitizenFactory(initiative=other_initiative), user=coordinator)
    assert rows_in([initiative.pk]).count() == 2
    assert rows_in([initiative.pk], account="links").count() == 1
    assert rows_in([initiative.pk], account=str(coordinator.pk)).count() == 1
    assert rows_in([other_initiative.pk], account=str(coordinator.pk)).count() == 1


def test_a_record_that_is_gone_is_told(initiative, coordinator):
    talk = make.ConversationFactory(citizen=make.CitizenFactory(initiative=initiative))
    seen(talk, user=coordinator)
    with scope_of(initiative.pk):
        type(talk).objects.all().delete()
    extent = extent_of([initiative.pk], rows_in([initiative.pk]))
    assert (extent.at_most, extent.gone) == (0, 1)


def test_the_number_of_queries_does_not_grow(initiative, coordinator):
    seen(*make.CitizenFactory.create_batch(2, initiative=initiative), user=coordinator)
    with CaptureQueriesContext(connection) as few:
        extent_of([initiative.pk], rows_in([initiative.pk]))
    seen(*make.CitizenFactory.create_batch(40, initiative=initiative), user=coordinator)
    with CaptureQueriesContext(connection) as many:
        assert extent_of([initiative.pk], rows_in([initiative.pk])).opened == 42
    assert len(many) == len(few)


def test_the_draft_has_all_that_the_law_asks_for_and_no_case_number(officer_client, initiative, coordinator):
    citizens = make.CitizenFactory.create_batch(3, initiative=initiative)
    seen(*citizens, user=coordinator)
    answer = officer_client.get(BREACH, {"account": coordinator.pk})
    report = answer.context["report"]
    assert "3" in report.initial["people"] and "Navn og kontakt: 3" in report.initial["data"]
    found = timezone.localtime().replace(second=0, microsecond=0) - timedelta(hours=2)
    data = {**report.initial, "known_since": found.strftime("%Y-%m-%dT%H:%M")}
    sheet = officer_client.post(f"{BREACH}?account={coordinator.pk}", data)
    text = sheet.content.decode()
    for name in ("nature", "people", "data", "consequences", "measures", "told"):
        assert report.initial[name].split("\n")[0][:40].replace("'", "&#x27;") in text, name
    assert "dpo@example.com" in text and "Borger " not in text
    assert sheet.context["deadline"] == deadline(found) == found + timedelta(hours=72)
    assert "no-store" in sheet["Cache-Control"]
    with_cases = officer_client.post(f"{BREACH}?account={coordinator.pk}", {**data, "with_cases": "on"})
    assert all(str(one) in with_cases.content.decode() for one in citizens)


def test_what_is_missing_is_said_and_nothing_is_lost(officer_client, initiative, coordinator):
    page = officer_client.post(
        f"{BREACH}?account={coordinator.pk}", {"nature": "zqvskrevet", "known_since": "x"}
    )
    assert (
        page.status_code == 200
        and "zqvskrevet" in page.content.decode()
        and "mangler" in page.content.decode()
    )
    later = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page = officer_client.post(f"{BREACH}?account={coordinator.pk}", {"known_since": later})
    assert "ikke sket endnu" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [{"since": "", "until": ""}, {"since": "x"}, {"account": "99999"}, {"account": "0; DROP TABLE"},
     {"since": "2026-08-03T10:00", "until": "2026-08-03T09:00"}],
)  # fmt: skip
def test_a_question_that_is_not_understood_counts_nothing(officer_client, query):
    answer = officer_client.get(BREACH, query)
    assert answer.status_code == 200 and "extent" not in answer.context
    assert answer.context["form"].errors
    assert officer_client.post(f"{BREACH}?since=x", {"nature": "x"}).status_code == 200
