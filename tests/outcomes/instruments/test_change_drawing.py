"""The drawing of a change: everything inside the frame, and the same numbers as the table."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.outcomes.instruments.drawing import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    draw_group,
    draw_person,
    ticks_of,
)
from peer_support.outcomes.instruments.known import INSPIRE_O, LONELINESS, QPR15, WHO5
from peer_support.outcomes.instruments.presenting import Answer, group_of, picture_of

pytestmark = pytest.mark.one_database
KINDS = st.sampled_from([WHO5, INSPIRE_O, QPR15, LONELINESS])
DAY = datetime.date(2026, 2, 2)


def score_at(kind, y):
    return kind.low + (BOTTOM - float(y)) * (kind.high - kind.low) / (BOTTOM - TOP)


@given(kind=KINDS, data=st.data())
@settings(deadline=None)
def test_every_dot_stands_where_its_number_is(kind, data):
    scores = data.draw(st.lists(st.integers(kind.low, kind.high), max_size=6))
    drawn = draw_person(kind, [(score, str(score), ("start", "1.2.26")) for score in scores])
    assert drawn.is_empty == (not scores)
    assert [column.label for column in drawn.columns] == [str(score) for score in scores]
    for column, score in zip(drawn.columns, scores, strict=True):
        assert score_at(kind, column.y) == pytest.approx(score, abs=0.05 * (kind.high - kind.low) / 100)
        assert LEFT < float(column.x) < RIGHT and TOP <= float(column.y) <= BOTTOM
        assert 12 < float(column.label_y) < HEIGHT
        assert all(BOTTOM < float(y) <= HEIGHT - 8 for y, __ in column.words)
    places = [float(column.x) for column in drawn.columns]
    assert places == sorted(set(places)) and bool(drawn.line) == (len(scores) > 1)
    if drawn.band:
        top, height = map(float, drawn.band)
        assert TOP <= top and top + height <= BOTTOM + 0.2
        inside = top <= float(drawn.columns[0].y) <= top + height
        assert inside, "the start lies in what is no clear change of it"


@given(kind=KINDS, data=st.data())
@settings(deadline=None)
def test_a_spread_stays_inside_the_frame(kind, data):
    score = st.decimals(kind.low, kind.high, places=1)
    spread = st.none() | st.decimals(0, kind.high, places=1)
    means, spreads = data.draw(st.tuples(score, score)), data.draw(st.tuples(spread, spread))
    drawn = draw_group(kind, [(mean, str(mean), ("start",)) for mean in means], spreads)
    for column, by in zip(drawn.columns, spreads, strict=True):
        assert bool(column.whisker) == (by is not None)
        if by is not None:
            top, bottom, left, right = map(float, column.whisker)
            assert TOP <= top <= float(column.y) + 0.1 and float(column.y) - 0.1 <= bottom <= BOTTOM
            assert LEFT < left < float(column.x) < right < RIGHT
        assert 12 < float(column.label_y) < HEIGHT


@given(kind=KINDS, data=st.data())
@settings(deadline=None)
def test_the_band_holds_exactly_what_is_no_clear_change(kind, data):
    start, now = data.draw(st.tuples(*[st.integers(kind.low, kind.high)] * 2))
    drawn = draw_person(kind, [(start, "", ()), (now, "", ())])
    if kind.change_limit is None:
        assert not drawn.band
        return
    top, height = map(float, drawn.band)
    y = float(drawn.columns[1].y)
    if abs(now - start) < kind.change_limit:
        assert top - 0.2 <= y <= top + height + 0.2
    elif abs(now - start) > kind.change_limit:
        assert y < top or y > top + height


@pytest.mark.parametrize(
    ("kind", "ticks"),
    [(WHO5, [0, 25, 50, 75, 100]), (QPR15, [0, 15, 30, 45, 60]), (LONELINESS, [3, 5, 7, 9])],
)
def test_the_scale_has_whole_numbers_from_end_to_end(kind, ticks):
    found = ticks_of(kind.low, kind.high)
    assert found == ticks or (found[0], found[-1]) == (kind.low, kind.high)
    assert ticks_of(0, 7) == [0, 7]
    assert WIDTH > RIGHT


def rendered(picture):
    with translation.override("da"):
        return render_to_string("peer_support/outcomes/instruments/_drawing.html", {"picture": picture})


def test_the_drawing_escapes_what_it_is_given_and_keeps_its_points():
    with translation.override("da"):
        picture = picture_of(
            WHO5,
            [Answer('<script>"x"', DAY, 36, is_start=True), Answer("nu", DAY + datetime.timedelta(70), 56)],
        )
    page = rendered(picture)
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert " style=" not in page and 'role="img"' in page and "aria-label" in page
    assert "," not in "".join(part.split('"')[0] for part in page.split(' y="')[1:])


def test_a_group_that_is_too_small_is_not_drawn_at_all():
    with translation.override("da"):
        picture = group_of(WHO5, [(40, 60)] * 4)
    assert picture.hidden and picture.drawing.is_empty and not picture.rows and picture.n is None
    assert "<svg" not in rendered(picture) and "60" not in picture.sentence
