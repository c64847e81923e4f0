"""What a spreadsheet may look like, and what is refused of it."""

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook, load_workbook

from peer_support.access.scopes import scope_of
from peer_support.directory.importing.notices import Refused
from peer_support.directory.importing.reading import read as read_initiatives
from peer_support.people.importing import cells
from peer_support.people.importing import columns as columns_module
from peer_support.people.importing.columns import COLUMNS, guess
from peer_support.people.importing.reading import MAX_BYTES, read_table
from peer_support.people.models import Citizen, PeopleUpload, Volunteer

from .importing import Importer, people, sentences, workbook

pytestmark = pytest.mark.django_db


class TestCells:
    @pytest.mark.parametrize(
        ("heading", "cell"),
        [
            ("Fødselsår", "syttifire"),
            ("Venter siden", "31.02.2026"),
            ("Timer", "mange"),
            ("Tider", "når som helst"),
            ("Køn", "ukendt køn"),
            ("Kontaktform", "brevdue"),
            ("E-mail", "alma(at)example"),
            ("Noter", "010190-1234"),
            ("Rejseafstand", "langt"),
        ],
    )
    def test_a_cell_that_is_not_understood_is_named_with_its_row(self, importer, heading, cell):
        importer.upload(f"Fornavn;Telefon;{heading}\r\nBo;11111111;\r\nAlma;12345678;{cell}\r\n")
        importer.columns()
        ((line, text),) = sentences(importer.check())
        assert line == 3 and text

    def test_everything_a_citizen_can_bring_arrives(self, importer, initiative):
        importer.run(
            "Navn;Mobil;Mail;Fødselsår;Køn;Sprog;Kontaktform;Km;Ønsker køn;Henvist;Samtykke;Venter siden;Noter\n"
            'Alma Maria Askholt;+45 12345678;ALMA@example.com;1974;kvinde;"Dansk, engelsk";"telefon, fysisk";8 km;'
            "en mand;fagperson;2026-08-01;1/8 2026;God til at lytte\n"
        )
        (alma,) = people(Citizen, initiative)
        assert (alma.first_name, alma.last_name) == ("Alma Maria", "Askholt")
        assert (alma.birth_year, alma.gender, alma.gender_wish, alma.channels, alma.travel_km) == (
            1974,
            1,
            2,
            3,
            8,
        )
        assert (alma.came_by, alma.consent_on.day, alma.waiting_since.day) == ("professional", 1, 1)
        with scope_of(initiative.pk):
            assert {language.name for language in alma.languages.all()} == {"Dansk", "Engelsk"}

    def test_waiting_through_a_professional_without_a_yes_is_a_fault(self, importer):
        importer.upload("Fornavn;Telefon;Henvist;Venter siden\nAlma;12345678;fagperson;1.8.2026\n")
        importer.columns()
        assert [line for line, __ in sentences(importer.check())] == [2]

    def test_a_volunteer_with_a_date_of_approval_is_approved(self, coordinator_client, initiative):
        Importer(coordinator_client, initiative, "volunteer").run(
            "Fornavn;Telefon;Godkendt;Kontrakt;Kapacitet\nBirk;12345678;1.8.2026;2.8.2026;2\n"
        )
        (birk,) = people(Volunteer, initiative)
        assert (birk.status, birk.capacity, birk.contract_on.day) == ("approved", 2, 2)

    def test_a_column_of_cpr_numbers_is_never_taken_in(self, importer):
        importer.upload("Fornavn;Telefon;CPR-nr\nAlma;12345678;010190-1234\n")
        html = importer.client.get(importer.columns_url).content.decode()
        assert "010190" not in html and "CPR" in html


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_every_usual_csv_is_read(self, encoding, separator):
        text = f"Fornavn{separator}Telefon\r\nSøren{separator}12345678\r\n"
        table = read_table(text.encode(encoding))
        assert (table.headings, table.rows[0].cells) == (["Fornavn", "Telefon"], ["Søren", "12345678"])

    def test_a_row_has_the_number_the_spreadsheet_shows(self):
        table = read_table(b'Navn;Tlf\r\nA;1\r\n\r\n"B\nC";2\r\nD;3\r\n')
        assert [row.number for row in table.rows] == [2, 4, 5]

    def test_a_workbook_is_read_with_its_dates_and_numbers(self):
        content = workbook(
            ["Navn", "Tlf", "Dato"], [None, None, None], ["Alma", 12345678, datetime.date(2026, 8, 3)]
        )
        (row,) = read_table(content).rows
        assert (row.number, row.cells) == (3, ["Alma", "12345678", "2026-08-03"])

    def test_a_workbook_goes_all_the_way(self, importer, initiative):
        importer.run(workbook(["Fornavn", "Telefon", "Postnr"], ["Alma", 12345678, 800]), "liste.xlsx")
        assert people(Citizen, initiative)[0].postcode == "0800"

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"   \r\n  ",
            b"%PDF-1.7 \x00\x01",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
            bytes(range(256)) * 4,
            b"PK\x03\x04 not really a zip",
            b"Fornavn;Telefon\r\n",
            b"\x89PNG\r\n\x1a\n\x00\x00",
        ],
        ids=["empty", "blank", "pdf", "old excel", "binary", "broken zip", "headings only", "picture"],
    )
    def test_a_file_that_is_no_list_is_refused_with_a_sentence(self, importer, initiative, content):
        response = importer.upload(content)
        assert response.status_code == 200 and "error-message" in response.content.decode()
        with scope_of(initiative.pk):
            assert PeopleUpload.objects.count() == 0

    def test_a_huge_file_is_refused_with_a_sentence(self, importer):
        response = importer.upload(b"Fornavn;Telefon\r\n" + b"x" * (MAX_BYTES + 10))
        assert response.status_code == 200 and "5 MB" in response.content.decode()

    def test_too_many_rows_are_refused(self):
        with pytest.raises(Refused, match=r"2[.,\s]?000"):
            read_table(b"Navn;Tlf\n" + b"A;1\n" * 2001)

    def _zip(self, **members):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in {"xl/workbook.xml": b"<workbook/>", **members}.items():
                package.writestr(name, content)
        return output.getvalue()

    def test_a_zip_bomb_is_not_opened(self):
        bomb = self._zip(**{"xl/worksheets/sheet1.xml": b"0" * (60 * 1024 * 1024)})
        assert len(bomb) < 100_000
        with pytest.raises(Refused):
            read_table(bomb)

    def test_xml_entities_are_not_opened(self):
        laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
        with pytest.raises(Refused):
            read_table(self._zip(**{"xl/workbook.xml": laughs}))

    @pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
    def test_a_damaged_workbook_is_refused(self, member):
        source = zipfile.ZipFile(io.BytesIO(workbook(["Navn", "Tlf"], ["A", "1"])))
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as package:
            for name in source.namelist():
                package.writestr(name, b"<broken" if name == member else source.read(name))
        with pytest.raises(Refused):
            read_table(output.getvalue())

    def test_a_row_far_down_does_not_fill_the_memory(self):
        book = Workbook()
        book.active.append(["Navn", "Tlf"])
        book.active.cell(row=1_000_000, column=1, value="A")
        output = io.BytesIO()
        book.save(output)
        with pytest.raises(Refused):
            read_table(output.getvalue())


