"""Personal names, telephone numbers and e-mails out of public text; places and organisations stay."""

import pytest

from peer_support.directory.importing.document import parse_document, split_contact

from .papers import ANSWERS, PROSE, chapter, form, paper, prose

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "public", "contact"),
    [
        (
            "Haven er åben. Kontakt: Gerda Holm, gerda@have.example.",
            "Haven er åben.",
            "Kontakt: Gerda Holm, gerda@have.example.",
        ),
        ("Haven er åben. Tlf. 21 43 65 87.", "Haven er åben.", "Tlf. 21 43 65 87."),
        (
            "Projektleder Oluf Tang er glad for haven og alle dens mange gæster.",
            "Projektlederen er glad for haven og alle dens mange gæster.",
            "Oluf Tang (projektleder)",
        ),
        (
            "Det hele begyndte i en kælder (takket være Gerda Holm), og nu er det stort.",
            "Det hele begyndte i en kælder, og nu er det stort.",
            "Gerda Holm",
        ),
        (
            "Man kan læse mere på www.have.example eller ved at ringe til Gerda på 21436587.",
            "Man kan læse mere på www.have.example",
            "eller ved at ringe til Gerda på 21436587.",
        ),
        (
            "Vi mødes hver tirsdag i huset, og man kan skrive til Gerda Holm på gerda@have.example.",
            "Vi mødes hver tirsdag i huset.",
            "og man kan skrive til Gerda Holm på gerda@have.example.",
        ),
        (
            "Haven passes af Nyby Kommunes frivilligkonsulent Birgit Lauge og lauget.",
            "Haven passes af Nyby Kommunes frivilligkonsulent og lauget.",
            "Birgit Lauge (frivilligkonsulent)",
        ),
    ],
)
def test_contact_data_is_moved_and_the_rest_reads_well(text, public, contact):
    split = split_contact(text)
    assert split.public_text == public
    assert split.contact_text == contact


@pytest.mark.parametrize(
    "number",
    [
        "21436587",
        "21 43 65 87",
        "2143 6587",
        "+45 21 43 65 87",
        "+4521436587",
        "0045 21436587",
        "21.43.65.87",
        "21-43-65-87",
        "2143-6587",
    ],
)
def test_danish_telephone_numbers_in_all_groupings(number):
    split = split_contact(f"Ring på {number} og hør mere.")
    assert number[-2:] not in split.public_text
    assert [finding.kind for finding in split.findings] == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "Projektet løber 2013-2015 og igen 2018 2020.",
        "Det kostede 350.000 kr. i 2014, i alt 25000000 kr. for alle.",
        "Begyndte 02.10.2011, sluttede 31.12.2014, efter § 16.51.14.",
        "CVR-nr. 21436587 er foreningens.",
        "Vi bor på Skovvej 43, 2400 Nyby, og holder åbent kl. 10-14.",
        "Se http://www.nyby.example/sider/21436587/plan for kortet.",
        "Der er 107 af 116 frivillige, 18-40-årige.",
    ],
)
def test_control_other_numbers_stay(text):
    assert split_contact(text) == (text, "", [])


@pytest.mark.parametrize(
    "text",
    [
        "Vi samarbejder med Foreningen Grønne Fingre, Nyby Kommune og Region Sjælland.",
        "Kurset holdes i Nørre Allé hos Frivilligcenter Nyby i Sankt Hans Gade.",
        "Kontakt Frivilligcenter Nyby eller Café Solstrålen for mere.",
        "Projektleder i Nyby Kommune er ansvarlig for haven.",
        "Center Nord-Vest og Dansk Røde Kors hjælper til.",
        "Metoden er beskrevet af den amerikanske forsker Albert Rosen, 1986.",
        "Vi bruger Mary Ellens GRO: en plan for sommeren.",
        "Rosen A, Holm B. The garden and its people. Ann Gard med 26, 1999.",
        "Vi læser bøger af Shira Vale (Shira Vale, 2005).",
    ],
)
def test_control_places_organisations_and_authors_stay(text):
    assert split_contact(text) == (text, "", [])


