"""Periods to choose from: months, quarters, years, or two dates, and those that come before them."""

from datetime import date, timedelta

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .registry import Period

YEAR, QUARTER, MONTH = "y", "q", "m"
# How many months one of them is, and how many are offered.
LENGTHS = {YEAR: 12, QUARTER: 3, MONTH: 1}
OFFERED = {YEAR: 6, QUARTER: 8, MONTH: 24}
DATES = "dates"
# So many periods are drawn side by side: the one that was chosen, and those before it.
SHOWN = 6
# Two dates may not lie further apart than this.
LONGEST = 3660


def _month_after(first, months):
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def period_of(kind, first):
    """Return the month, quarter or year that begins on ``first``."""
    last = _month_after(first, LENGTHS[kind]) - timedelta(1)
    if kind == YEAR:
        label = str(first.year)
    elif kind == QUARTER:
        label = _("Quarter %(number)s, %(year)s") % {"number": first.month // 3 + 1, "year": first.year}
    else:
        label = f"{MONTHS[first.month]} {first.year}".capitalize()
    return Period(first, last, label)


def code_of(kind, first):
    """Return what a period is called in an address: ``y2026``, ``q2026-3``, ``m2026-11``."""
    if kind == YEAR:
        return f"y{first.year}"
    number = first.month // 3 + 1 if kind == QUARTER else first.month
    return f"{kind}{first.year}-{number}"


def beginning_of(kind, day):
    """Return the first day of the month, quarter or year that holds ``day``."""
    months = LENGTHS[kind]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def choices(today):
    """Return ``[(kind, [(code, label)])]``, the newest first."""
    found = []
    for kind, count in OFFERED.items():
        first = beginning_of(kind, today)
        begins = [_month_after(first, -LENGTHS[kind] * n) for n in range(count)]
        found.append((kind, [(code_of(kind, one), period_of(kind, one).label) for one in begins]))
    return found


def parse(code):
    """Return ``(kind, first day)`` of a code, or ``None`` where it is none."""
    kind, rest = code[:1], code[1:]
    if kind not in LENGTHS:
        return None
    year, __, number = rest.partition("-")
    if not (year.isdecimal() and year.isascii() and len(year) == 4 and 1990 <= int(year) <= 2200):
        return None
    most = 12 // LENGTHS[kind]
    if kind == YEAR:
        return None if number else (kind, date(int(year), 1, 1))
    if not (number.isdecimal() and number.isascii() and 1 <= int(number) <= most):
        return None
    return kind, date(int(year), (int(number) - 1) * LENGTHS[kind] + 1, 1)


def row_of(kind, first, count=SHOWN):
    """Return ``count`` periods, the last of which begins on ``first``."""
    begins = [_month_after(first, -LENGTHS[kind] * n) for n in range(count)]
    return tuple(period_of(kind, one) for one in reversed(begins))


def between(first, last, count=2):
    """Return the days from ``first`` to ``last`` as a period, after as many of the same length before it."""
    length = (last - first).days + 1
    begins = [first - timedelta(length * n) for n in range(count)]
    return tuple(
        Period(one, one + timedelta(length - 1), _span(one, one + timedelta(length - 1)))
        for one in reversed(begins)
    )


def _span(first, last):
    return f"{date_format(first, 'SHORT_DATE_FORMAT')}–{date_format(last, 'SHORT_DATE_FORMAT')}"
