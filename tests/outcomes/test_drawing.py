"""The geometry of the star: everything inside the frame, and the same numbers as the table."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.outcomes import drawing
from peer_support.outcomes.drawing import CENTRE_X, CENTRE_Y, LETTER_WIDTH, LINE_HEIGHT, RADIUS, Area, draw

pytestmark = pytest.mark.one_database
VALUE = st.none() | st.integers(1, 10)
AREA = st.builds(Area, st.text("abcdefæøåÅW -", min_size=1, max_size=40), VALUE, VALUE)
AREAS = st.lists(AREA, min_size=1, max_size=10)


def dots(shape):
    return [(float(dot.x), float(dot.y), dot.value) for dot in shape.dots]


def numbers(text):
    return [float(found) for found in re.findall(r"-?\d+\.\d", text)]


@given(AREAS)
@settings(max_examples=150, deadline=None)
def test_everything_lies_inside_the_frame(areas):
    drawn = draw(areas)
    points = [(x, y) for shape in (drawn.start, drawn.now) for x, y, __ in dots(shape)]
    for text in (*drawn.rings, drawn.start.area, drawn.now.area, drawn.start.edges, drawn.now.edges):
        found = numbers(text)
        points += zip(found[::2], found[1::2], strict=True)
    for x1, y1, x2, y2 in drawn.arms:
        points += [(float(x1), float(y1)), (float(x2), float(y2))]
    for x, y in points:
        assert (
            drawing.DOT <= x <= drawn.width - drawing.DOT and drawing.DOT <= y <= drawn.height - drawing.DOT
        )
    for label in drawn.labels:
        for x, y, words in label.lines:
            width = len(words) * LETTER_WIDTH
            left = float(x) - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
            assert 0 <= left and left + width <= drawn.width, (words, label)
            assert LINE_HEIGHT * 0.75 <= float(y) <= drawn.height - 4, (words, label)


@given(AREAS)
@settings(max_examples=150, deadline=None)
def test_the_drawing_says_the_numbers_of_the_table(areas):
    drawn = draw(areas)
    for shape, name in ((drawn.start, "start"), (drawn.now, "now")):
        wanted = [(n, getattr(area, name)) for n, area in enumerate(areas) if getattr(area, name) is not None]
        assert [value for __, __, value in dots(shape)] == [value for __, value in wanted]
        for (x, y, value), (index, __) in zip(dots(shape), wanted, strict=True):
            if drawn.is_star:
                assert math.hypot(x - CENTRE_X, y - CENTRE_Y) == pytest.approx(RADIUS * value / 10, abs=0.15)
                angle = 2 * math.pi * index / len(areas) - math.pi / 2
                assert x == pytest.approx(CENTRE_X + RADIUS * value / 10 * math.cos(angle), abs=0.1)
            else:
                share = (x - drawing.ROW_LEFT) / (drawing.ROW_RIGHT - drawing.ROW_LEFT)
                assert share == pytest.approx((value - 1) / 9, abs=0.001)
    assert len(drawn.labels) == len(areas)


@given(st.lists(AREA, min_size=3, max_size=10))
@settings(max_examples=60, deadline=None)
def test_a_star_is_filled_only_where_every_arm_has_a_number_and_no_line_jumps_over_an_arm(areas):
    drawn = draw(areas)
    for shape, name in ((drawn.start, "start"), (drawn.now, "now")):
        values = [getattr(area, name) for area in areas]
        assert bool(shape.area) == (None not in values)
        pairs = zip(values, [*values[1:], values[0]], strict=True)
        assert shape.edges.count("M") == sum(one is not None and two is not None for one, two in pairs)


def test_one_and_two_areas_are_rows_three_are_a_star_and_none_is_nothing():
    areas = [Area("Søvn", 3, 6), Area("Venner", 5, 5), Area("Hjemmet", None, 2)]
    assert [draw(areas[:n]).kind for n in range(4)] == ["", "rows", "rows", "star"]
    assert draw(areas[:2]).now.edges.count("M") == 2


def test_a_long_name_is_cut_and_a_short_one_is_whole():
    assert drawing.short_lines("Søvn") == ["Søvn"]
    assert drawing.short_lines("Noget at stå op til") == ["Noget at", "stå op til"]
    assert drawing.short_lines("a" * 40)[-1].endswith("…")


def test_positions_are_written_with_a_point_whatever_the_language():
    drawn = draw([Area("a", 1, 2)] * 3)
    assert "," not in drawn.start.edges and re.fullmatch(r"(-?\d+\.\d,-?\d+\.\d ?)+", drawn.start.area)
