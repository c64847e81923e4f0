"""Where the lines of a progress star go: numbers in, positions out. Knows nothing of people, languages or Django.

Three areas or more make a star: one arm per area, the middle is 0 and the tip is 10. One or two make rows, as a star of
two arms is only a line. Every position is text with a point in it, so that no template can write it the Danish way.
"""

import math
import textwrap
from dataclasses import dataclass

TOP = 10
WIDTH = 560
CENTRE_X, CENTRE_Y, RADIUS = 280, 232, 152
STAR_HEIGHT = 464
# Rows: where the scale begins and ends, and how high a row is.
ROW_LEFT, ROW_RIGHT, ROW_HEIGHT, ROW_FIRST = 40, 520, 92, 64
# A letter is about half as wide as it is high; a label that is longer than this is told in full in the table.
LABEL_LETTERS, LABEL_LINES, LINE_HEIGHT, LETTER_WIDTH = 11, 3, 20, 10
ROW_LETTERS = 48
DOT = 6


@dataclass(frozen=True)
class Area:
    """One area as it is drawn: ``start`` and ``now`` are 1–10, or ``None`` where nothing was stated."""

    name: str
    start: int | None = None
    now: int | None = None


@dataclass(frozen=True)
class Point:
    x: str
    y: str
    value: int = 0


@dataclass(frozen=True)
class Label:
    """The lines of one area's name; ``anchor`` is SVG's ``text-anchor``."""

    anchor: str
    lines: tuple  # of (x, y, text)


@dataclass(frozen=True)
class Shape:
    """One of the two lines of a star: ``area`` is its closed outline where every arm has a number, else empty;
    ``edges`` are the lines between neighbours that both have one; ``dots`` the numbers themselves, in order."""

    area: str
    edges: str
    dots: tuple


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs. ``kind`` is "star", "rows", or "" where there is nothing to draw."""

    kind: str
    width: int = WIDTH
    height: int = 0
    rings: tuple = ()
    arms: tuple = ()
    scale: tuple = ()
    labels: tuple = ()
    start: Shape | None = None
    now: Shape | None = None

    @property
    def box(self):
        return f"0 0 {self.width} {self.height}"

    @property
    def is_star(self):
        return self.kind == "star"


def draw(areas):
    """Return the :class:`Drawing` of ``areas``, one :class:`Area` each, in order."""
    if not areas:
        return Drawing("")
    return _star(areas) if len(areas) > 2 else _rows(areas)


def _text(number):
    return f"{number:.1f}"


def _xy(index, count, distance):
    angle = 2 * math.pi * index / count - math.pi / 2
    return CENTRE_X + distance * math.cos(angle), CENTRE_Y + distance * math.sin(angle)


def _point(index, count, value):
    x, y = _xy(index, count, RADIUS * value / TOP)
    return Point(_text(x), _text(y), value)


def _outline(points):
    return " ".join(f"{point.x},{point.y}" for point in points)


def _star(areas):
    count = len(areas)
    tips = [_point(index, count, TOP) for index in range(count)]
    rings = tuple(_outline(_point(i, count, value) for i in range(count)) for value in (2, 4, 6, 8, 10))
    scale = ((_text(CENTRE_X + 8), _text(CENTRE_Y - RADIUS + 14), str(TOP)),)
    return Drawing(
        "star",
        height=STAR_HEIGHT,
        rings=rings,
        arms=tuple((_text(CENTRE_X), _text(CENTRE_Y), tip.x, tip.y) for tip in tips),
        scale=scale,
        labels=tuple(_label(area.name, index, count) for index, area in enumerate(areas)),
        start=_shape([area.start for area in areas]),
        now=_shape([area.now for area in areas]),
    )


def _shape(values):
    count = len(values)
    points = [None if value is None else _point(i, count, value) for i, value in enumerate(values)]
    edges = [
        f"M{one.x} {one.y}L{two.x} {two.y}"
        for one, two in zip(points, [*points[1:], points[0]], strict=True)
        if one and two
    ]
    whole = None not in points
    return Shape(_outline(points) if whole else "", "".join(edges), tuple(p for p in points if p))


def short_lines(name, letters=LABEL_LETTERS, most=LABEL_LINES):
    """Return ``name`` in at most ``most`` lines of ``letters``; what does not fit ends in "…"."""
    lines = textwrap.wrap(name, letters, break_long_words=True) or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: letters - 1].rstrip() + "…"
    return lines


def _label(name, index, count):
    x, y = _xy(index, count, RADIUS + 16)
    across, down = (x - CENTRE_X) / (RADIUS + 16), (y - CENTRE_Y) / (RADIUS + 16)
    lines = short_lines(name)
    anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    # The block of lines stands above the tip at the top, below it at the bottom, and beside it elsewhere.
    height = (len(lines) - 1) * LINE_HEIGHT
    first = y - height * (1 - down) / 2 + LINE_HEIGHT * (0.25 + 0.3 * down)
    return Label(
        anchor, tuple((_text(x), _text(first + i * LINE_HEIGHT), line) for i, line in enumerate(lines))
    )


def _along(value):
    return ROW_LEFT + (ROW_RIGHT - ROW_LEFT) * (value - 1) / (TOP - 1)


def _rows(areas):
    heights = [ROW_FIRST + index * ROW_HEIGHT for index in range(len(areas))]

    def shape(values):
        dots = [
            Point(_text(_along(value)), _text(y), value)
            for value, y in zip(values, heights, strict=True)
            if value is not None
        ]
        return Shape("", "", tuple(dots))

    moved = "".join(
        f"M{_text(_along(area.start))} {_text(y)}L{_text(_along(area.now))} {_text(y)}"
        for area, y in zip(areas, heights, strict=True)
        if area.start is not None and area.now is not None
    )
    now = shape([area.now for area in areas])
    return Drawing(
        "rows",
        height=ROW_FIRST + (len(areas) - 1) * ROW_HEIGHT + 48,
        arms=tuple((_text(ROW_LEFT), _text(y), _text(ROW_RIGHT), _text(y)) for y in heights),
        scale=tuple(
            (_text(_along(value)), _text(y + 32), str(value)) for y in heights for value in (1, 5, 10)
        ),
        labels=tuple(
            Label("start", ((_text(ROW_LEFT - 8), _text(y - 22), short_lines(area.name, ROW_LETTERS, 1)[0]),))
            for area, y in zip(areas, heights, strict=True)
        ),
        start=shape([area.start for area in areas]),
        now=Shape("", moved, now.dots),
    )
