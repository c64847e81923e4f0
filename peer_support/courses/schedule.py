"""When a course meets: weekly days by the clock on the wall, without the days on which nobody comes. Pure.

A day is a ``date`` and a time of day a ``time``, both as they are read off a wall in Denmark. Nothing here adds
hours to a moment in UTC, so a course at 19.00 stays at 19.00 when the clock changes. Weeks are those of ISO 8601,
as Danes count them: "uge 53" exists in some years and not in others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Europe/Copenhagen")
# The library lists 1 May among the days that some have off. Courses meet on it.
_WORKED = {(5, 1)}
# A run of closed days longer than this is a slip of the pen in somebody's list.
LONGEST_GAP = timedelta(days=3 * 366)


class Why(StrEnum):
    """Why a day is skipped."""

    PUBLIC_HOLIDAY = "public_holiday"
    CLOSED = "closed"


class Clock(StrEnum):
    """What the wall clock says of a time of day: it comes once, never (spring) or twice (autumn)."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


class NoSuchWeek(ValueError):
    """The year has no week with that number."""


class NeverOpen(ValueError):
    """The closed days leave no day to meet on."""


@dataclass(frozen=True)
class Closed:
    """Days on which nothing is held; ``first`` and ``last`` are both closed."""

    first: date
    last: date
    name: str

    def covers(self, day):
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Skip:
    """A day that the rhythm fell on and that was skipped: why, and the name of the holiday."""

    day: date
    why: Why
    name: str


@dataclass(frozen=True)
class Plan:
    """Days in order, and those skipped on the way."""

    days: tuple[date, ...]
    skipped: tuple[Skip, ...] = ()


@cache
def _holidays_of(year):
    found = holidays.Denmark(years=year, categories=("public", "optional"), language="da")
    return {day: name for day, name in found.items() if (day.month, day.day) not in _WORKED}


def public_holiday(day):
    """Return the Danish name of the public holiday on ``day``, or an empty string.

    Source: the ``holidays`` library; with Constitution Day and the last days of the year, when most are closed.
    """
    return _holidays_of(day.year).get(day, "")


def skip_of(day, closed: Iterable[Closed] = ()):
    """Return the :class:`Skip` that stops ``day``, or ``None``. A public holiday is named before a closed period."""
    if name := public_holiday(day):
        return Skip(day, Why.PUBLIC_HOLIDAY, name)
    found = next((period for period in closed if period.covers(day)), None)
    return Skip(day, Why.CLOSED, found.name) if found else None


def weekly(first, count, interval=1, closed=(), kept=frozenset()):
    """Return the :class:`Plan` of ``count`` days from ``first``, ``interval`` weeks apart.

    A public holiday or a day in ``closed`` is skipped and the rhythm goes on, unless it is in ``kept``. Raises
    :class:`NeverOpen` where three years go by without a day to meet on.
    """
    if count < 0 or interval < 1:
        raise ValueError(f"count is {count} and interval {interval}")
    days, skipped, day = [], [], first
    last_met = first
    while len(days) < count:
        skip = None if day in kept else skip_of(day, closed)
        if skip:
            skipped.append(skip)
        else:
            days.append(day)
            last_met = day
        day += timedelta(weeks=interval)
        if day - last_met > max(LONGEST_GAP, timedelta(weeks=interval)):
            raise NeverOpen(f"no open day for three years after {last_met}")
    return Plan(tuple(days), tuple(skipped))


def next_day(last, interval=1, closed=()):
    """Return the :class:`Plan` of the one day that follows ``last`` in the rhythm."""
    return weekly(last + timedelta(weeks=interval), 1, interval, closed)


def move(days, index, new_day, tail=False, interval=1, closed=()):
    """Return the :class:`Plan` of ``days`` with the one at ``index`` on ``new_day``.

    With ``tail`` the later ones follow: they are laid anew from ``new_day`` in the rhythm, skipping what is closed.
    ``new_day`` itself is taken as it is, as somebody has chosen it. The days come back in the order of the list.
    """
    before, after = list(days[:index]), list(days[index + 1 :])
    if not tail or not after:
        return Plan((*before, new_day, *after))
    laid = weekly(new_day + timedelta(weeks=interval), len(after), interval, closed)
    return Plan((*before, new_day, *laid.days), laid.skipped)


def intake_end(days, sessions):
    """Return the day of session number ``sessions`` as it falls: the last day on which somebody can come in.

    The last day where there are fewer, and where people can join all the way (``sessions`` is ``None``); ``None``
    where there is no day.
    """
    ordered = sorted(days)
    return ordered[:sessions][-1] if ordered else None


def decide_by(first, days_before=7):
    """Return the day to decide whether a course starts: a week before ``first``."""
    return first - timedelta(days=days_before)


# Weeks


def week_of(day):
    """Return ``(ISO year, ISO week)``; 1 January can belong to week 53 of the year before."""
    year, week, __ = day.isocalendar()
    return year, week


def weeks_in(year):
    """Return 52 or 53: how many weeks the ISO year has."""
    return date(year, 12, 28).isocalendar().week


def day_in_week(year, week, weekday):
    """Return the date of ``weekday`` (Monday is 0) in an ISO week. Raises :class:`NoSuchWeek`."""
    if not 1 <= week <= weeks_in(year):
        raise NoSuchWeek(f"{year} has weeks 1 to {weeks_in(year)}")
    return date.fromisocalendar(year, week, weekday + 1)


# The clock


def clock(day, at):
    """Return whether the wall clock shows ``at`` on ``day`` once, never or twice."""
    early, late = (datetime.combine(day, at.replace(fold=fold), ZONE) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return Clock.ONCE
    # In the gap of spring the offset jumps forward between the two readings, in the fold of autumn back.
    return Clock.NEVER if early.utcoffset() < late.utcoffset() else Clock.TWICE


def begins(day, at):
    """Return the aware moment in Copenhagen at which the clock shows ``at``; the first one where it does twice.

    A time that never comes is read as the clock would have shown it an hour on: 02.30 becomes 03.30.
    """
    moment = datetime.combine(day, time(at.hour, at.minute), ZONE)
    return moment.astimezone(UTC).astimezone(ZONE)


def ends(day, at, minutes):
    """Return the aware moment ``minutes`` of real time after the beginning."""
    return (begins(day, at).astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZONE)


def overlap(day, at, minutes, other_day, other_at, other_minutes):
    """Whether two meetings share a moment; one that begins as the other ends does not."""
    return begins(day, at) < ends(other_day, other_at, other_minutes) and begins(other_day, other_at) < ends(
        day, at, minutes
    )
