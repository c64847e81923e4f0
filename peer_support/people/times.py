"""Weekly times: "ti 17.00-20.00; to 09.30-11.00", kept as one canonical line and as 336 half hours.

Bit ``48 * weekday + half_hour`` is set where the person can; Monday is weekday 0. An empty text means *unknown*,
which is neither never nor always.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DAYS = ("ma", "ti", "on", "to", "fr", "lø", "sø")
DAY_NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
PARTS = {"morning": (16, 24), "afternoon": (24, 34), "evening": (34, 42)}
PART_NAMES = {
    "morning": _("Morning (8–12)"),
    "afternoon": _("Afternoon (12–17)"),
    "evening": _("Evening (17–21)"),
}
_SPAN = re.compile(r"^\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|til)\s*(\d{1,2})(?:[.:](\d{2}))?\s*$")


@dataclass(frozen=True)
class Span:
    """One stretch of a week: ``day`` 0–6, ``start`` and ``end`` in half hours from midnight, end not included."""

    day: int
    start: int
    end: int

    def __str__(self):
        return f"{DAYS[self.day]} {_clock(self.start)}-{_clock(self.end)}"


def _clock(half_hours):
    return f"{half_hours // 2:02d}.{'30' if half_hours % 2 else '00'}"


def parse_span(day, text):
    """Return the :class:`Span` of e.g. ``"17-20"`` or ``"9.30-11"`` on ``day``; ``ValidationError`` otherwise."""
    match = _SPAN.match(text)
    if not match:
        raise ValidationError(
            _("We do not understand the time “%(text)s”. Write it as 17-20 or 9.30-11."),
            params={"text": text},
        )
    start_hour, start_minute, end_hour, end_minute = (int(part or 0) for part in match.groups())
    start = start_hour * 2 + (start_minute >= 15) + (start_minute >= 45)
    end = end_hour * 2 + (end_minute >= 15) + (end_minute >= 45)
    if max(start_minute, end_minute) > 59 or not 0 <= start < end <= 48:
        raise ValidationError(
            _("The time “%(text)s” does not end after it starts. Write it as 17-20."), params={"text": text}
        )
    return Span(day, start, end)


def parse(text):
    """Return the spans of a canonical or hand-written line such as ``"ti 17-20; to 9.30-11"``, in order.

    Raises ``ValidationError`` with a sentence that quotes the part that is not understood.
    """
    spans = []
    for piece in filter(None, (piece.strip() for piece in re.split(r"[;\n]", text or ""))):
        name, __, rest = piece.partition(" ")
        day = next((i for i, short in enumerate(DAYS) if name.casefold()[:2] == short), None)
        if day is None:
            raise ValidationError(
                _("“%(text)s” does not begin with a weekday. Write it as ti 17-20."), params={"text": piece}
            )
        spans += [parse_span(day, part) for part in rest.split(",") if part.strip()]
        if not rest.strip():
            spans.append(Span(day, 16, 42))
    return _merged(spans)


def _merged(spans):
    return spans_of(bits_of(spans))


def bits_of(spans):
    """Return the half hours of ``spans`` as one integer of 336 bits."""
    bits = 0
    for span in spans:
        bits |= ((1 << (span.end - span.start)) - 1) << (48 * span.day + span.start)
    return bits


def spans_of(bits):
    """Return the spans of an integer of 336 bits, Monday first."""
    spans = []
    for day in range(7):
        start = None
        for half_hour in range(49):
            is_set = half_hour < 48 and bits >> (48 * day + half_hour) & 1
            if is_set and start is None:
                start = half_hour
            elif not is_set and start is not None:
                spans.append(Span(day, start, half_hour))
                start = None
    return spans


def canonical(spans):
    """Return the one line that is stored for ``spans``."""
    return "; ".join(str(span) for span in spans)
