"""Scores as the published rules count them, and none where an item is missing."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.outcomes.instruments import known
from peer_support.outcomes.instruments.registry import (
    Instrument,
    asked_with_text,
    instrument_of,
    instruments,
    register_instrument,
)

pytestmark = pytest.mark.one_database
CODES = ("who5", "inspire_o", "qpr15", "loneliness3")


def slowly(kind, answers):
    """The sum as one would do it on paper, from the published range of the score and of an item alone."""
    step = (kind.high - kind.low) // (kind.items * (kind.highest - kind.lowest))
    return kind.low + sum((answer - kind.lowest) * step for answer in answers)


@pytest.mark.parametrize(
    ("code", "answers", "score"),
    [
        # WHO 1998: the raw score is 0 to 25, times 4 is 0 (worst) to 100 (best); a raw score below 13 is poor wellbeing.
        ("who5", [0, 0, 0, 0, 0], 0),
        ("who5", [5, 5, 5, 5, 5], 100),
        ("who5", [3, 2, 3, 2, 2], 48),  # raw 12
        ("who5", [3, 3, 3, 2, 2], 52),  # raw 13
        ("who5", [1, 0, 0, 0, 0], 4),
        # Brief INSPIRE-O: five items from 0 to 4 make a score from 0 to 100.
        ("inspire_o", [0, 0, 0, 0, 0], 0),
        ("inspire_o", [4, 4, 4, 4, 4], 100),
        ("inspire_o", [2, 2, 2, 2, 2], 50),
        ("inspire_o", [3, 2, 1, 2, 0], 40),
        # QPR-15: fifteen items from 0 to 4, added up to 0 to 60.
        ("qpr15", [0] * 15, 0),
        ("qpr15", [4] * 15, 60),
        ("qpr15", [2] * 15, 30),
        ("qpr15", [0, 1, 2, 3, 4] * 3, 30),
        # Hughes 2004: three items from 1 (hardly ever) to 3 (often), added up to 3 to 9.
        ("loneliness3", [1, 1, 1], 3),
        ("loneliness3", [3, 3, 3], 9),
        ("loneliness3", [1, 2, 3], 6),
    ],
)
def test_worked_examples(code, answers, score):
    assert instrument_of(code).score(answers) == score


def answers_to(kind, *, whole=False):
    one = st.integers(kind.lowest, kind.highest)
    return st.lists(one if whole else st.none() | one, min_size=kind.items, max_size=kind.items)


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(deadline=None)
def test_a_score_is_there_exactly_when_every_item_is_answered(code, data):
    kind = instrument_of(code)
    answers = data.draw(answers_to(kind))
    score = kind.score(answers)
    assert (score is None) == (None in answers)
    if score is not None:
        assert kind.low <= score <= kind.high and score == slowly(kind, answers)


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(deadline=None)
def test_one_answer_higher_never_makes_the_score_lower_and_the_order_does_not_matter(code, data):
    kind = instrument_of(code)
    answers = data.draw(answers_to(kind, whole=True))
    place = data.draw(st.integers(0, kind.items - 1))
    mixed = random.Random(0).sample(answers, len(answers))
    assert kind.score(mixed) == kind.score(answers)
    if answers[place] < kind.highest:
        more = [*answers[:place], answers[place] + 1, *answers[place + 1 :]]
        assert kind.score(more) > kind.score(answers)


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(deadline=None)
def test_skipping_any_one_item_takes_the_number_away(code, data):
    kind = instrument_of(code)
    answers = data.draw(answers_to(kind, whole=True))
    place = data.draw(st.integers(0, kind.items - 1))
    assert kind.score([*answers[:place], None, *answers[place + 1 :]]) is None


@pytest.mark.parametrize("code", CODES)
def test_what_is_no_answer_is_refused(code):
    kind = instrument_of(code)
    right = [kind.lowest] * kind.items
    for wrong in (
        right[1:],
        [*right, kind.lowest],
        [kind.lowest - 1, *right[1:]],
        [kind.highest + 1, *right[1:]],
        [True, *right[1:]],
        ["1", *right[1:]],
        [1.5, *right[1:]],
    ):
        with pytest.raises(ValueError, match="answer"):
            kind.score(wrong)


@pytest.mark.parametrize("code", CODES)
def test_the_ends_of_the_range_are_the_ends_of_the_score(code):
    kind = instrument_of(code)
    assert kind.score([kind.lowest] * kind.items) == kind.low
    assert kind.score([kind.highest] * kind.items) == kind.high
    assert kind.words_needed == kind.highest - kind.lowest + 1 and kind.is_counted


def test_published_limits():
    limits = {
        code: (kind.change_limit, kind.cut_off, kind.asks_care_below) for code, kind in instruments().items()
    }
    assert limits == {
        "who5": (10, 50, 50),
        "inspire_o": (8, 50, None),
        "qpr15": (5, None, None),
        "loneliness3": (None, None, None),
        "star": (None, None, None),
    }
    for kind in instruments().values():
        assert kind.source and kind.licence and kind.missing_rule and kind.what
        assert (kind.change_limit is None) == (not kind.change_source), "a limit has a source"
        assert (kind.cut_off is None) == (not kind.cut_off_meaning)
    assert {code for code, kind in instruments().items() if not kind.higher_is_better} == {"loneliness3"}


@pytest.mark.parametrize(("score", "asks"), [(None, False), (0, True), (48, True), (50, True), (52, False)])
def test_a_low_who5_asks_somebody_to_ring(score, asks):
    assert known.WHO5.asks_care(score) is asks
    assert not known.QPR15.asks_care(score)


def test_the_star_is_known_and_never_counted():
    star = instrument_of("star")
    assert (star.items, star.score, star.words_needed, star.is_counted) == (0, None, 0, False)
    assert "star" not in asked_with_text()


def test_a_house_may_register_one_of_its_own():
    own = Instrument(
        **{name: getattr(known.LONELINESS, name) for name in Instrument.__dataclass_fields__}
        | {"code": "own"}
    )
    before = instruments()
    try:
        assert register_instrument(own) is own and instrument_of("own") is own
        assert [*instruments()] == [*before, "own"]
    finally:
        from peer_support.outcomes.instruments import registry

        registry._instruments.pop("own")
    assert instrument_of("own") is None
