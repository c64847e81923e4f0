"""Titles, chapters, entries and their limits."""

import pytest

from peer_support.directory.importing.document import natural_key, parse_document

from .papers import ANSWERS, PROSE, chapter, form, paper, prose

pytestmark = pytest.mark.one_database


def titles(text):
    return [initiative.title for initiative in parse_document(text).initiatives]


def codes(document):
    return [message.code for message in document.messages]


@pytest.mark.parametrize("version", ["A", "B"])
def test_a_filled_form_is_read_in_both_versions(version):
    [entry] = parse_document(paper(chapter("Sjælland"), form("Havens Venner", ANSWERS, version))).initiatives
    assert (entry.title, entry.form_version, entry.has_questionnaire) == ("Havens Venner", version, True)
    assert entry.region == "Region Sjælland" and entry.chapter == "Peer-støtte i Region Sjælland"
    assert {n: s.text for n, s in entry.sections.items()} == ANSWERS
    assert {s.state for s in entry.sections.values()} == {"answered"}


def test_chapters_are_counted_and_one_says_it_has_none():
    text = paper(
        chapter("Hovedstaden"),
        form("Havens Venner", ANSWERS),
        form("Kajens Venner", ANSWERS, "B"),
        chapter("Sjælland"),
        prose("Torsdagsgryden", PROSE + "Læs mere her: www.gryden.example"),
        chapter("Nordjylland", says_none=True),
    )
    found = [(c.region, c.count, c.says_none) for c in parse_document(text).chapters]
    assert found == [
        ("Region Hovedstaden", 2, False),
        ("Region Sjælland", 1, False),
        ("Region Nordjylland", 0, True),
    ]


def test_an_empty_chapter_that_does_not_say_so_is_reported():
    text = paper(
        chapter("Sjælland"), form("Havens Venner", ANSWERS), ["", "Peer-støtte i Region Midtjylland "]
    )
    assert "chapter_empty" in codes(parse_document(text))


@pytest.mark.parametrize("version", ["A", "B"])
def test_a_title_wrapped_over_two_lines_is_whole(version):
    title = "Afprøvning af en model med følgesvende for unge i det gamle pakhus ved havnen i\nNyby Kommune"
    assert titles(paper(chapter("Syddanmark"), form(title, ANSWERS, version))) == [title.replace("\n", " ")]


def test_a_wrapped_title_in_prose_is_whole():
    text = paper(chapter("Sjælland"), prose("Partnerskab mellem Pakhuset, Nyby Havn og\nBådelauget.", PROSE))
    assert titles(text) == ["Partnerskab mellem Pakhuset, Nyby Havn og Bådelauget"]


def test_the_last_line_of_an_answer_is_not_taken_into_the_next_title():
    answers = {**ANSWERS, 8: "Vi har åbent hver dag fra morgen til aften i det store hus nede ved vandet"}
    text = paper(chapter("Sjælland"), form("Havens Venner", answers), form("Kajens Venner", ANSWERS))
    assert titles(text) == ["Havens Venner", "Kajens Venner"]


def test_an_empty_last_question_followed_straight_by_the_next_form():
    answers = {n: text for n, text in ANSWERS.items() if n != 8}
    document = parse_document(
        paper(chapter("Sjælland"), form("Havens Venner", answers), form("Kajen", ANSWERS))
    )
    first, second = document.initiatives
    assert first.sections[8].state == "empty" and first.sections[8].text == ""
    assert second.title == "Kajen"


@pytest.mark.parametrize("version", ["A", "B"])
def test_an_empty_last_question_followed_straight_by_an_entry_in_prose(version):
    answers = {n: text for n, text in ANSWERS.items() if n != 8}
    text = paper(chapter("Sjælland"), form("Havens Venner", answers, version), prose("Torsdagsgryden", PROSE))
    first, second = parse_document(text).initiatives
    assert first.sections[8].state == "empty"
    assert second.title == "Torsdagsgryden" and second.prose.startswith("Mødestedet samler")


def test_prose_after_an_answered_last_question_is_an_entry_of_its_own():
    more = PROSE + "Yderligere information: www.gryden.example"
    text = paper(chapter("Sjælland"), form("Havens Venner", ANSWERS), prose("Mødestedet i Nyby", more))
    first, second = parse_document(text).initiatives
    assert (first.sections[8].text, second.title) == (ANSWERS[8], "Mødestedet i Nyby")


