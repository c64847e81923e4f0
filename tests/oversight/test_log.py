"""The log on the data officer's desk: the rows of the table, by case number, and nobody's name."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from peer_support.access.roles import OFFICER, codenames, group_for
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make
from peer_support.testing.factories_oversight import seen

pytestmark = pytest.mark.django_db
LOG = "/admin/oversight/log/"


def shown(client, **query):
    """Return what the page shows: ``[(when, who, what, case, kind)]``."""
    lines = client.get(LOG, query).context["lines"]
    return [(line["at"], line["who"], line["what"], line["case"], line["kind"]) for line in lines]


def cases(client, **query):
    return [line[3] for line in shown(client, **query)]


@pytest.fixture
def world(initiative, other_initiative, coordinator, noon):
    citizen = make.CitizenFactory(initiative=initiative, number=71)
    volunteer = make.VolunteerFactory(initiative=initiative, number=72)
    match = make.MatchFactory(initiative=initiative, citizen=citizen, volunteer=volunteer)
    talk = make.ConversationFactory(citizen=citizen)
    seen(citizen, user=coordinator, at=noon(3))
    seen(volunteer, user=coordinator, action="list", at=noon(2))
    seen(
        match,
        user=make.DeputyFactory(initiative=initiative, first_name="Sigrid", last_name="Lyng"),
        at=noon(1),
    )
    seen(talk, user=coordinator, action="change", at=noon(1, 13))
    seen(citizen, action="read", at=noon(1, 14), route="peer_support:own_pause_citizen_link")
    seen(make.CitizenFactory(initiative=other_initiative, number=99), user=coordinator, at=noon())
    return initiative


def test_the_rows_are_those_of_the_table(world, officer_client):
    rows = AccessLogEntry.objects.filter(initiative_id_seen=world.pk).exclude(
        model="peer_support.accesslogentry"
    )
    lines = [line for line in shown(officer_client) if line[4] != "Loggen og gennemgangen"]
    assert len(lines) == rows.count() == 5
    assert [line[0] for line in lines] == [timezone.localtime(row.at) for row in rows.order_by("-at", "-pk")]
    assert [line[3] for line in lines] == [
        "Borger 71",
        "Borger 71",
        "Borger 71, Frivillig 72",
        "Frivillig 72",
        "Borger 71",
    ]
    assert lines[0][1] == "personen selv, via link" and lines[2][1] == "Sigrid Lyng"


def test_the_filters(world, officer_client, coordinator, noon):
    assert cases(officer_client, case="72") == ["Borger 71, Frivillig 72", "Frivillig 72"]
    assert len(cases(officer_client, case="71")) == 4
    assert cases(officer_client, case="99") == []
    assert len(cases(officer_client, who=str(coordinator.pk))) == 3
    assert cases(officer_client, who="links") == ["Borger 71"]
    assert cases(officer_client, what="change") == ["Borger 71"]
    assert cases(officer_client, kind="peer_support.match") == ["Borger 71, Frivillig 72"]
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    assert cases(officer_client, first=day, last=day) == ["Frivillig 72"]
    assert cases(officer_client, first=day, last=day, case="71") == []


@pytest.mark.parametrize(
    "query",
    [{"case": "x"}, {"case": "0"}, {"case": "9" * 30}, {"who": "99999"}, {"what": "x"}, {"kind": "auth.user"},
     {"first": "31.31.2026"}, {"first": "2026-08-03", "last": "2026-08-01"}],
)  # fmt: skip
def test_a_filter_that_is_not_understood_shows_nothing(world, officer_client, query):
    answer = officer_client.get(LOG, query)
    assert answer.status_code == 200 and answer.context["lines"] == []
    assert "ikke forstået" in answer.content.decode()


def test_another_initiatives_rows_are_not_there_for_all_the_world(world, officer_client, other_initiative):
    assert "Borger 99" not in officer_client.get(LOG).content.decode()
    asked = officer_client.get(LOG, {"initiative": other_initiative.pk})
    assert "Borger 99" not in asked.content.decode() and other_initiative.title not in asked.content.decode()


def test_no_name_of_a_person_is_on_any_screen_of_the_desk(world, officer_client, coordinator):
    person = make.CitizenFactory(
        initiative=world, first_name="Zqvfornavn", last_name="Zqvefternavn", phone="51626364", notes="zqvnote"
    )
    seen(person, user=coordinator, action="export")
    for path in ("", "review/", "log/", "seals/", f"breach/?account={coordinator.pk}"):
        page = officer_client.get(f"/admin/oversight/{path}").content.decode()
        secrets = ("zqvfornavn", "zqvefternavn", "zqvnote", "51626364")
        assert not [secret for secret in secrets if secret in page.lower()], path
    assert f"Borger {person.number}" in page


def test_control_a_name_on_the_desk_would_be_seen(world, officer_client, monkeypatch):
    named = lambda people, initiative_ids: dict.fromkeys(people, "Zqvfornavn")  # noqa: E731
    monkeypatch.setattr("peer_support.oversight.views_log.labels_of", named)
    assert "zqvfornavn" in officer_client.get(LOG).content.decode().lower()


def test_the_officer_opens_no_person(world, officer_client):
    citizen = make.CitizenFactory(initiative=world)
    for path in ("inspect/{}/", "{}/who-has-looked/", "edit/{}/", ""):
        answer = officer_client.get(f"/admin/people/citizen/{path.format(citizen.pk)}")
        assert answer.status_code == 404 or (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_the_officers_group_has_no_right_to_users_or_people(db):
    make.OfficerFactory()
    labels = group_for(OFFICER).permissions.values_list("content_type__app_label", "codename")
    assert {label for label, __ in labels} == {"peer_support", "wagtailadmin"}
    assert codenames(OFFICER) == {
        "view_accesslogentry", "export_accesslogentry", "add_reviewnote", "view_reviewnote",
    }  # fmt: skip


def test_somebody_with_the_right_and_no_task_sees_an_empty_desk(world, client_for):
    client = client_for(make.OfficerFactory())
    for path in ("", "review/", "log/", "seals/", "breach/"):
        page = client.get(f"/admin/oversight/{path}").content.decode()
        assert "Borger" not in page and "ikke databeskyttelsesansvarlig" in page


def test_looking_at_the_log_is_written_down(world, officer, officer_client):
    officer_client.get(LOG)
    row = AccessLogEntry.objects.get(user=officer)
    assert (row.action, row.model, row.initiative_id_seen) == (
        "read",
        "peer_support.accesslogentry",
        world.pk,
    )
    assert row.route == "peer_support_oversight:log"


def test_what_cannot_be_written_down_is_not_shown(world, officer_client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("peer_support.oversight.screens.log_desk", full)
    with pytest.raises(OSError, match="full"):
        officer_client.get(LOG)


def test_pages_and_queries_do_not_grow_with_the_rows(world, officer_client, coordinator):
    with CaptureQueriesContext(connection) as few:
        officer_client.get(LOG)
    people = make.CitizenFactory.create_batch(60, initiative=world)
    seen(*people, user=coordinator)
    with CaptureQueriesContext(connection) as many:
        answer = officer_client.get(LOG)
    assert len(answer.context["lines"]) == 50 and answer.context["page"].paginator.num_pages == 2
    assert len(many) <= len(few) + 1
    assert officer_client.get(LOG, {"p": "2"}).context["page"].number == 2


def test_the_export_is_the_filtered_list_made_harmless_and_written_down(
    world, officer, officer_client, coordinator
):
    coordinator.first_name = '=HYPERLINK("http://example.com")'
    coordinator.save()
    answer = officer_client.get(LOG, {"export": "csv", "who": coordinator.pk})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 3 and rows[0]["Sag"] == "Borger 71"
    assert all(row["Hvem"].startswith("'=") for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    book = load_workbook(io.BytesIO(officer_client.get(LOG, {"export": "xlsx", "case": 72}).content))
    assert book.active.max_row == 3
    assert AccessLogEntry.objects.filter(user=officer, action="export").count() == 2


def test_the_export_has_a_right_of_its_own(world, officer, officer_client):
    group_for(OFFICER).permissions.remove(Permission.objects.get(codename="export_accesslogentry"))
    assert officer_client.get(LOG).context["may_export"] is False
    assert officer_client.get(LOG, {"export": "csv"}).status_code == 302
    assert not AccessLogEntry.objects.filter(user=officer, action="export").exists()
