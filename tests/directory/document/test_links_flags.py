"""Links, damaged lines, flags and the summary."""

import json

import pytest

from peer_support.directory.importing.document import parse_document, summary

from .papers import ANSWERS, PROSE, chapter, form, paper, prose

pytestmark = pytest.mark.one_database


def codes(document):
    return [message.code for message in document.messages]


def with_page_foot(*foot):
    """Two entries; the first ends in the middle of a page whose links were left behind in the second."""
    first = {**ANSWERS, 8: "Læs mere på www.haven.example."}
    second = {
        **ANSWERS,
        1: "\n".join(["Vi mødes på kajen hver lørdag. ", " ", "", *foot, " Bagefter spiser vi sammen."]),
    }
    return parse_document(
        paper(chapter("Sjælland"), form("Havens Venner", first), form("Kajens Venner", second))
    )


def test_a_link_from_the_page_before_goes_to_the_entry_that_prints_it():
    first, second = with_page_foot("http://www.haven.example/").initiatives
    assert [(link.url, link.doubtful) for link in first.links] == [("http://www.haven.example/", False)]
    assert second.links == [] and "haven" not in second.sections[1].text
    assert "Bagefter spiser vi sammen." in second.sections[1].text


def test_a_link_that_nobody_prints_is_listed_as_doubtful_and_not_attached():
    document = with_page_foot("http://www.ukendt.example/")
    assert all("ukendt" not in link.url for i in document.initiatives for link in i.links)
    [message] = [m for m in document.messages if m.code == "link_not_attached"]
    assert message.params["url"] == "http://www.ukendt.example/"


def test_a_link_known_only_by_its_words_is_attached_as_doubtful():
    document = with_page_foot("http://www.nyby.example/da/kultur/havneforvaltningen")
    assert "link_not_attached" in codes(document)
    answers = {**ANSWERS, 5: "Vi hører under havneforvaltningen."}
    text = paper(
        chapter("Sjælland"),
        form("Kajens Venner", answers),
        ["http://www.nyby.example/da/kultur/havneforvaltningen"],
        [" Torsdagsgryden ", ""],
        prose("", PROSE)[2:],
    )
    document = parse_document(text)
    [link] = document.initiatives[0].links
    assert link.doubtful and link.why == "link_by_words" and "link_by_words" in codes(document)
    assert "doubtful_links" in document.initiatives[0].flags


def test_addresses_of_mail_at_a_page_foot_are_never_links():
    document = with_page_foot("mailto:post@haven.example", "http://www.haven.example/")
    assert all("@" not in link.url for i in document.initiatives for link in i.links)
    assert all("@" not in i.public_text() for i in document.initiatives)
    assert "mail_not_attached" in codes(document)


def test_an_address_broken_over_lines_is_put_together():
    answers = {
        **ANSWERS,
        8: "Yderligere information: http://www.haven-\nfolk.example/menu/Alt+om+haven/Bed\num_og_bede/",
    }
    [entry] = parse_document(paper(chapter("Sjælland"), form("Havens Venner", answers))).initiatives
    assert [link.url for link in entry.links] == [
        "http://www.haven-folk.example/menu/Alt+om+haven/Bedum_og_bede/"
    ]


def test_a_printed_link_has_the_sentence_it_stands_in():
    answers = {**ANSWERS, 2: "Haven er stor. Se planen på www.haven.example/plan. Kom gerne."}
    [entry] = parse_document(paper(chapter("Sjælland"), form("Havens Venner", answers))).initiatives
    assert [(link.url, link.label) for link in entry.links] == [
        ("http://www.haven.example/plan", "Se planen på www.haven.example/plan.")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Vi samler organisa onen bag haven i et fælles udvalg.",
        "Haven bidrager  l at skabe ro i hverdagen.",
        "Der var en  dligere gartner med.",
        "De frivillige bliver stø et af naboerne.",
        "Haven drives af  ommunens gartnere og kommunens folk, kommunens biler og kommunens spader.",
        "De laver ak viteter i haven.",
        "Vi holder pause e er frokost.",
    ],
)
def test_lines_with_lost_letters_are_counted_and_flagged(line):
    [entry] = parse_document(
        paper(chapter("Sjælland"), form("Havens Venner", {**ANSWERS, 2: line}))
    ).initiatives
    assert len(entry.damaged_lines) == 1 and "damaged_text" in entry.flags


