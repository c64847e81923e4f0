"""Every fact the engine can hand over has a sentence, and the sentence says what the fact says."""

import pytest
from django.utils import translation

from peer_support.matching import sentences, sentences_fit, sentences_lack
from peer_support.matching.engine import CRITERIA, RULES
from peer_support.matching.sentences_fit import Words
from peer_support.people.models import Volunteer

WORDS = Words(
    interests={0: "Cykling", 1: "Musik", 2: "IT", 3: "Kaffe", 4: "Natur", 5: "Strik"},
    languages={0: "Danish", 1: "Arabic"},
    places={7: "Helsingør Bibliotek", 8: "Medborgerhuset"},
)


def week(day, start, end):
    """The mask of half hours from ``start`` to ``end`` (hours) on ``day``."""
    return ((1 << (2 * (end - start))) - 1) << (48 * day + 2 * start)


def interests(shared, own=5, other=5):
    return {"shared": shared, "n_shared": len(shared), "n_own": own, "n_other": other}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (interests([0, 1]), "Shares cykling and musik"),
        (interests([2]), "Shares IT"),
        (interests([0, 1, 3, 4, 5]), "Shares cykling, musik, kaffe, natur and 1 other interest"),
        (interests([]), "No shared interests"),
        (interests([], 0, 0), "Interests not told yet"),
        (interests([], 0, 3), "The citizen's interests are not told yet"),
        (interests([], 3, 0), "The volunteer's interests are not told yet"),
    ],
)
def test_interests(facts, sentence):
    assert sentences_fit.interests(facts, WORDS) == sentence


def far(metres, own="home", other="home", needed=True):
    return {"needed": needed, "metres": metres, "request_place": own, "offer_place": other}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (far(3100), "3 km apart"),
        (far(400), "1 km apart"),
        (far(0), "Live in the same postcode"),
        (far(None, None, None), "Where they live is not told yet"),
        (far(2000, other=0), "Can meet at Helsingør Bibliotek, 2 km from the citizen"),
        (far(2000, own=1), "Can meet at Medborgerhuset, 2 km from the volunteer"),
        (far(0, own=0, other=0), "Both can meet at Helsingør Bibliotek"),
        (far(900, own=0, other=1), "Can meet at Helsingør Bibliotek or Medborgerhuset, 1 km apart"),
        (far(900, needed=False), "Distance does not matter: they do not meet in person"),
    ],
)
def test_distance(facts, sentence):
    assert sentences_fit.distance(facts, WORDS, [7, 8], [7, 8]) == sentence


@pytest.mark.parametrize(
    ("own", "other", "sentence"),
    [
        (week(1, 17, 20), week(1, 18, 22), "Both can on Tuesday evening"),
        (
            week(1, 17, 20) | week(5, 9, 11),
            week(1, 17, 20) | week(5, 9, 11),
            "Both can on Tuesday evening and Saturday morning",
        ),
        (
            week(0, 8, 22),
            week(0, 8, 22),
            "Both can on Monday afternoon, Monday morning and at 2 other times",
        ),
        (week(1, 17, 18), week(2, 17, 18), "No times in common"),
        (0, 0, "Time not told yet"),
        (0, week(1, 17, 18), "The citizen's times are not told yet"),
        (week(1, 17, 18), 0, "The volunteer's times are not told yet"),
    ],
)
def test_time(own, other, sentence):
    minutes = 30 * (own & other).bit_count() if own and other else None
    assert sentences_fit.time({"minutes": minutes}, own, other) == sentence


def test_half_an_hour_in_common_is_called_what_it_is():
    own = week(1, 17, 18)
    other = own & (own >> 1) | 1 << (48 + 34)
    assert (own & other).bit_count() == 1
    assert sentences_fit.time({"minutes": 30}, own, other).endswith("but only for half an hour")


@pytest.mark.parametrize(
    ("request_", "offer", "gap", "sentence"),
    [
        ([60, 120], [60, 60], 0, "1–2 wanted, 1 offered"),
        ([90, None], [None, 60], 30, "at least 1.5 wanted, up to 1 offered"),
        ([None, None], [None, None], None, "Hours a week not told yet"),
        ([60, None], [None, None], None, "The volunteer's hours a week are not told yet"),
        ([None, None], [60, 60], None, "The citizen's hours a week are not told yet"),
    ],
)
def test_hours(request_, offer, gap, sentence):
    facts = {"request": request_, "offer": offer, "gap": gap}
    assert sentences_fit.hours(facts) == sentence
    # Where no heading stands beside it, it says of what.
    alone = sentence if gap is None else f"Hours a week: {sentence}"
    assert sentences_fit.hours(facts, headed=False) == alone


