"""The year's report: what is in it may leave the house, whoever asks, in every form, and it says what it does not know."""

import csv
import datetime
import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from peer_support.access.models import Assignment
from peer_support.outcomes.numbers.registry import ALL, TIMES
from peer_support.outcomes.report import services
from peer_support.outcomes.report.building import build
from peer_support.outcomes.report.drawing import draw_bars
from peer_support.outcomes.report.effect import hidden_of
from peer_support.outcomes.report.files import csv_of, html_of, long_rows, xlsx_of
from peer_support.outcomes.report.gathering import HIDDEN, count_house, years_until
from peer_support.outcomes.report.models import PublicNumbers, YearReport
from peer_support.outcomes.report.public import numbers_for_page
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import (
    AssignmentFactory,
    CitizenFactory,
    InitiativeFactory,
    LeaderFactory,
    VolunteerFactory,
)
from tests.public.pdf import assert_tagged, needs_pdf

pytestmark = pytest.mark.django_db
YEAR = 2025
DAY = datetime.date(2026, 3, 2)


def came(initiative, count, year=YEAR, **values):
    """``count`` citizens whose first contact was in ``year``."""
    for number in range(count):
        day = datetime.date(year, 1 + number % 12, 5)
        CitizenFactory(initiative=initiative, enquired_on=day, waiting_since=None, status="new", **values)


@pytest.fixture
def house(initiative, other_initiative):
    """Two initiatives: one where two came, one where forty came; and one of long ago with thirty."""
    third = InitiativeFactory(title="Skovens peers")
    came(initiative, 2, first_name="Zqvfornavn", last_name="Zqvefternavn")
    came(other_initiative, 12)
    came(third, 30)
    return initiative, other_initiative, third


@pytest.fixture
def leader(house):
    user = LeaderFactory(initiative=house[0])
    for one in house[1:]:
        AssignmentFactory(user=user, initiative=one, role=Assignment.Role.LEADER)
    return user


def at(name, **query):
    address = reverse(f"peer_support_report:{name}")
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def values_of(report, code):
    return [
        cell.text
        for section in report.sections
        for line in section.lines
        if line.code == code
        for cell in line.cells
    ]


# What is hidden


def test_a_small_number_and_one_that_gives_it_away_are_hidden(house):
    report = build(year=YEAR, today=DAY)
    table = next(table for table in report.tables if table.code == "initiatives")
    column = {name: cells[0] for name, cells in table.rows}
    assert column["Fjordens peers"].hidden and column["Åens peers"].hidden
    assert column["Skovens peers"].value == 30
    assert values_of(report, "enquiries")[-1] == "44"


def test_the_report_of_one_initiative_hides_what_the_whole_report_hides(house):
    """Twelve are no small number; with the house's 44 and the third's 30 they give away the other two."""
    assert values_of(build(year=YEAR, initiative=house[1], today=DAY), "enquiries")[
        -1
    ] == translation.gettext("hidden")
    assert values_of(build(year=YEAR, initiative=house[2], today=DAY), "enquiries")[-1] == "30"


def test_the_next_years_report_hides_the_same_of_this_year(house):
    came(house[0], 20, YEAR + 1)
    now = count_house(years_until(YEAR), today=DAY)
    later = count_house(years_until(YEAR + 1), today=DAY)
    of_this_year = {key[:2] for key in now.hidden if key[2] == 4}
    assert of_this_year
    assert of_this_year == {key[:2] for key in later.hidden if key[2] == 3}


def test_no_number_about_people_below_five_leaves(house):
    """Every number in the long table, of every row and year; nought is none."""
    report = build(year=YEAR, today=DAY)
    about_people = {
        str(f.label) for f in report.numbers.figures if f.about_people and f.unit in ("people", TIMES)
    }
    small = [row for row in long_rows(report) if row[0] in about_people and row[5] in (1, 2, 3, 4)]
    assert small == []
    exact = [
        (code, answered.counted.at(house[0].pk, 4))
        for code, answered in report.numbers.answers.items()
        if code == "enquiries"
    ]
    assert exact == [("enquiries", 2)], "the control: it was counted"


def test_a_share_and_its_sources_go_together(house):
    numbers = count_house(years_until(YEAR), today=DAY)
    for code, row, period in numbers.hidden:
        if code in ("dropped_out", "completed"):
            assert ("drop_out", row, period) in numbers.hidden or numbers.at("drop_out", row, period) is None
    assert not {figure.code for figure in numbers.figures} & {
        "waiting_longest",
        "wait_longest",
        "length_longest",
    }


def test_means_are_hidden_where_the_others_give_them_away():
    from peer_support.outcomes.instruments.registry import instrument_of
    from peer_support.outcomes.questionnaires.series import Asked

    who = instrument_of("who5")

    def group(count):
        return [(40 + n, 60 + n) for n in range(count)], Asked(count, count, 0, 0)

    groups = {1: group(3), 2: group(9), 3: group(20), ALL: group(32)}
    hidden = hidden_of(who, groups)
    assert {key for what, key in hidden if what == "n"} == {1, 2}


