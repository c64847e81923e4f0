"""The eight answers: the form's print kept out, states, page furniture."""

import pytest

from peer_support.directory.importing.document import STATES, parse_document

from .papers import ANSWERS, BULLET, chapter, form, heading, paper

pytestmark = pytest.mark.one_database


def read(answers, version="A", title="Havens Venner", more=(), **options):
    text = paper(chapter("Sjælland"), form(title, answers, version, **options), *more)
    return parse_document(text).initiatives[0]


@pytest.mark.parametrize("version", ["A", "B"])
def test_no_answer_holds_a_printed_question_or_its_bullet(version):
    entry = read(ANSWERS, version)
    printed = {line.strip("\uf0b7 ") for n in range(1, 9) for line in heading(n, version)}
    for section in entry.sections.values():
        assert not [line for line in printed if line in section.text] and "\uf0b7" not in section.text


def test_questions_with_lost_letters_and_odd_hyphens_are_known():
    text = paper(chapter("Sjælland"), form("Havens Venner", ANSWERS))
    for good, bad in [("peer-støtten", "peer-stø en"), ("herunder:", "herunder :"), ("peer-", "peer.")]:
        lines = [
            line.replace(good, bad) if line.startswith(("Beskriv", "\uf0b7")) else line
            for line in text.split("\n")
        ]
        [entry] = parse_document("\n".join(lines)).initiatives
        assert {n: s.text for n, s in entry.sections.items()} == ANSWERS


def test_a_bullet_in_the_answer_stays_an_answer():
    entry = read({**ANSWERS, 3: f"{BULLET}ti gartnere\n{BULLET}to kokke"})
    assert entry.sections[3].text == "• ti gartnere\n• to kokke"


def test_control_an_answer_that_repeats_a_questions_words_is_kept():
    answer = "Peer-støtterne er ikke oplært efter nogen fast plan.\nHvor længe har holdene mødtes: to år"
    assert read({**ANSWERS, 3: answer}).sections[3].text == answer


def test_a_new_question_is_left_out_and_told():
    lines = form("Havens Venner", ANSWERS)
    at = lines.index(ANSWERS[4])
    lines.insert(at, BULLET + "Hvilken farve har jeres dør?")
    document = parse_document(paper(chapter("Sjælland"), lines))
    assert document.initiatives[0].sections[4].text == ANSWERS[4]
    assert "unknown_question" in [message.code for message in document.messages]


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("empty", " "),
        ("empty", "-"),
        ("empty", "…"),
        ("refers", "Det er besvaret ovenfor."),
        ("refers", "Se svaret på spørgsmål to, dér er det beskrevet ovenfor."),
        ("refers", "Der henvises til beskrivelsen i første afsnit."),
        ("deferred", "Vi har endnu ikke evalueret haven, det sker til foråret."),
        ("deferred", "Svar på dette vil kunne gives, når undersøgelsen er færdig."),
        ("not_applicable", "Ikke relevant for os."),
        ("not_applicable", "Kan ikke besvares, vi er jo blot gartnere."),
        ("link_only", "Læs mere på www.haven.example"),
        ("link_only", "http://haven.example/om"),
        ("answered", "Nej"),
        ("answered", "12"),
        (
            "answered",
            "Som nævnt ovenfor mødes vi i haven. Desuden har vi et orangeri, et drivhus og tre både til "
            "fri brug.",
        ),
        ("answered", "Haven er åben hele året. Læs mere på www.haven.example"),
        ("answered", "Vi har ikke lavet en evaluering."),
        ("answered", "Der er ikke ansatte i haven."),
    ],
)
def test_the_state_of_an_answer(state, answer):
    assert state in STATES
    section = read({**ANSWERS, 6: answer}).sections[6]
    assert section.state == state


def test_the_prompt_for_contact_data_in_version_b_is_no_answer():
    entry = read({n: t for n, t in ANSWERS.items() if n != 8}, "B")
    assert (entry.sections[8].state, entry.sections[8].text) == ("empty", "")


def test_a_missing_question_is_empty_and_told():
    text = paper(chapter("Sjælland"), form("Havens Venner", ANSWERS, without=(5,)))
    document = parse_document(text)
    assert document.initiatives[0].sections[5].state == "empty"
    assert [(m.code, m.params["section"]) for m in document.messages if m.code == "section_missing"] == [
        ("section_missing", 5)
    ]


def test_a_page_number_in_the_middle_of_a_sentence_is_lifted_out():
    answer = (
        "Vi mødes i haven, når det er tørvejr, og ellers flytter vi ind i det store \n\n\n\n17 \n "
        "\n\ndrivhus ved muren."
    )
    assert read({**ANSWERS, 2: answer}).sections[2].text.endswith("ind i det store drivhus ved muren.")


@pytest.mark.parametrize("number", ["3", "48", "104", "Side 9", "- 12 -"])
def test_page_numbers_of_any_size_are_furniture(number):
    answer = f"Vi mødes i haven. \n\n\n\n{number} \n \n\nOm vinteren er vi i drivhuset."
    text = read({**ANSWERS, 2: answer}).sections[2].text
    assert number not in text and "drivhuset" in text


def test_control_a_number_that_is_the_answer_stays():
    assert read({**ANSWERS, 3: "12"}).sections[3].text == "12"


def test_a_footnote_is_taken_out_with_its_mark():
    answer = (
        "Vi bygger på en gammel tanke om at arbejde sammen med jorden og med hænderne1. Tanken er, at den "
        "\n \n"
        "1  ”Havebogen” Gyda Grøn, 1999 \n"
        " som sår, også selv skal høste."
    )
    entry = read({**ANSWERS, 2: answer})
    assert entry.sections[2].text.endswith("med hænderne. Tanken er, at den som sår, også selv skal høste.")
    assert [(note.number, note.text) for note in entry.footnotes] == [(1, "”Havebogen” Gyda Grøn, 1999")]


def test_control_a_list_that_begins_with_a_number_is_no_footnote():
    answer = "Supervision:\n1 gang om måneden af to timer\nVi tager ordet efter tur."
    entry = read({**ANSWERS, 3: answer})
    assert "1 gang om måneden" in entry.sections[3].text and entry.footnotes == []


def test_wrapped_lines_are_joined_and_split_words_keep_their_hyphen():
    answer = (
        "Haven er blevet til i et samarbejde mellem naboer, skolen og den lokale bruger- \nog "
        "pårørendeforening, og den drives af peer-\nmedarbejdere."
    )
    text = read({**ANSWERS, 1: answer}).sections[1].text
    assert "bruger- og pårørendeforening" in text and "peer-medarbejdere" in text and "\n" not in text


def test_nothing_of_one_entry_ends_up_in_another():
    marks = {n: f"Svar {n} fra haven med ordet tulipan{n}." for n in range(1, 9)}
    others = {n: f"Svar {n} fra kajen med ordet ankertov{n}." for n in range(1, 9)}
    text = paper(chapter("Sjælland"), form("Havens Venner", marks), form("Kajens Venner", others, "B"))
    first, second = parse_document(text).initiatives
    for n in range(1, 9):
        assert first.sections[n].text == marks[n] and second.sections[n].text == others[n]


def test_line_numbers_point_into_the_file():
    text = paper(chapter("Sjælland"), form("Havens Venner", ANSWERS))
    lines = text.split("\n")
    [entry] = parse_document(text).initiatives
    assert lines[entry.first_line - 1] == "Havens Venner"
    section = entry.sections[4]
    assert lines[section.first_line - 1].startswith("Beskriv gruppen der modtager")
    assert ANSWERS[4] in lines[section.first_line - 1 : section.last_line]
