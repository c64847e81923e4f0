"""CSV, Excel and JSON: the same initiatives, told row by row what is wrong."""

import datetime
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from peer_support.directory.importing import columns, planning, tables
from peer_support.directory.models import Initiative, InitiativeContact
from peer_support.testing.factories import InitiativeFactory

from .papers_and_tables import MAIL, NAME, PHONE, as_json, table, workbook

pytestmark = pytest.mark.django_db

HEAD = (
    "Navn",
    "Region",
    "Kommuner",
    "Støtteformer",
    "Status",
    "Uddannelse oplyst",
    "Link",
    "Samarbejdspartnere",
)
ROW = (
    "Kajen",
    "Hovedstaden",
    "Dragør\nTårnby",
    "En til en",
    "i drift",
    "nej",
    "kajen.example/om",
    "Foreningen Vind (vært)",
)


def quoted(row):
    return tuple(f'"{cell}"' for cell in row)


FILES = [
    ("liste.csv", table(HEAD, quoted(ROW))),
    ("liste.csv", "\ufeff".encode() + table(HEAD, quoted(ROW), separator=",")),
    ("liste.csv", table(HEAD, quoted(ROW), separator="\t")),
    ("liste.csv", table(HEAD, quoted(ROW)).decode().encode("cp1252")),
    ("liste.xlsx", workbook(HEAD, ROW)),
    ("liste.json", as_json({**dict(zip(HEAD, ROW, strict=True)), "Kommuner": ["Dragør", "Tårnby"]})),
]


@pytest.mark.parametrize(("name", "data"), FILES, ids=["semicolon", "comma", "tab", "cp1252", "xlsx", "json"])
def test_every_format_gives_the_same_initiative(run_import, name, data):
    run_import(name, data)
    kajen = Initiative.objects.get()
    assert (kajen.title, kajen.region, kajen.status, kajen.live) == ("Kajen", "1084", "running", False)
    assert sorted(m.name for m in kajen.municipalities.all()) == ["Dragør", "Tårnby"]
    assert [t.code for t in kajen.forms.all()] == ["one-to-one"]
    assert kajen.training_stated == "none"
    assert [link.url for link in kajen.links.all()] == ["https://kajen.example/om"]
    assert [(p.name, p.role) for p in kajen.partners.all()] == [("Foreningen Vind", "vært")]
    assert "1 as before." in run_import(name, data).out


def test_columns_that_are_not_there_leave_what_is_stored(run_import):
    run_import("liste.csv", table(("navn", "økonomi"), ("Kajen", "En fond")))
    run_import("liste.csv", table(("navn", "status"), ("Kajen", "pilot")))
    kajen = Initiative.objects.get()
    assert (kajen.funding, kajen.status) == ("En fond", "pilot")


def test_not_stated_is_another_thing_than_none(run_import):
    run_import(
        "liste.csv",
        table(("navn", "uddannelse oplyst"), ("A", "ingen"), ("B", ""), ("C", "ikke oplyst"), ("D", "ja")),
    )
    assert dict(Initiative.objects.values_list("title", "training_stated")) == {
        "A": "none",
        "B": "",
        "C": "",
        "D": "yes",
    }


def test_one_bad_row_stops_everything_and_every_fault_is_told_with_its_row(run_import):
    data = table(
        ("navn", "status", "kommuner", "økonomien slutter", "hele landet", "link"),
        ("God", "i drift", "Køge", "24.12.2026", "ja", ""),
        ("Skidt", "purpur", "Andeby", "i morgen", "måske", "ikke en adresse"),
        ("", "i drift", "", "", "", ""),
        ("God", "", "", "", "", ""),
    )
    with pytest.raises(CommandError) as error:
        run_import("liste.csv", data)
    text = str(error.value)
    for wanted in (
        "Row 3",
        "purpur",
        "Andeby",
        "24.12.2026",
        "yes or no",
        "“ikke”",
        "Row 4",
        "Row 5",
        "row 2",
    ):
        assert wanted in text, wanted
    assert not Initiative.objects.exists()


def test_row_numbers_are_the_spreadsheets_own(run_import):
    data = table(("navn", "status"), ("", ""), ('"to\nlinjer"', "pilot"), ("Skidt", "purpur"))
    with pytest.raises(CommandError, match="Row 4"):
        run_import("liste.csv", data)


def test_an_unknown_column_is_left_out_and_told(run_import):
    out = run_import("liste.csv", table(("navn", "yndlingsfarve"), ("Kajen", "blå")))
    assert "yndlingsfarve" in out.err