@pytest.mark.parametrize(
    ("language", "fits", "change"),
    [("en", "Danish and Arabic", "in Arabic:"), ("da", "danish og arabic", "arabic sammen:")],
)
def test_a_language_is_written_as_the_readers_language_writes_it_inside_a_sentence(language, fits, change):
    facts = {"fits": ["language"], "unknown": [], "open": [], "languages": [0, 1]}
    with translation.override(language):
        assert fits in sentences_fit.preferences(facts, WORDS)
        assert change in sentences_lack.change("language", "request", {"language": 1}, 2, WORDS.languages)


def test_a_person_inside_a_sentence_has_a_first_name_and_a_number_or_the_number_alone():
    assert (
        sentences.named(Volunteer(first_name="Kirsten", last_name="Ravn", number=7))
        == "Kirsten (Volunteer 7)"
    )
    assert sentences.named(Volunteer(number=7)) == "Volunteer 7"


def test_wishes_say_what_fits_and_what_is_not_told():
    facts = {
        "fits": ["channel", "language", "request_gender"],
        "unknown": ["request_age", "offer_gender"],
        "open": [],
        "channels": [1, 2],
        "languages": [0, 1],
    }
    assert sentences_fit.preferences(facts, WORDS) == (
        "Can meet in person and by telephone · Both speak Danish and Arabic · "
        "The citizen's wish about the other person is met · "
        "Not told yet: the volunteer's age and the citizen's gender"
    )


def test_every_criterion_has_a_label_and_every_rule_its_sentences_in_one_and_many():
    assert set(sentences_fit.LABELS) == set(CRITERIA)
    assert set(sentences_lack.IMPOSSIBLE) == set(sentences._PAIR) == set(RULES)
    for rule in RULES:
        one, many = sentences_lack.impossible(rule, 1), sentences_lack.impossible(rule, 8)
        assert one.startswith("1 ") and many.startswith("8 ") and one[2:] != many[2:] or "has" in one
        assert sentences.rule_for_pair(rule, "Citizen 1", "Volunteer 2").endswith(".")


@pytest.mark.parametrize(
    ("rule", "side", "facts", "sentence"),
    [
        (
            "distance",
            "request",
            {"from": 5000, "to": 8000},
            "If the travel distance is 8 km instead of 5: 2 more volunteers",
        ),
        ("channel", "request", {"channel": 4}, "If it is all right to talk by video: 2 more volunteers"),
        ("language", "request", {"language": 1}, "If they can talk in Arabic: 2 more volunteers"),
        ("language", "request", {"language": 9}, ""),
        (
            "age",
            "request",
            {"ages": [61, 64]},
            "If the other person may be 61–64 years old: 2 more volunteers",
        ),
        ("contract", "offer", {}, "When their contract is signed: 2 more volunteers"),
        ("declined", "pair", {}, ""),
        ("relative", "pair", {}, ""),
        ("pause_citizen", "request", {}, ""),
    ],
)
def test_small_changes(rule, side, facts, sentence):
    assert sentences_lack.change(rule, side, facts, 2, WORDS.languages) == sentence


def test_a_crowd_names_place_and_time_where_they_are_known():
    assert sentences_lack.crowd(5, 3, "Fredericia", ["Tuesday evening"]) == (
        "5 citizens share 3 places around Fredericia, most of them on Tuesday evening. "
        "One more volunteer there would help."
    )
    assert sentences_lack.crowd(2, 1, "", []) == "2 citizens share 1 place. One more volunteer would help."
    assert "Fredericia" in sentences_lack.crowd(2, 1, "Fredericia", [])
    assert "then" in sentences_lack.crowd(2, 1, "", ["Tuesday evening"])


def test_times_are_usual_only_where_more_than_half_of_all_have_told_them():
    evening = week(1, 17, 20)
    assert sentences_lack.usual_times([evening, evening, week(2, 9, 11)]) == ["Tuesday evening"]
    assert sentences_lack.usual_times([evening, 0, 0]) == []
    assert sentences_lack.usual_times([evening, week(2, 9, 11)]) == []


def test_the_nearest_place_names_a_crowd_unless_it_is_far_off():
    table = [("Fredericia", 0.0, 0.0), ("Kolding", 20_000.0, 0.0)]
    assert sentences_lack.around(9_000.0, 0.0, table) == "Fredericia"
    assert sentences_lack.around(60_000.0, 0.0, table) == ""
    assert sentences_lack.around(0.0, 0.0, []) == ""


def test_not_the_first_choice_says_who_has_it_and_what_forcing_costs():
    say = sentences_lack.other_choice
    assert say("Volunteer 12", ["Citizen 8"], 0, 18) == (
        "First choice was Volunteer 12, who goes to Citizen 8; forcing it costs 18 points in all."
    )
    assert "1 more citizen without a match" in say("Volunteer 12", ["Citizen 8"], 1, 300)
    assert say("Volunteer 12", ["Citizen 8"], None, None).endswith("Citizen 8.")
    assert "last time" in say("Volunteer 12", [], 0, 5)