def test_entries_in_prose_end_at_their_closing_line():
    one = PROSE + "Yderligere information: www.gryden.example"
    two = PROSE.replace("Mødestedet", "Værkstedet") + "Læs mere her: http://vaerk.example/"
    text = paper(
        chapter("Sjælland"), prose("Torsdagsgryden", one), prose("Åbent Snedkeri, Nyby Kommune", two)
    )
    first, second = parse_document(text).initiatives
    assert "Værkstedet" not in first.prose and "Mødestedet" not in second.prose
    assert [second.title, second.sections, second.form_version] == ["Åbent Snedkeri, Nyby Kommune", {}, None]


def test_control_a_small_heading_inside_an_answer_is_no_entry():
    answers = {
        **ANSWERS,
        7: "Driften betales af huset.\n \nFrivilligcenter Nyby\nVi låner et lokale af centret hver uge.",
    }
    document = parse_document(paper(chapter("Sjælland"), form("Havens Venner", answers)))
    assert len(document.initiatives) == 1
    assert "Frivilligcenter Nyby" in document.initiatives[0].sections[7].text


def test_control_a_sentence_in_the_last_answer_is_no_title():
    answers = {
        **ANSWERS,
        8: (
            "Vi holder ferie i juli\nAlle andre måneder er haven åben for enhver, der har lyst til at "
            "være med i den."
        ),
    }
    assert titles(paper(chapter("Sjælland"), form("Havens Venner", answers))) == ["Havens Venner"]


def test_a_possible_title_is_told_with_its_line():
    answers = {
        **ANSWERS,
        8: (
            "Haven er åben.\n \nOm vinteren\nBænkene males i det lille skur bag ved huset, og det er "
            "altid meget hyggeligt."
        ),
    }
    document = parse_document(paper(chapter("Sjælland"), form("Havens Venner", answers)))
    assert len(document.initiatives) == 1
    [message] = [m for m in document.messages if m.code == "possible_title"]
    assert (
        message.params["text"] == "Om vinteren"
        and message.line > 1
        and str(message.line) in message.english()
    )


def test_a_form_without_a_title_is_told():
    text = paper(chapter("Sjælland"), form("Havens Venner", ANSWERS), form("", ANSWERS))
    document = parse_document(text)
    assert "title_missing" in codes(document) and "title_missing" in document.initiatives[-1].flags


def test_removed_and_reordered_entries_leave_the_others_as_they_were():
    parts = [
        form("Havens Venner", ANSWERS),
        prose("Torsdagsgryden", PROSE + "Yderligere information: www.gryden.example"),
        form("Kajens Venner", {1: "Vi mødes på kajen."}, "B"),
        prose(
            "Åbent Snedkeri",
            PROSE.replace("Mødestedet", "Snedkeriet") + "Læs mere her: http://vaerk.example/",
        ),
    ]
    whole = {
        i.title: (i.sections, i.prose) for i in parse_document(paper(chapter("Sjælland"), *parts)).initiatives
    }
    assert list(whole) == ["Havens Venner", "Torsdagsgryden", "Kajens Venner", "Åbent Snedkeri"]

    def content(entry):
        return [(s.state, s.text) for s in entry[0].values()], entry[1]

    for order in ([3, 2, 1, 0], [1, 0, 3], [0, 2], [2, 3, 1], [1, 3]):
        again = parse_document(paper(chapter("Sjælland"), *(parts[n] for n in order))).initiatives
        assert [i.title for i in again] == [list(whole)[n] for n in order]
        for initiative in again:
            assert content((initiative.sections, initiative.prose)) == content(whole[initiative.title])


def test_an_initiative_named_like_its_chapter_is_no_chapter():
    text = paper(chapter("Sjælland"), form("Peer-støtte i Region Sjælland", ANSWERS))
    document = parse_document(text)
    assert (len(document.chapters), titles(text)) == (1, ["Peer-støtte i Region Sjælland"])


def test_an_entry_before_any_chapter_is_told():
    document = parse_document(paper(form("Havens Venner", ANSWERS)))
    assert document.initiatives[0].chapter == "" and "no_chapter" in codes(document)


def test_a_title_that_stands_twice_is_told():
    text = paper(chapter("Sjælland"), form("Havens Venner", ANSWERS), form("Havens  venner", ANSWERS))
    assert "duplicate_title" in codes(parse_document(text))


def test_the_natural_key_is_the_same_in_all_spellings():
    assert natural_key("Ås – Ørens  Æbler", "Region X") == natural_key("ås - ørens æbler.", "REGION X")
    assert natural_key("Ås-gården", "X") == natural_key("ÅS‐gården", "X")
    assert natural_key("Ås", "X") != natural_key("As", "X")
    assert natural_key("Ås", "X") != natural_key("Ås", "Y")