def test_a_list_of_something_else_is_refused(run_import):
    with pytest.raises(CommandError, match="no column is called"):
        run_import("liste.csv", table(("vare", "pris"), ("Kaffe", "12")))
    with pytest.raises(CommandError, match="stands twice"):
        run_import("liste.csv", table(("navn", "titel"), ("A", "B")))
    with pytest.raises(CommandError, match="no initiatives"):
        run_import("liste.csv", table(("navn", "status")))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("liste.csv", b"navn\n\x00\x00", "as text"),
        ("liste.csv", b'navn\n"' + b"a" * 200_000, "damaged"),
        ("liste.csv", b"navn\n" + b"b" * 21_000, "longer than"),
        ("liste.xlsx", b"PK\x03\x04 broken", "Excel workbook"),
        ("liste.xlsx", b"navn;status", "Excel workbook"),
        ("liste.xls", b"\xd0\xcf\x11\xe0", "old format"),
        ("liste.json", b"{]", "JSON"),
        ("liste.json", b"[" * 100_000, "JSON"),
        ("liste.json", b'{"a": 1}', "list of initiatives"),
        ("liste.json", b"[1, 2]", "list of initiatives"),
        ("setup.cfg", b"[metadata]\nname = noget\n", "not the questionnaire"),
    ],
)
def test_a_broken_or_hostile_file_gets_a_clear_sentence(run_import, name, data, words):
    with pytest.raises(CommandError, match=words):
        run_import(name, data)
    assert not Initiative.objects.exists()


def test_a_formula_in_a_workbook_is_refused_with_its_cell(run_import):
    with pytest.raises(CommandError, match="B2"):
        run_import("liste.xlsx", workbook(("navn", "kilde"), ("Kajen", '=HYPERLINK("http://x.example")')))


def test_dates_in_a_workbook_are_dates(run_import):
    run_import("liste.xlsx", workbook(("navn", "oplyst den"), ("Kajen", datetime.datetime(2026, 3, 1))))
    assert Initiative.objects.get().information_date == datetime.date(2026, 3, 1)


def test_text_with_code_in_it_stays_text_and_is_escaped(run_import, editor_client):
    bad = "<script>alert(1)</script> {{ 7 }} \u202eog\x07 mere"
    run_import("liste.json", as_json({"title": "Kajen", "summary": bad, "section_1": bad}))
    kajen = Initiative.objects.get()
    assert kajen.summary == "<script>alert(1)</script> {{ 7 }} og mere"
    page = editor_client.get(f"/admin/snippets/peer_support/initiative/inspect/{kajen.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_contact_data_is_moved_out_of_a_tables_texts(run_import):
    data = as_json(
        {
            "title": "Kajen",
            "beskrivelse": f"Kom forbi. Kontakt {NAME} på {PHONE} eller {MAIL}.",
            "kontakt": "Spørg i cafeen",
        }
    )
    out = run_import("liste.json", data)
    kajen = Initiative.objects.get()
    for secret in (NAME, PHONE, MAIL):
        assert secret not in kajen.description
        assert secret not in out.out + out.err
    contact = InitiativeContact.objects.get()
    assert contact.text.startswith("Spørg i cafeen") and PHONE in contact.text
    assert "Row 1: contact data was moved out of description." in out.err


def test_what_contact_data_was_moved_out_of_is_told_by_the_fields_label_and_not_its_code(run_import):
    data = as_json({"title": "Kajen", "for_whom": f"Ring {PHONE}", "section_3": f"Skriv til {MAIL}"})
    assert "moved out of who it is for, in words, section 3." in run_import("liste.json", data).err


def test_the_account_of_a_table_has_the_same_shape(run_import):
    out = run_import(
        "liste.csv", table(("navn", "afsnit 1", "link"), ("Kajen", "Vi sejler.", "kajen.example")), json=True
    )
    account = json.loads(out.out)
    assert account["initiatives"] == [
        {
            "title": "Kajen",
            "chapter": "",
            "has_questionnaire": False,
            "sections": {"1": "answered"},
            "links": ["https://kajen.example"],
            "damaged_lines": 0,
            "flags": [],
        }
    ]
    assert account["messages"] == []


def test_a_summary_that_is_too_long_is_told_before_anything_is_written(run_import):
    with pytest.raises(CommandError, match="600"):
        run_import("liste.csv", table(("navn", "kort fortalt"), ("Kajen", "a" * 601)))


def test_very_long_names_still_have_keys_of_their_own(run_import):
    chapter = "k" * 120
    rows = [("navn", "kapitel"), ("x" * 199 + "a", chapter), ("x" * 199 + "b", chapter)]
    run_import("liste.csv", table(*rows))
    assert Initiative.objects.count() == 2
    assert "2 as before." in run_import("liste.csv", table(*rows)).out


def test_the_example_file_can_be_imported(run_import, editor_client):
    response = editor_client.get("/admin/initiatives/import/example/")
    assert response["Content-Disposition"] == 'attachment; filename="initiativer.csv"'
    out = run_import("initiativer.csv", response.content)
    assert "1 new draft." in out.out
    initiative = Initiative.objects.get()
    assert initiative.municipalities.count() == 2 and initiative.forms.count() == 2
    assert InitiativeContact.objects.count() == 1


def test_an_initiative_that_the_file_does_not_name_is_left_alone(run_import):
    other = InitiativeFactory(title="En anden")
    before = Initiative.objects.filter(pk=other.pk).values().get()
    run_import("liste.csv", table(("navn",), ("Kajen",)))
    assert Initiative.objects.filter(pk=other.pk).values().get() == before


def test_numbers_and_dates_in_a_workbook_read_as_the_sheet_shows_them(run_import):
    head = ("navn", "antal peers", "startet", "linjer med tabte bogstaver")
    run_import("liste.xlsx", workbook(head, ("Kajen", 12.0, datetime.date(2010, 5, 1), 3), (None,) * 4))
    kajen = Initiative.objects.get()
    assert (kajen.peer_count, kajen.started, kajen.damaged_lines) == ("12", "2010-05-01", 3)


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_a_table_with_too_many_rows_is_refused_and_not_cut(run_import, monkeypatch, name):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    rows = [("navn",), ("A",), ("B",), ("C",)]
    with pytest.raises(CommandError, match="more than 2 rows"):
        run_import(name, table(*rows) if name.endswith("csv") else workbook(*rows))


def test_a_workbook_that_defines_entities_is_refused(run_import):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        )
    with pytest.raises(CommandError, match="Excel workbook"):
        run_import("liste.xlsx", packed.getvalue())


