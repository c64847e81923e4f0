"""Wrong files get a clear message; no text ends in a traceback."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.directory.importing.document import (
    MESSAGE_TEMPLATES,
    NotTheQuestionnaire,
    decode,
    parse_document,
    split_contact,
    summary,
)

from .papers import ANSWERS, PROSE, chapter, form, paper, prose

pytestmark = pytest.mark.one_database

WHOLE = paper(
    chapter("Hovedstaden"),
    form(
        "Havens Venner",
        {**ANSWERS, 8: "Læs mere på www.haven.example eller ring til Gerda Holm på 21436587."},
    ),
    prose("Torsdagsgryden", PROSE + "Yderligere information: www.gryden.example"),
    chapter("Sjælland"),
    form("Kajens Venner\n", {n: f"{ANSWERS[n]} Vi stø er hinanden." for n in (1, 2, 5)}, "B"),
    ["http://www.haven.example/", " Snedkeriet ", PROSE],
    chapter("Nordjylland", says_none=True),
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t ", "empty_file"),
        (b"%PDF-1.7 rest", "pdf_file"),
        (b"PK\x03\x04rest", "office_file"),
        (b"\xd0\xcf\x11\xe0rest", "office_file"),
        (b"\x00\x01\x02binary\x00", "binary_file"),
        (b"<!DOCTYPE html><html><body>Peer</body></html>", "html_file"),
        (b"<p>a</p><p>b</p><div>c</div><br>" * 3, "html_file"),
        ("En helt anden tekst om høns og æg.\nDen er kort.".encode(), "no_questionnaire"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(data, code):
    with pytest.raises(NotTheQuestionnaire) as caught:
        parse_document(decode(data))
    assert caught.value.code == code and isinstance(caught.value, ValueError)
    assert str(caught.value) == MESSAGE_TEMPLATES[code] % caught.value.params


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_document_is_read_in_its_usual_encodings(encoding):
    text = WHOLE.replace("\uf0b7", "•")
    assert summary(parse_document(decode(text.encode(encoding)))) == summary(parse_document(text))


def test_decomposed_letters_and_foreign_line_ends_make_no_difference():
    import unicodedata

    told = summary(parse_document(WHOLE))
    assert summary(parse_document(unicodedata.normalize("NFD", WHOLE))) == told
    assert summary(parse_document(WHOLE.replace("\n", "\r\n"))) == told


def test_every_message_can_be_told_in_english():
    for message in parse_document(WHOLE).messages:
        assert message.english() and "%(" not in message.english()


def survives(text):
    try:
        document = parse_document(text)
    except NotTheQuestionnaire:
        return
    summary(document)
    for initiative in document.initiatives:
        assert set(initiative.sections) in (set(), set(range(1, 9)))
        assert initiative.first_line <= initiative.last_line


def test_a_document_cut_off_anywhere_is_read_or_refused():
    lines = WHOLE.split("\n")
    for cut in range(0, len(lines), 4):
        survives("\n".join(lines[:cut]))
        survives("\n".join(lines[cut:]))


def test_shuffled_lines_are_read_or_refused():
    lines = WHOLE.split("\n")
    chance = random.Random(7)
    for _time in range(25):
        chance.shuffle(lines)
        survives("\n".join(lines))


PIECES = st.sampled_from(WHOLE.split("\n")) | st.text(max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_mixture_of_lines_is_read_or_refused(lines):
    survives("\n".join(lines))


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from("Gerda Holm21 436587@.dk:,;()–v/Kontakt\n"), max_size=80))
def test_contact_data_in_any_text_is_split_without_an_error(text):
    split = split_contact(text)
    assert isinstance(split.contact_text, str)
    assert all(text[f.start : f.end] == f.value for f in split.findings)


def test_no_sentence_needs_another_form_for_one_than_for_many():
    """A count stands after a colon, where its noun need not bend."""
    counted = {
        code: text for code, text in MESSAGE_TEMPLATES.items() if "(count)" in text or "(lines)" in text
    }
    assert set(counted) == {"no_questionnaire", "chapter_none_but_has", "damaged_text"}
    for text in counted.values():
        assert ": %(count)d." in text or ": %(lines)d)." in text