class TestExamples:
    @pytest.mark.parametrize("kind", ["citizen", "volunteer"])
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_the_example_goes_in_as_it_is(self, coordinator_client, initiative, kind, form):
        response = coordinator_client.get(f"/admin/people/import/example/{kind}.{form}")
        assert "attachment" in response["Content-Disposition"]
        Importer(coordinator_client, initiative, kind).run(response.content, f"x.{form}")
        model = Citizen if kind == "citizen" else Volunteer
        assert len(people(model, initiative)) == 1

    @pytest.mark.parametrize(("made", "read"), [("da", "en"), ("en", "da")])
    @pytest.mark.parametrize("kind", ["citizen", "volunteer"])
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_an_example_made_in_one_language_goes_in_whole_in_the_other(
        self, coordinator_client, initiative, made, read, kind, form
    ):
        coordinator_client.defaults["HTTP_ACCEPT_LANGUAGE"] = made
        content = coordinator_client.get(f"/admin/people/import/example/{kind}.{form}").content
        coordinator_client.defaults["HTTP_ACCEPT_LANGUAGE"] = read
        importer = Importer(coordinator_client, initiative, kind)
        importer.upload(content, f"x.{form}")
        fields = coordinator_client.get(importer.columns_url).context["form"].fields.values()
        assert all(field.initial for field in fields)
        importer.columns()
        assert sentences(importer.check()) == []
        importer.confirm()
        (person,) = people(Citizen if kind == "citizen" else Volunteer, initiative)
        assert (person.gender, person.channels, person.birth_year) == (1, 3, 1974)

    def test_no_cell_of_the_example_is_a_formula(self, coordinator_client):
        content = coordinator_client.get("/admin/people/import/example/citizen.xlsx").content
        cells = [cell for row in load_workbook(io.BytesIO(content)).active for cell in row]
        assert cells and all(cell.data_type == "s" and cell.number_format == "@" for cell in cells)

    @pytest.mark.parametrize("tail", ["citizen.pdf", "secret.csv"])
    def test_there_are_no_other_examples(self, coordinator_client, tail):
        assert coordinator_client.get(f"/admin/people/import/example/{tail}").status_code == 404