def test_two_imports_at_once_make_no_doubles_and_the_second_is_told(run_import, monkeypatch):
    run_import("liste.csv", table(("navn",), ("Kajen",)))
    # The second import has looked before the first one wrote.
    monkeypatch.setattr(planning, "_stored", lambda locale, keys: {})
    with pytest.raises(CommandError, match="at the same time"):
        run_import("liste.csv", table(("navn",), ("Molen",), ("Kajen",)))
    assert [initiative.title for initiative in Initiative.objects.all()] == ["Kajen"]


def test_with_json_a_wrong_file_prints_nothing_on_standard_output(tmp_path, capsys):
    path = tmp_path / "liste.csv"
    path.write_text("vare;pris\nKaffe;12\n")
    with pytest.raises(CommandError) as error:
        call_command("import_initiatives", str(path), json=True)
    assert error.value.returncode == 1
    assert capsys.readouterr().out == ""


FIELDS = [name for name in columns.COLUMNS if name != columns.CONTACT]


@pytest.mark.parametrize("active", ["da", "en"])
@pytest.mark.parametrize("written", ["da", "en"])
def test_every_label_in_either_language_is_a_heading_of_its_own_field(active, written):
    with translation.override(written):
        labels = {name: planning.label_of(name) for name in FIELDS}
    with translation.override(active):
        known = columns.headers()
        found = {name: columns.field_of(label.upper(), known) for name, label in labels.items()}
    assert found == {name: name for name in FIELDS}


def test_the_danish_labels_mean_what_they_say():
    known = columns.headers()
    wanted = {
        "Hvem driver det": "operator",
        "Kapitel i kilden": "chapter",
        "Uddannelse af peers": "training_stated",
        "Evaluering": "evaluation_stated",
        "Kilde til oplysningerne": "source",
        "Linjer med manglende bogstaver": "damaged_lines",
        "Hvem det er for": "audiences",
        "Hvem det er for, med ord": "for_whom",
    }
    assert {heading: columns.field_of(heading, known) for heading in wanted} == wanted


def test_a_fields_own_name_is_always_that_field():
    known = columns.headers()
    assert {name: columns.field_of(name, known) for name in columns.COLUMNS} == {
        name: name for name in columns.COLUMNS
    }


@pytest.mark.parametrize("active", ["da", "en"])
def test_the_words_of_a_choice_are_known_in_either_language(active):
    reader_words = {"er det peer-støtte": [("Ja", "yes"), ("yes", "yes")], "status": []}
    for language in ("da", "en"):
        with translation.override(language):
            reader_words["status"] += [(str(label), str(code)) for code, label in Initiative.Status.choices]
    with translation.override(active):
        reader, known = columns.CellReader(), columns.headers()
        for heading, words in reader_words.items():
            field = columns.field_of(heading, known)
            assert [reader.read(field, word) for word, __ in words] == [code for __, code in words]
