"""Figures as the screen shows them: a number, the one before it, what has changed, and a row of small bars."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .registry import ALL, GROUPS, PERCENT, in_words
from .wording import number

# A row of bars in units of its drawing.
WIDTH, HEIGHT, GAP = 120, 36, 4


@dataclass(frozen=True)
class Number:
    """One number as it is shown; ``url`` opens the rows behind it, where there are any to open."""

    text: str
    url: str = ""
    value: object = None
    hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One figure: its number, the one of the period before, the change in words, and one number for each column."""

    figure: object
    now: Number
    before: Number
    change: str
    bars: tuple
    picture: str
    numbers: tuple
    columns: tuple = ()

    @property
    def is_part(self):
        return bool(self.figure.part_of)


HIDDEN_TEXT = "•"


def lines_of(answered, periods, read, address, keys=()):
    """Return ``[(group's label, [Line, …])]``.

    ``read(figure, row, position)`` returns a value, or :class:`Number` where it is hidden; ``address(figure, row,
    position)`` is where its rows open, or empty. ``keys`` are the rows to show beside each other.
    """
    last = len(periods) - 1
    groups = {}
    for one in answered:
        figure = one.figure

        def shown(row, position, figure=figure):
            found = read(figure, row, position)
            if isinstance(found, Number):
                return found
            url = address(figure, row, position) if found else ""
            return Number(in_words(found, figure.unit), url, found)

        row = one.rows[0][0]
        numbers = tuple(shown(row, position) for position in range(len(periods)))
        groups.setdefault(figure.group, []).append(
            Line(
                figure,
                numbers[last],
                numbers[last - 1],
                change(numbers[last], numbers[last - 1], figure),
                bars([found.value for found in numbers]),
                ", ".join(f"{p.label}: {found.text}" for p, found in zip(periods, numbers, strict=True)),
                numbers,
                tuple(shown(key, last) for key, __ in keys),
            )
        )
    return [(code, GROUPS[code], groups[code]) for code in GROUPS if code in groups]


def change(now, before, figure):
    """Return how a number has changed, as a short text: "+3", "−3", "the same"; empty where one is not known."""
    if now.hidden or before.hidden or now.value is None or before.value is None:
        return ""
    difference = Decimal(now.value) - Decimal(before.value)
    text = number(abs(difference))
    if text == "0":
        return _("the same")
    if figure.unit == PERCENT:
        text = _("%(n)s points") % {"n": text}
    return f"+{text}" if difference > 0 else f"−{text}"


def bars(values):
    """Return ``[(x, y, width, height, name)]`` of a row of bars, as texts with a point in them.

    The last one is "now"; what is hidden or not known is a line at the bottom, "none".
    """
    known = [float(value) for value in values if value is not None]
    most = max(known, default=0)
    step = WIDTH / max(1, len(values))
    found = []
    for position, value in enumerate(values):
        height = 1.5 if not value or not most else max(1.5, HEIGHT * float(value) / most)
        name = "none" if value is None else "now" if position == len(values) - 1 else "before"
        found.append(
            tuple(f"{n:.1f}" for n in (position * step, HEIGHT - height, step - GAP, height)) + (name,)
        )
    return tuple(found)


def rows_address(path, query, figure, row, position):
    """Return where the rows of a cell open: the choices of the page, the figure, and which cell."""
    cell = {"figure": figure.code, "at": position}
    if row != ALL:
        cell["row"] = row
    return f"{path}?{urlencode({**query, **cell})}"


def pages_address(path, query, page=True):
    """Return an address with these choices, ready for the number of a page to be added."""
    return f"{path}?{urlencode(query)}{'&page=' if page else ''}"
