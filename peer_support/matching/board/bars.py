"""The bar of a pair: one segment per criterion, as wide as its weight, as full as its points; unknown is dashed.

The numbers are whole units of a drawing 1,000 wide, so that a template can write them as SVG attributes.
"""

from dataclasses import dataclass

from ..engine import CRITERIA
from ..sentences_fit import label

WIDTH = 1000
GAP = 6


@dataclass(frozen=True)
class Segment:
    """A criterion's part of the bar. ``x``, ``width`` and ``filled`` are units of the drawing."""

    criterion: str
    x: int
    width: int
    filled: int
    unknown: bool


@dataclass(frozen=True)
class KeptPart:
    """A criterion as it was when a match was proposed; its sentence belonged to that day and is not kept."""

    criterion: str
    label: str
    points: int
    maximum: int
    unknown: bool


def kept_parts(match):
    """Return the parts that were saved with ``match``, in the engine's order."""
    return [
        KeptPart(name, label(name), part["points"], part["maximum"], part["unknown"])
        for name in CRITERIA
        if (part := match.parts.get(name))
    ]


def segments_of(parts):
    """Return the segments of ``parts`` (:class:`~peer_support.matching.presenting.PartLine`), left to right."""
    weighing = [part for part in parts if part.maximum]
    total = sum(part.maximum for part in weighing)
    room = WIDTH - GAP * max(len(weighing) - 1, 0)
    segments, x = [], 0
    for part in weighing:
        width = room * part.maximum // total
        segments.append(Segment(part.criterion, x, width, width * part.points // part.maximum, part.unknown))
        x += width + GAP
    return segments