class TestHeadings:
    def test_danish_and_english_headings_are_guessed(self):
        danish = ["Fornavn", "Mobil-nr.", "E-mail", "Post nr.", "Fødselsår", "Noget andet"]
        assert guess(danish, "citizen") == ["first_name", "phone", "email", "postcode", "birth_year", ""]
        assert guess(["First name", "Phone", "Email"], "volunteer") == ["first_name", "phone", "email"]

    def test_no_column_is_guessed_twice(self):
        assert guess(["Telefon", "Mobil"], "citizen") == ["phone", ""]

    @pytest.mark.parametrize("active", ["da", "en"])
    @pytest.mark.parametrize("written", ["da", "en"])
    def test_every_column_is_recognised_by_its_own_label_in_either_language(self, active, written):
        for kind in ("citizen", "volunteer"):
            columns = [column for column in COLUMNS if kind in column.kinds]
            with translation.override(written):
                labels = [str(column.label) for column in columns]
            with translation.override(active):
                assert guess(labels, kind) == [column.code for column in columns]

    def test_the_danish_labels_are_headings_also_where_no_catalogue_is_compiled(self, monkeypatch):
        monkeypatch.setattr(columns_module, "spellings", lambda label: {str(label)})
        for heading, code in {
            "Fornavn eller alias": "first_name",
            "Timer om ugen (fra–til)": "hours",
            "Timer om ugen, fra": "hours_min",
            "Timer om ugen, til": "hours_max",
            "Rejser højst (km)": "travel_km",
            "Hvad den frivillige skal vide": "special_knowledge",
            "Hvem der tog kontakt": "referred_by",
            "Sagde ja til at blive registreret": "consent_on",
            "Nummer i et andet system": "external_id",
        }.items():
            assert guess([heading], "citizen") == [code]
        for heading, code in {
            "Hvorfor peer-støtte": "motivation",
            "Hvad de kan bidrage med": "resources",
            "Antal matches ad gangen": "capacity",
        }.items():
            assert guess([heading], "volunteer") == [code]

    @pytest.mark.parametrize("active", ["da", "en"])
    @pytest.mark.parametrize("written", ["da", "en"])
    def test_the_words_of_a_choice_are_known_in_either_language(self, active, written):
        for read, table in (
            (cells.gender, cells.GENDERS),
            (cells.gender_wish, cells.WISHES),
            (cells.came_by, cells.CAME_BY),
            (cells.channels, cells.CHANNELS),
        ):
            with translation.override(written):
                words = [str(code.label) for code in table]
            with translation.override(active):
                assert [read(word) for word in words] == [code.value for code in table]

    def test_a_word_that_is_not_known_is_answered_with_those_that_are_in_the_readers_language(self):
        with translation.override("da"), pytest.raises(ValidationError, match="en fagperson"):
            cells.came_by("nogen")
        with translation.override("en"), pytest.raises(ValidationError, match="through a professional"):
            cells.came_by("nogen")


@pytest.mark.parametrize("reader", [read_table, lambda content: read_initiatives("liste.xlsx", content)])
def test_a_workbook_that_is_damaged_inside_is_refused_with_a_sentence(reader):
    """Found by sending hostile files: what cannot be unpacked is another kind of error than a bad archive."""
    whole, refused = (
        workbook(["Fornavn", "Telefon"], *[[f"Alma{n}", f"{20000000 + n}"] for n in range(30)]),
        0,
    )
    broken = [whole[:at] + b"\xff" * 20 + whole[at + 20 :] for at in range(40, len(whole) - 40, 197)]
    # The table of contents stands last; each byte of it says something that can be wrong.
    broken += [whole[:at] + b"\xff" + whole[at + 1 :] for at in range(len(whole) - 600, len(whole))]
    for content in broken:
        try:
            reader(content)
        except Refused as refusal:
            assert all(str(notice) for notice in refusal.notices)
            refused += 1
    assert refused > 3