# The forms


def test_the_page_says_what_each_number_counts_and_what_is_not_known(client_for, leader):
    services.save_foreword(year=YEAR, initiative=None, text="Et godt år.\n\nTak.", user=leader)
    answer = client_for(leader).get(at("print", who="all", year=YEAR))
    assert answer.status_code == 200
    text = answer.content.decode()
    report = build(year=YEAR)
    for section in report.sections:
        for line in section.lines:
            assert line.definition.replace("'", "&#x27;") in text
    for sentence in report.unknown:
        assert sentence.replace("'", "&#x27;") in text
    assert "<p>Et godt år.</p>" in text
    assert 'role="img"' in text
    assert "zqv" not in text.lower()
    assert answer["Cache-Control"].find("no-store") >= 0


def test_the_pdf_is_tagged(client_for, leader):
    needs_pdf()
    answer = client_for(leader).get(at("pdf", who="all", year=YEAR))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert_tagged(answer.content)
    assert b"zqv" not in answer.content.lower()


def test_the_spreadsheet_opens_and_holds_the_definitions(house):
    other = InitiativeFactory(title="=1+1")
    came(other, 40)
    report = build(year=YEAR, today=DAY)
    book = load_workbook(io.BytesIO(xlsx_of(report)))
    assert len(book.sheetnames) == 6
    words = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {str(figure.definition) for figure in report.numbers.figures} <= words
    assert not [word for word in words if isinstance(word, str) and word.startswith("=")]
    assert 44 + 40 in words
    assert not [w for w in words if isinstance(w, str) and "zqv" in w.lower()]


def test_the_table_is_read_as_it_was_written(house):
    other = InitiativeFactory(title="=1+1;x")
    came(other, 40)
    rows = list(
        csv.reader(io.StringIO(csv_of(build(year=YEAR, today=DAY)).decode("utf-8-sig")), delimiter=";")
    )
    assert {len(row) for row in rows} == {6}
    named = [row for row in rows if row[3] == "'=1+1;x" and row[4] == str(YEAR)]
    assert named[0][5] == "40"


def test_a_running_year_says_so(house):
    assert build(year=DAY.year, today=DAY).running
    assert not build(year=YEAR, today=DAY).running


def test_a_file_stands_alone(house):
    html = html_of(build(year=YEAR, today=DAY))
    assert not re.findall(r"(?:src|href)=", html)


def test_nothing_at_all_is_a_report_too(db):
    report = build(year=YEAR, today=DAY)
    assert html_of(report) and xlsx_of(report) and csv_of(report)


# Who may


def test_a_coordinator_has_the_report_of_their_own_initiative(coordinator_client, house):
    own, other, __ = house
    assert coordinator_client.get(at("choose")).status_code == 200
    assert coordinator_client.get(at("print", who=own.pk, year=YEAR)).status_code == 200
    for name in ("choose", "print", "pdf", "xlsx", "csv"):
        assert coordinator_client.get(at(name, who=other.pk, year=YEAR)).status_code == 404
        assert coordinator_client.get(at(name, who="all", year=YEAR)).status_code == 404
        assert coordinator_client.get(at(name, who=own.pk, year=1900)).status_code == 404
        assert coordinator_client.get(at(name, who="x", year="x")).status_code == 404


def test_the_file_of_a_coordinator_tells_nothing_of_the_others(coordinator_client, house):
    text = coordinator_client.get(at("csv", who=house[0].pk, year=YEAR)).content.decode()
    assert "Fjordens peers" in text
    assert "Åens peers" not in text and "44" not in text


def test_taking_it_out_is_written_down_and_nobody_is_named(coordinator_client, coordinator, house):
    coordinator_client.get(at("xlsx", who=house[0].pk, year=YEAR))
    entry = AccessLogEntry.objects.get(action=AccessLogEntry.Action.EXPORT)
    assert entry.user == coordinator
    assert entry.model == "peer_support.yearreport"
    assert entry.route == "peer_support_report:xlsx"


def test_ones_own_words_are_kept_for_the_year(coordinator_client, house):
    values = {"who": house[0].pk, "year": YEAR, "foreword": "  Vi begyndte i Snekkersten. "}
    assert coordinator_client.post(at("choose"), values).status_code == 302
    assert YearReport.objects.get().foreword == "Vi begyndte i Snekkersten."
    coordinator_client.post(at("choose"), {**values, "foreword": ""})
    assert YearReport.objects.get().foreword == ""
    refused = coordinator_client.post(at("choose"), {**values, "foreword": "x" * 6001})
    assert refused.status_code == 200
    assert "x" * 6001 in refused.content.decode()


def test_nobody_else_comes_in(client_for, house, client):
    from peer_support.testing.factories import UserFactory

    assert client.get(at("choose")).status_code == 302
    nobody = client_for(UserFactory(is_staff=True)).get(at("csv", who=house[0].pk, year=YEAR))
    assert nobody.status_code in (302, 403)


