"""The flow as a picture, a table and a sentence. Numbers in, positions and words out; asks the database for nothing."""

import textwrap
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .allocation import Arm
from .models import Left, WhyLeft, WhyNot

WIDTH, BOX, GAP, LINE, PAD = 760, 340, 28, 19, 14
LEFT_X, RIGHT_X = 10, 410
LETTERS = 37


@dataclass(frozen=True)
class Box:
    """A box of the picture: corner, size, and its lines as ``(x, y, text, whether it is the heading)``."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple

    @property
    def middle(self):
        return self.x + self.width // 2

    @property
    def bottom(self):
        return self.y + self.height


@dataclass(frozen=True)
class Picture:
    """Everything a template needs: boxes, arrows (SVG paths), rows of the table, and the sentence."""

    height: int
    boxes: tuple
    arrows: tuple
    rows: tuple
    sentence: str
    hides: bool
    width: int = WIDTH

    @property
    def box(self):
        return f"0 0 {self.width} {self.height}"


def number_in_words(number):
    """Return a number of the flow, or the words for one that is hidden."""
    return _("hidden") if number is None else str(number)


def _steps(flow):
    """Return the rows of the table: ``(depth, label, number or None)``, in the order of the way."""
    said = flow.shown
    rows = [
        (0, _("Signed up, or were asked"), said("enquired")),
        (1, _("Not asked to take part"), said("not_asked")),
        (0, _("Asked to take part"), said("asked")),
        (1, _("Think about it"), said("thinking")),
        (1, _("Do not take part"), said("excluded")),
        *(
            (2, str(why.label), said(f"excluded_{why.value}"))
            for why in WhyNot
            if flow.counts.get(f"excluded_{why.value}")
        ),
        (0, _("Said yes"), said("consented")),
        (1, _("Withdrew before the draw"), said("gone")),
        (1, _("First questions not answered yet"), said("no_baseline")),
        (0, _("First questions answered"), said("baseline")),
        (1, _("Not drawn yet"), said("ready")),
        (0, _("Drawn"), said("drawn")),
    ]
    for arm in Arm:
        rows += _arm_rows(flow, arm)
    return rows


def _arm_rows(flow, arm):
    def said(name):
        return flow.shown(f"{arm}_{name}")

    place = arm is Arm.PLACE
    return [
        (0, _("Drew a place") if place else _("Drew the control group"), said("drawn")),
        (1, _("Got the place") if place else _("Waited as planned, with all other help"), said("received")),
        (1, _("Have not got the place") if place else _("Got a place before the time"), said("not_received")),
        (1, _("Withdrew"), said("lost")),
        *(
            (2, str(left.label), said(f"lost_{left.value}"))
            for left in Left
            if left and flow.counts.get(f"{arm}_lost_{left.value}")
        ),
        *(
            (2, str(why.label), said(f"why_{why.value}"))
            for why in WhyLeft
            if flow.counts.get(f"{arm}_why_{why.value}")
        ),
        (1, _("In the analysis"), said("analysed")),
        (1, _("Not in the analysis, or not yet"), said("not_analysed")),
    ]


def _lines(x, y, rows):
    lines, top = [], y + PAD + 4
    for heading, text in rows:
        for part in textwrap.wrap(text, LETTERS) or [""]:
            lines.append((x + PAD, top + LINE // 2, part, heading))
            top += LINE
    return tuple(lines), top - y + PAD - 8


def _box(x, y, rows, aside=False):
    """Return a box with ``rows``, ``[(label, number), …]``; the first is the heading, but not of a box ``aside``."""
    words = [
        (n == 0 and not aside, f"{label}: {number_in_words(number)}")
        for n, (label, number) in enumerate(rows)
    ]
    lines, height = _lines(x, y, words)
    return Box(x, y, BOX, height, lines)


def _cells(rows, first, last):
    """Return the rows between two headings as ``[(label, number), …]``."""
    return [(label, number) for __, label, number in rows[first:last]]


def draw(flow):
    """Return the :class:`Picture` of ``flow``."""
    rows = _steps(flow)
    heads = [n for n, row in enumerate(rows) if row[0] == 0] + [len(rows)]
    boxes, arrows, y, before = [], [], 10, None
    # Enquired, asked, said yes, first questions: what leads on stands on the left, what does not beside it.
    for step in range(5):
        first, after = heads[step], heads[step + 1]
        main = _box(LEFT_X, y, _cells(rows, first, first + 1))
        if before is not None:
            arrows.append(f"M{before.middle} {before.bottom}V{main.y - 2}")
        boxes.append(main)
        bottom = main.bottom
        if after > first + 1:
            side = _box(RIGHT_X, y, _cells(rows, first + 1, after), aside=True)
            boxes.append(side)
            level = main.y + main.height // 2
            arrows.append(f"M{main.x + main.width} {level}H{side.x - 2}")
            bottom = max(bottom, side.bottom)
        before, y = main, bottom + GAP
    split = before.bottom + GAP // 2
    ends = []
    for n, x in enumerate((LEFT_X, RIGHT_X)):
        first, after = heads[5 + n], heads[6 + n]
        box = _box(x, y, _cells(rows, first, after))
        arrows.append(f"M{before.middle} {before.bottom}V{split}H{box.middle}V{box.y - 2}")
        boxes.append(box)
        ends.append(box.bottom)
    table = tuple(
        {"depth": depth, "label": label, "number": number_in_words(number), "is_hidden": number is None}
        for depth, label, number in rows
    )
    return Picture(max(ends) + 10, tuple(boxes), tuple(arrows), table, sentence(flow), bool(flow.hidden))


def sentence(flow):
    """Return the flow in one or two plain sentences."""
    asked = flow.shown("asked")
    if not flow.counts.get("asked"):
        return _("Nobody has been asked yet.")
    if asked is None or flow.shown("drawn") is None:
        return _("So few take part yet that the numbers are not shown.")
    text = ngettext("%(n)s person has been asked.", "%(n)s people have been asked.", asked) % {"n": asked}
    values = {
        "drawn": flow.shown("drawn"),
        "place": number_in_words(flow.shown("place_drawn")),
        "control": number_in_words(flow.shown("control_drawn")),
    }
    if not values["drawn"]:
        return f"{text} {_('Nobody has been drawn yet.')}"
    return f"{text} " + _("%(drawn)s are drawn: place %(place)s, control group %(control)s.") % values
