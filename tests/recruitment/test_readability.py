"""LIX, the Danish bands, and the hints. The browser counts the same: see tests/browser/test_guidance.py."""

import pytest
from django.test import override_settings

from peer_support.recruitment.readability import authority_words, band_of, hints, measure

pytestmark = pytest.mark.one_database


def kinds(text):
    return [(hint.kind, hint.found) for hint in hints(text)]


def test_lix_is_words_per_sentence_plus_the_share_of_long_words():
    # 12 words in 2 sentences, one of them longer than six letters: 6 + 8.3.
    counted = measure("Du ringer til os, og vi taler. Koordinatoren finder nogen, der passer.")
    assert (counted.words, counted.sentences, counted.long_words) == (12, 2, 1)
    assert counted.lix == 14
    six, seven = "penges", "pengene"
    assert measure(" ".join([six] * 10)).long_words == 0
    assert measure(" ".join([seven] * 10)).lix == 110


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Kom kl. 10 d. 3. maj, bl.a. med kaffe. Vi er der.", 2),
        ("Kommer du? Ja! Så ses vi", 3),
        ("Overskrift\nEn linje\n\nEn til", 3),
        ("Skriv det som 24.12.2026.", 1),
        ("Han sagde “ja.” Så gik vi.", 2),
        ("Ring på: 12 34 56 78", 2),
    ],
)
def test_sentences_end_where_a_reader_stops(text, sentences):
    assert measure(text).sentences == sentences


def test_a_short_text_has_no_figure():
    assert measure("Menneskerettighedskommissionen træder sammen.").lix is None
    assert measure("").band == "short"


@pytest.mark.parametrize(
    ("lix", "band"),
    [(0, "very_easy"), (24, "very_easy"), (25, "easy"), (34, "easy"), (35, "middling"), (44, "middling"),
     (45, "hard"), (54, "hard"), (55, "very_hard"), (99, "very_hard")],
)  # fmt: skip
def test_the_danish_bands(lix, band):
    assert band_of(lix) == band


def test_words_of_authority_are_found_with_their_endings():
    assert ("authority", "visiteret") in kinds("Du er visiteret.")
    assert ("authority", "I henhold til") in kinds("I henhold  til loven".replace("  ", " "))
    assert kinds("Vi holder et møde og taler om det.") == []
    assert kinds("Det er et godthenblik.") == []


def test_a_passive_is_pointed_at_and_what_people_do_together_is_not():
    assert kinds("Skemaet skal sendes ind.") == [("passive", "sendes")]
    assert kinds("Det kan ikke ændres.") == [("passive", "ændres")]
    assert kinds("Du bliver snart kontaktet.") == [("passive", "kontaktet")]
    assert kinds("Du bliver ringet op.") == [("passive", "ringet")]
    assert kinds("Vi mødes, og vi kan godt mødes igen. Det synes vores venner. Alles kaffe er deres.") == []
    assert kinds("Det bliver meget hyggeligt.") == []


def test_the_third_person_is_pointed_at():
    assert [(h.found, h.instead) for h in hints("Borgeren ringer.")] == [("Borgeren", "du")]


def test_a_heavy_sentence_is_pointed_at_in_a_light_text():
    light = "Vi ses i dag. " * 20
    heavy = "Koordinatoren planlægger efterfølgende individuelle opfølgningssamtaler med deltagerne på baggrund af deres tilbagemeldinger hver eneste måned."
    found = [hint for hint in hints(light + heavy) if hint.kind == "sentence"]
    assert measure(light + heavy).lix < 35
    assert [hint.found for hint in found] == ["Koordinatoren planlægger efterfølgende individuelle …"]
    assert found[0].start == len(light)


def test_hints_come_in_reading_order_without_overlaps():
    found = hints("Såfremt borgeren i forbindelse med mødet kontaktes, oplyses det.")
    words = [hint for hint in found if hint.kind != "sentence"]
    assert [hint.start for hint in words] == sorted(hint.start for hint in words)
    ends = [hint.start + len(hint.found) for hint in words]
    assert all(end <= after.start for end, after in zip(ends, words[1:], strict=False))


def test_a_host_adds_words_and_takes_words_out():
    with override_settings(
        PEER_SUPPORT={"AUTHORITY_WORDS": {"brugerinvolvering": "at spørge folk", "dog": ""}}
    ):
        assert dict(authority_words())["brugerinvolvering"] == "at spørge folk"
        assert kinds("Det er dog brugerinvolvering.") == [("authority", "brugerinvolvering")]
    assert kinds("Det er dog fint.") == [("authority", "dog")]