# The command


def test_the_command_writes_the_same_files(house, tmp_path, capsys):
    call_command("year_report", year=YEAR, out=str(tmp_path / "new"))
    written = {path.suffix: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert {".html", ".xlsx", ".csv"} <= set(written)
    if ".pdf" in written:
        assert_tagged(written[".pdf"])
    assert not any(b"zqv" in content.lower() for content in written.values())
    assert AccessLogEntry.objects.filter(action=AccessLogEntry.Action.EXPORT, user=None).count() == 1


@pytest.mark.parametrize("options", [{"year": 1999}, {"year": YEAR, "initiative": 424242}])
def test_the_command_says_what_is_wrong(house, tmp_path, options):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError):
        call_command("year_report", out=str(tmp_path), **options)


# Queries


def test_the_queries_are_as_many_for_more_people_and_initiatives(house):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            build(year=YEAR, today=DAY)
        return len(found)

    before = queries()
    for number in range(3):
        one = InitiativeFactory(title=f"Ny {number}")
        came(one, 6)
        VolunteerFactory.create_batch(3, initiative=one)
    assert queries() == before


# Public numbers


def test_the_public_numbers_hold_nothing_below_five(house):
    services.keep_public_numbers(today=DAY)
    rows = list(PublicNumbers.objects.all())
    assert rows
    kept = [value for row in rows for value in row.values.values() if value is not None]
    assert kept and min(kept) >= 5
    own = PublicNumbers.objects.get(initiative=house[0], period=str(YEAR))
    beside = PublicNumbers.objects.get(initiative=house[1], period=str(YEAR))
    assert own.values["enquiries"] is None and beside.values["enquiries"] is None
    assert PublicNumbers.objects.get(initiative=None, period=str(YEAR)).values["enquiries"] == 44


def test_the_last_twelve_months_are_rounded(house):
    services.keep_public_numbers(today=DAY)
    row = PublicNumbers.objects.get(initiative=None, period="last12")
    assert row.rounded
    assert all(value is None or value % 5 == 0 for value in row.values.values())


@pytest.mark.parametrize(
    ("value", "rounded", "shown"),
    [
        (HIDDEN, False, None),
        (None, True, None),
        (0, False, None),
        (4, True, None),
        (7, True, 5),
        (8, True, 10),
        (7, False, 7),
    ],
)
def test_a_public_number(value, rounded, shown):
    assert services.public_value(value, rounded=rounded) == shown


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (datetime.date(2026, 3, 2), datetime.date(2025, 3, 1), datetime.date(2026, 2, 28)),
        (datetime.date(2026, 1, 31), datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)),
        (datetime.date(2024, 3, 1), datetime.date(2023, 3, 1), datetime.date(2024, 2, 29)),
    ],
)
def test_twelve_months_that_are_over(today, first, last):
    period = services.full_months(today)
    assert (period.first, period.last) == (first, last)


def test_a_page_reads_only_what_was_kept(house):
    assert numbers_for_page(codes=["enquiries"]) is None
    services.keep_public_numbers(today=DAY)
    with CaptureQueriesContext(connection) as found:
        shown = numbers_for_page(codes=["enquiries", "volunteers", "not_a_figure"])
    assert len(found) == 1 and "publicnumbers" in found[0]["sql"]
    assert [one.text for one in shown.numbers] == ["44", ""]
    assert shown.when == str(YEAR) and shown.counted_on == DAY


# The picture


def test_bars_of_nothing_are_not_drawn():
    assert draw_bars([]).bars == ()
    assert draw_bars([("2025", 0, "0"), ("2026", None, "–")]).bars == ()


def test_a_hidden_bar_tells_nothing_of_its_number():
    low = draw_bars([("2025", None, "skjult"), ("2026", 10, "10")]).bars
    high = draw_bars([("2025", None, "skjult"), ("2026", 1000, "1000")]).bars
    assert low[0] == high[0]
    assert low[0].hidden and not low[1].hidden


def test_the_highest_bar_fills_the_picture():
    bars = draw_bars([("a", 5, "5"), ("b", 10, "10")]).bars
    assert float(bars[1].height) == pytest.approx(2 * float(bars[0].height))


def test_how_many_got_better_never_costs_the_mean():
    """One of twelve got worse: the mean of the twelve is told, and how many got better is told of nobody."""
    from peer_support.outcomes.instruments.registry import instrument_of
    from peer_support.outcomes.questionnaires.series import Asked

    pairs = [(40, 64)] * 11 + [(60, 20)]
    groups = {1: (pairs, Asked(12, 12, 0, 0)), ALL: (pairs, Asked(12, 12, 0, 0))}
    hidden = hidden_of(instrument_of("who5"), groups)
    assert ("n", ALL) not in hidden
    assert {what for what, __ in hidden} >= {"worse", "better"}
