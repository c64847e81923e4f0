"""What counts as a change, for one and for a group; against a slow count with :mod:`statistics`."""

import math
import statistics
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.outcomes.instruments.change import FEWEST, change, paired
from peer_support.outcomes.instruments.known import INSPIRE_O, LONELINESS, QPR15, WHO5
from peer_support.outcomes.instruments.presenting import number, signed

pytestmark = pytest.mark.one_database
KINDS = st.sampled_from([WHO5, INSPIRE_O, QPR15, LONELINESS])


@pytest.mark.parametrize(
    ("kind", "start", "now", "found", "difference"),
    [
        (INSPIRE_O, 40, 45, "no_clear_change", 5),
        (INSPIRE_O, 40, 48, "better", 8),
        (INSPIRE_O, 40, 47, "no_clear_change", 7),
        (INSPIRE_O, 48, 40, "worse", -8),
        (WHO5, 36, 44, "no_clear_change", 8),
        (WHO5, 36, 46, "better", 10),
        (WHO5, 36, 26, "worse", -10),
        (WHO5, 36, 36, "no_clear_change", 0),
        (QPR15, 30, 34, "no_clear_change", 4),
        (QPR15, 30, 35, "better", 5),
        (LONELINESS, 7, 5, "better", -2),
        (LONELINESS, 5, 7, "worse", 2),
        (LONELINESS, 5, 5, "no_clear_change", 0),
        (WHO5, None, 36, "unknown", None),
        (WHO5, 36, None, "unknown", None),
        (WHO5, None, None, "unknown", None),
        (WHO5, 0, 0, "no_clear_change", 0),
    ],
)
def test_one_person(kind, start, now, found, difference):
    told = change(kind, start, now)
    assert (told.kind, told.difference) == (found, difference)
    assert told.is_clear == (kind.change_limit is not None and found in ("better", "worse"))


@given(kind=KINDS, data=st.data())
@settings(deadline=None)
def test_the_other_way_round_is_the_opposite(kind, data):
    score = st.integers(kind.low, kind.high)
    start, now = data.draw(score), data.draw(score)
    opposite = {"better": "worse", "worse": "better", "no_clear_change": "no_clear_change"}
    assert change(kind, now, start).kind == opposite[change(kind, start, now).kind]
    turned = replace(kind, higher_is_better=not kind.higher_is_better)
    assert change(turned, start, now).kind == opposite[change(kind, start, now).kind]


@given(kind=KINDS, data=st.data())
@settings(deadline=None)
def test_a_group_is_what_a_slow_count_says(kind, data):
    score = st.none() | st.integers(kind.low, kind.high)
    pairs = data.draw(st.lists(st.tuples(score, score), max_size=25))
    found = paired(kind, iter(pairs))
    whole = [(start, now) for start, now in pairs if start is not None and now is not None]
    assert (found.n, found.left_out) == (len(whole), len(pairs) - len(whole))
    columns = (
        [start for start, __ in whole],
        [now for __, now in whole],
        [now - start for start, now in whole],
    )
    means = found.mean_start, found.mean_now, found.mean_difference
    spreads = found.sd_start, found.sd_now, found.sd_difference
    for mean, spread, column in zip(means, spreads, columns, strict=True):
        if not column:
            assert mean is None
        else:
            assert math.isclose(mean, statistics.mean(column), abs_tol=1e-12)
        if len(column) < 2:
            assert spread is None
        else:
            assert math.isclose(spread, statistics.stdev(column), rel_tol=1e-12, abs_tol=1e-12)
    if kind.change_limit is None:
        assert (found.better, found.worse, found.unchanged) == (None, None, None)
    else:
        sign = 1 if kind.higher_is_better else -1
        moved = [sign * difference for difference in columns[2]]
        assert found.better == sum(by >= kind.change_limit for by in moved)
        assert found.worse == sum(-by >= kind.change_limit for by in moved)
        assert found.better + found.worse + found.unchanged == found.n
    assert found.is_shown == (found.n >= FEWEST)


@given(kind=KINDS, data=st.data())
@settings(deadline=None)
def test_the_order_of_people_does_not_matter(kind, data):
    pairs = data.draw(
        st.lists(st.tuples(st.integers(kind.low, kind.high), st.integers(kind.low, kind.high)), max_size=12)
    )
    assert paired(kind, data.draw(st.permutations(pairs))) == paired(kind, pairs)


@pytest.mark.parametrize(
    ("pairs", "shown"),
    [
        ([], False),
        ([(40, 60)] * 4, False),
        ([(40, 60)] * 5, True),
        ([(40, 60)] * 4 + [(40, None)] * 9, False),
        ([(40, 60)] * 5 + [(40, 40)], False),  # one alone would be told
        ([(40, 60)] * 5 + [(40, 40)] * 5, True),
        ([(40, 60)] * 5 + [(40, 40)] * 5 + [(60, 40)] * 4, False),
    ],
)
def test_how_many_got_better_is_told_only_where_no_group_is_small(pairs, shown):
    assert paired(WHO5, pairs).counts_are_shown is shown
    assert not paired(LONELINESS, [(7, 3)] * 9).counts_are_shown, "nothing to count by"


def test_numbers_with_a_fraction_are_counted_exactly():
    found = paired(WHO5, [(Decimal("0.1"), Decimal("0.3"))] * 10)
    assert (found.mean_difference, found.sd_difference) == (Decimal("0.2"), 0)


@pytest.mark.parametrize(
    ("value", "decimals", "told", "sign"),
    [
        (None, 1, "–", None),
        (Decimal("9.96"), 1, "10,0", "+10,0"),
        (Decimal("2.25"), 1, "2,3", "+2,3"),
        (Decimal("-12.84"), 1, "-12,8", "−12,8"),
        (Decimal("-0.04"), 1, "0,0", "0,0"),
        (Decimal("56"), None, "56", "+56"),
        (Decimal("56.00"), None, "56", "+56"),
        (56, None, "56", "+56"),
        (Decimal("56.5"), None, "56,5", "+56,5"),
    ],
)
def test_numbers_are_rounded_and_not_cut_off(value, decimals, told, sign):
    with translation.override("da"):
        assert number(value, decimals) == told
        if sign is not None:
            assert signed(value, decimals) == sign