def test_a_name_known_from_its_contact_line_goes_everywhere():
    text = (
        "Der er altid to på vagt (for eksempel Oluf Lundegaard Tang).\n"
        "Set fra Oluf Lundgaard Tangs side er det en god ordning for alle.\n"
        "Oluf fortæller gerne om, hvordan haven blev til i sin tid.\n"
        "Mere information hos projektleder Oluf Lundegaard Tang: 21436587"
    )
    split = split_contact(text)
    assert "Oluf" not in split.public_text and "Tang" not in split.public_text
    assert "Set fra projektlederens side er det" in split.public_text
    assert "Der er altid to på vagt." in split.public_text
    assert "Projektlederen fortæller gerne" in split.public_text
    assert "21436587" in split.contact_text


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Mød Camilla og Jonas, som er frivillige.", "Mød to personer, som er frivillige."),
        (
            "Haven blev stiftet af Inger Margrethe Holst i 1998 sammen med naboer.",
            "Haven blev stiftet af en person i 1998 sammen med naboer.",
        ),
        (
            "Grundlægger Bjarne B. Tofte er stadig med til alle vores fester.",
            "Grundlæggeren er stadig med til alle vores fester.",
        ),
        ("v/Søren Kirk, Nygade 3", ""),
    ],
)
def test_names_in_a_story_are_replaced(text, public):
    assert split_contact(text).public_text == public


@pytest.mark.parametrize(
    "text",
    [
        "Huset Camilla ligger ved åen.",
        "Café Jonas har åbent.",
        "Lykke er en have.",
        "Vi mødes i Sankt Jørgens Gade.",
    ],
)
def test_control_places_called_by_a_first_name_stay(text):
    assert split_contact(text).public_text == text


def test_known_names_can_be_given():
    assert (
        "Ysolde"
        not in split_contact("Det siger Ysolde Brandt om den store have.", ("Ysolde Brandt",)).public_text
    )


def test_civil_registration_numbers_never_stay():
    split = split_contact("Skriv 010190-1234 på sedlen, når du kommer.")
    assert "1234" not in split.public_text and split.findings[0].kind == "cpr"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Kort.", "Gerda", "@", "v/", "(", "Kontakt:"])
def test_short_texts_are_harmless(text):
    assert isinstance(split_contact(text).public_text, str)


@pytest.mark.parametrize("version", ["A", "B"])
def test_a_contact_block_in_the_last_answer_is_restricted(version):
    block = (
        "Haven er åben. Ved spørgsmål kan man henvende sig til\n \nGerda Holm \nHavens "
        "Venner\ngerda@have.example \n2143 6587 \nwww.have.example"
    )
    text = paper(chapter("Sjælland"), form("Havens Venner", {**ANSWERS, 8: block}, version))
    [entry] = parse_document(text).initiatives
    public = entry.public_text()
    assert "Gerda" not in public and "@" not in public and "2143" not in public
    assert "www.have.example" in public and "Havens Venner" in public
    assert all(piece in entry.contact for piece in ("Gerda Holm", "gerda@have.example", "2143 6587"))
    assert "contact_moved" in entry.flags and entry.sections[8].state == "answered"


def test_a_telephone_number_broken_over_lines_is_restricted():
    text = PROSE + "Yderligere information: Projektleder Oluf Tang, ot@gryden.example, 2143\n6587"
    document = parse_document(
        paper(chapter("Sjælland"), prose("Torsdagsgryden", text), prose("Åbent Snedkeri", PROSE))
    )
    first, second = document.initiatives
    assert "2143 6587" in first.contact and "6587" not in first.public_text()
    assert second.title == "Åbent Snedkeri" and second.contact == ""


def test_messages_and_labels_hold_no_contact_data():
    answers = {
        **ANSWERS,
        8: (
            "Haven.\n \nGerda Holm\nBænkene males i skuret, og det er altid meget hyggeligt. Se "
            "www.have.example eller skriv til gerda@have.example."
        ),
    }
    document = parse_document(paper(chapter("Sjælland"), form("Havens Venner", answers)))
    told = " ".join(message.english() for message in document.messages)
    told += " ".join(link.label for i in document.initiatives for link in i.links)
    assert "Gerda" not in told and "@" not in told
