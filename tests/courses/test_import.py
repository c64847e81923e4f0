"""Bringing participants and dates into a course from a spreadsheet, on the real addresses and by command."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from peer_support.access.scopes import scope_of
from peer_support.courses import services_enrolment
from peer_support.courses.importing import participants
from peer_support.courses.importing.columns import COLUMNS
from peer_support.courses.importing.participants import apply_participants, plan_participants
from peer_support.courses.models import Enrolment, GroupCourse, Session
from peer_support.directory.importing.notices import Refused
from peer_support.people.importing.columns import guess
from peer_support.people.importing.reading import read_table
from peer_support.people.models import Citizen, PeopleUpload
from peer_support.testing.factories import EditorFactory
from peer_support.testing.factories_courses import GroupCourseFactory

from .conftest import days

START = "/admin/courses/import/"
HEAD = "Fornavn;Telefon;Tilmeldt;Introworkshop;Note\r\n"


def rows(count, first=1):
    return "".join(f"Navn{n};{20000000 + n};;;\r\n" for n in range(first, first + count))


@pytest.fixture
def course(initiative):
    """Ten places, no intro workshop asked for."""
    return GroupCourseFactory(
        initiative=initiative, state="open", capacity=10, wants_intro=False, sessions=3, starts_on=days(14)
    )


class Importer:
    """A browser that goes through the steps."""

    def __init__(self, client, course, kind="course"):
        self.client, self.course, self.kind = client, course, kind
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def upload(self, content):
        file = SimpleUploadedFile("liste.csv", content.encode())
        response = self.client.post(START, {"course": self.course.pk, "kind": self.kind, "file": file})
        if response.status_code == 302:
            self.columns_url = response["Location"]
            self.check_url = self.columns_url.replace("columns", "check")
        return response

    def columns(self):
        form = self.client.get(self.columns_url).context["form"]
        return self.client.post(self.columns_url, {n: f.initial or "" for n, f in form.fields.items()})

    def check(self):
        return self.client.get(self.check_url)

    def confirm(self):
        return self.client.post(self.check_url, {"confirm": "1"}, follow=True)

    def run(self, content):
        assert self.upload(content).status_code == 302
        self.columns()
        return self.confirm()


@pytest.fixture
def importer(coordinator_client, course):
    return Importer(coordinator_client, course)


def states(course):
    with scope_of(course.initiative_id):
        return list(Enrolment.objects.filter(course=course).order_by("pk").values_list("state", flat=True))


def sentences(plan):
    return [(notice.line, notice.level, str(notice)) for notice in plan.notices]


def test_a_list_goes_all_the_way_and_what_is_too_many_waits_in_the_order_of_the_rows(importer, course):
    importer.upload(HEAD + rows(12))
    importer.columns()
    page = importer.check()
    assert page.context["lines"] == [
        "10 people get a place.",
        "2 people go on the waiting list.",
        "12 people are taken in.",
    ]
    full = "The course is full. The person goes on the waiting list."
    assert sentences(page.context["plan"]) == [(12, "info", full), (13, "info", full)]
    assert states(course) == []
    done = importer.confirm()
    assert done.context["lines"][:2] == ["10 people got a place.", "2 people are on the waiting list."]
    assert states(course) == ["enrolled"] * 10 + ["waiting"] * 2
    with scope_of(course.initiative_id):
        waiting = Enrolment.objects.filter(state="waiting").order_by("waiting_order")
        assert [row.citizen.first_name for row in waiting] == ["Navn11", "Navn12"]
        assert set(waiting.values_list("way_in", flat=True)) == {"import"}


def test_the_same_list_again_changes_nothing(importer, course):
    importer.run(HEAD + rows(12))
    with scope_of(course.initiative_id):
        before = (
            list(Enrolment.objects.order_by("pk").values()),
            list(Citizen.objects.order_by("pk").values()),
        )
    importer.upload(HEAD + rows(12))
    importer.columns()
    assert importer.check().context["plan"].count("same") == 10
    importer.confirm()
    with scope_of(course.initiative_id):
        after = list(Enrolment.objects.order_by("pk").values()), list(Citizen.objects.order_by("pk").values())
    for row in (*before[0], *after[0]):
        row.pop("updated_at")
    assert after == before


def test_a_bad_row_stops_all_of_it_and_says_which(importer, course):
    importer.upload(HEAD + rows(3) + "Alma;12345678;i går;;\r\nBo;ring ikke;;;\r\n")
    importer.columns()
    plan = importer.check().context["plan"]
    assert [line for line, level, __ in sentences(plan) if level == "error"] == [5, 6]
    importer.confirm()
    assert states(course) == []
    with scope_of(course.initiative_id):
        assert not Citizen.objects.exists()


def test_a_course_with_an_intro_workshop_wants_a_date_or_a_reason_for_the_whole_list(importer, course):
    with scope_of(course.initiative_id):
        GroupCourse.objects.update(wants_intro=True)
    importer.upload(HEAD + "Alma;12345678;;01.09.2026;\r\nBo;23456789;;;\r\n")
    importer.columns()
    errors = [line for line, level, __ in sentences(importer.check().context["plan"]) if level == "error"]
    assert errors == [3]
    importer.client.post(importer.check_url, {"again": "1", "exception_reason": "Var med i foråret"})
    assert importer.check().context["plan"].possible
    importer.confirm()
    with scope_of(course.initiative_id):
        alma, bo = Enrolment.objects.order_by("pk")
        assert (str(alma.attended_on), alma.exception_reason) == ("2026-09-01", "")
        assert (bo.attended_on, bo.exception_reason) == (None, "Var med i foråret")


def test_an_import_that_is_killed_in_the_middle_leaves_nothing(course, coordinator, monkeypatch):
    table = read_table((HEAD + rows(8)).encode())
    settings = {"table": table, "mapping": guess(table.headings, columns=COLUMNS["course"]), "course": course}
    count = iter(range(100))

    def killed(**values):
        if next(count) == 5:
            raise KeyboardInterrupt
        return services_enrolment.enrol(**values)

    monkeypatch.setattr(participants, "enrol", killed)
    with scope_of(course.initiative_id), pytest.raises(KeyboardInterrupt):
        apply_participants(**settings, user=coordinator)
    with scope_of(course.initiative_id):
        assert not Citizen.objects.exists() and not Enrolment.objects.exists()
        course.refresh_from_db()
        assert course.seats_taken == 0


def test_three_hundred_rows_of_anything_raise_nothing_but_a_refusal(course, coordinator):
    dice = random.Random(20261124)
    odd = [
        "",
        "  ",
        "0",
        "-1",
        "æøå",
        "=1+1",
        "31.02.2026",
        "2026-13-01",
        "9" * 40,
        "\u202e",
        "01.01.2020",
        "010190-1234",
    ]

    def cell(usual):
        return dice.choice([usual, usual, usual, *odd]) if dice.random() < 0.5 else usual

    text = "".join(
        ";".join(
            (cell(f"Navn{n}"), cell(str(20000000 + n)), cell("03.08.2026"), cell("10.08.2026"), cell("Ingen"))
        )
        + "\r\n"
        for n in range(300)
    )
    table = read_table((HEAD + text).encode())
    mapping = guess(table.headings, columns=COLUMNS["course"])
    with scope_of(course.initiative_id):
        plan = plan_participants(table=table, mapping=mapping, course=course)
        assert len(plan.rows) == len(table.rows) and not plan.possible
        with pytest.raises(Refused):
            apply_participants(table=table, mapping=mapping, course=course, user=coordinator)
        right = {row.number for row in plan.rows if row.action != "wrong"}
        table.rows[:] = [row for row in table.rows if row.number in right]
        table.notices.clear()
        apply_participants(table=table, mapping=mapping, course=course, user=coordinator)
        assert Enrolment.objects.count() == len(right) > 50


def test_a_course_of_another_initiative_is_not_there(coordinator_client, other_initiative):
    other = Importer(coordinator_client, GroupCourseFactory(initiative=other_initiative, state="open"))
    assert other.upload(HEAD + rows(1)).status_code == 200
    with scope_of(other_initiative.pk):
        assert not PeopleUpload.objects.exists()


def test_somebody_without_the_right_does_not_get_in(client_for, course):
    response = client_for(EditorFactory()).get(START)
    assert response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


def test_the_peoples_import_does_not_open_a_list_of_a_course(importer, course):
    importer.upload(HEAD + rows(1))
    with scope_of(course.initiative_id):
        pk = PeopleUpload.objects.get().pk
    assert importer.client.get(reverse("peer_support_people:import_check", args=[pk])).status_code == 404


@pytest.mark.parametrize("kind", ["course", "dates"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_example_can_be_read_in_again(coordinator_client, kind, form):
    response = coordinator_client.get(reverse("peer_support_course_import:example", args=[kind, form]))
    table = read_table(response.content)
    assert all(guess(table.headings, columns=COLUMNS[kind]))
    assert "no-store" in response["Cache-Control"]


DATES = "Dato;Tid;Titel;Tjekliste\r\n"


def test_a_plan_of_dates_fills_in_the_sessions_there_are_and_adds_the_others(coordinator_client, course):
    with scope_of(course.initiative_id):
        first, *__ = Session.objects.filter(course=course).order_by("date")
    importer = Importer(coordinator_client, course, "dates")
    content = DATES + f"{first.date:%d.%m.%Y};19.00;Velkommen;Velkomst; Runde\r\n".replace("; R", " / R")
    content += f"{days(14 + 7 * 9):%d.%m.%Y};18.30;Afslutning;\r\n"
    importer.upload(content)
    importer.columns()
    assert importer.check().context["lines"] == ["1 session is added.", "1 session is filled in."]
    with scope_of(course.initiative_id):
        assert Session.objects.filter(course=course).count() == 3  # a dry run leaves nothing
    importer.confirm()
    with scope_of(course.initiative_id):
        sessions = list(Session.objects.filter(course=course).order_by("date"))
        assert [one.title for one in (sessions[0], sessions[-1])] == ["Velkommen", "Afslutning"]
        assert (len(sessions), sessions[-1].number, str(sessions[-1].start_time)) == (4, 4, "18:30:00")
    importer.upload(content)
    importer.columns()
    assert importer.check().context["lines"] == ["2 sessions stay as they are."]


def test_a_date_that_stands_twice_or_is_none_stops_all_of_it(coordinator_client, course):
    importer = Importer(coordinator_client, course, "dates")
    importer.upload(DATES + "01.12.2027;;A;\r\n01.12.2027;;B;\r\n;19;C;\r\n32.12.2027;;D;\r\n")
    importer.columns()
    plan = importer.check().context["plan"]
    assert [line for line, level, __ in sentences(plan) if level == "error"] == [3, 4, 5]
    importer.confirm()
    with scope_of(course.initiative_id):
        assert Session.objects.filter(course=course).count() == 3


def test_the_command_tries_first_and_writes_with_apply(course, coordinator, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(HEAD + rows(2), encoding="utf-8")
    said = io.StringIO()
    call_command("import_participants", str(file), course=course.pk, stdout=said)
    assert "2 people get a place." in said.getvalue() and states(course) == []
    call_command("import_participants", str(file), course=course.pk, apply=True, user="mette", verbosity=0)
    assert states(course) == ["enrolled"] * 2
    file.write_text(HEAD + "Bo;ring ikke;;;\r\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_participants", str(file), course=course.pk, apply=True)
    with pytest.raises(CommandError):
        call_command("import_participants", str(file), course=course.pk + 999)