@pytest.mark.parametrize(
    "line",
    [
        "Vi mødes i haven bl.a. kl. 9, jf. planen, mv. og ca. tre gange pr. uge.",
        "Haven er stor.  Den ligger ved vandet, og MB’erne hjælper til i vitamin D og plan B.",
        "o Der er seks på hvert hold",
        "a) At alle får jord under neglene",
        "Kom i haven å la carte, eller ring til os dvs. når du vil.",
    ],
)
def test_control_whole_lines_are_not_damaged(line):
    [entry] = parse_document(
        paper(chapter("Sjælland"), form("Havens Venner", {**ANSWERS, 2: line}))
    ).initiatives
    assert entry.damaged_lines == [] and "damaged_text" not in entry.flags


@pytest.mark.parametrize(
    "answer",
    [
        "Vores have er ikke peer-støtte, blot et naboskab.",
        "Huset benytter ikke Peer–støtte i år.",
        "Vi har ikke anvendt peer-støttere endnu.",
    ],
)
def test_an_entry_that_says_it_is_not_peer_support_is_flagged(answer):
    document = parse_document(paper(chapter("Sjælland"), form("Havens Venner", {**ANSWERS, 1: answer}, "B")))
    assert "not_peer_support" in document.initiatives[0].flags and "not_peer_support" in codes(document)


@pytest.mark.parametrize(
    "answer",
    [
        "Peer-støtten er ikke skrevet ned i regler.",
        "Der er ikke fagligt personale i huset.",
        "Det er ikke kun peer-støtte, vi laver.",
        "Peers er ikke uddannet til det.",
    ],
)
def test_control_saying_no_to_something_else_is_not_flagged(answer):
    [entry] = parse_document(
        paper(chapter("Sjælland"), form("Havens Venner", {**ANSWERS, 1: answer}))
    ).initiatives
    assert "not_peer_support" not in entry.flags


def test_prose_that_never_speaks_of_lived_experience_is_flagged():
    text = (
        "Butikken sælger brugte cykler og lapper dem, så alle kan komme af sted om morgenen "
        "igen,\nog den er åben alle hverdage."
    )
    with_peers = prose("Torsdagsgryden", PROSE + "Læs mere: www.gryden.example")
    document = parse_document(paper(chapter("Sjælland"), with_peers, prose("Cykelbutikken", text)))
    first, second = document.initiatives
    assert "peer_support_not_described" not in first.flags and "peer_support_not_described" in second.flags


def test_an_entry_that_sends_the_reader_to_another_names_it():
    text = PROSE + "For resten henvises til det skema, som Tulipanlauget har udfyldt (se ovenfor)."
    answers = {n: answer for n, answer in ANSWERS.items() if n != 8}
    document = parse_document(
        paper(chapter("Sjælland"), form("Tulipanlauget", answers), prose("Torsdagsgryden", text))
    )
    assert (
        document.initiatives[1].refers_to == ["Tulipanlauget"]
        and "refers_to" in document.initiatives[1].flags
    )


def test_an_ended_project_is_flagged():
    answers = {**ANSWERS, 7: "Projektet er afsluttet og bliver ikke ført videre."}
    [entry] = parse_document(paper(chapter("Sjælland"), form("Havens Venner", answers))).initiatives
    assert "ended" in entry.flags


def test_the_summary_has_exactly_the_agreed_shape():
    text = paper(
        chapter("Sjælland"),
        form("Havens Venner", {**ANSWERS, 6: " ", 8: "Læs mere på www.haven.example"}),
        prose("Torsdagsgryden", PROSE + "Kontakt: Gerda Holm, gerda@gryden.example"),
    )
    told = summary(parse_document(text))
    assert set(told) == {"initiatives", "messages"}
    first, second = told["initiatives"]
    assert first == {
        "title": "Havens Venner",
        "chapter": "Peer-støtte i Region Sjælland",
        "has_questionnaire": True,
        "sections": {**{str(n): "answered" for n in (1, 2, 3, 4, 5, 7)}, "6": "empty", "8": "link_only"},
        "links": ["http://www.haven.example"],
        "damaged_lines": 0,
        "flags": [],
    }
    assert second["sections"] == {} and second["has_questionnaire"] is False
    assert "Gerda" not in json.dumps(told) and "@" not in json.dumps(told)
    assert summary(parse_document(text)) == told
