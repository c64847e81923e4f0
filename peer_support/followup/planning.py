"""Which calls a pair is to have, and on which day. No database here: dates in, dates out."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..matching.models_match import State
from .models_follow_up import Kind, Side

# Days that a line counts, where the initiative has not chosen: on from the first meeting or the start, or back from
# the end of the trial or the agreement.
DEFAULT_DAYS = {
    Kind.DAY_AFTER: 1,
    Kind.WEEK: 7,
    Kind.MONTH: 30,
    Kind.QUARTER: 91,
    Kind.TRIAL: 3,
    Kind.BEFORE_END: 21,
}
# Two calls to the same side closer than this become one: the one that stands first here.
CLOSE_DAYS = 7
_FIRST = (Kind.BEFORE_END, Kind.TRIAL, Kind.DAY_AFTER, Kind.WEEK, Kind.MONTH, Kind.QUARTER)
# What lies longer back than this is not planned any more: nobody is rung about something that is long over.
GRACE_DAYS = 14


@dataclass(frozen=True)
class Line:
    """A line of a plan: how many days, and for which sides."""

    kind: str
    days: int
    citizen: bool = True
    volunteer: bool = True

    @property
    def sides(self):
        return [side.value for side in Side if getattr(self, side.value)]


@dataclass(frozen=True)
class Wanted:
    """A call that is to stand in the plan: ``due``, counted from ``anchor``."""

    due: date
    anchor: date


def lines_of(rows):
    """Return the :class:`Line` list of an initiative's ``rows`` (``FollowUpPlan``), with the default where one is missing."""
    own = {row.kind: Line(row.kind, row.days, row.citizen, row.volunteer) for row in rows}
    return [own.get(kind.value, Line(kind.value, days)) for kind, days in DEFAULT_DAYS.items()]


def wanted(match, lines, pauses=()):
    """Return ``{(side, kind): Wanted}`` of what ``match`` is to have as it stands now.

    ``pauses`` are the match's own, over or not: days on pause do not count. A match on pause, not begun or closed
    has none.
    """
    found = {}
    for line in lines:
        day = _day(match, line, pauses)
        if day is not None:
            found.update(dict.fromkeys(((side, line.kind) for side in line.sides), day))
    return _without_close_ones(found)


def paused_days(pauses, first, last):
    """Return how many days from ``first`` up to ``last`` (which does not count) lie in one of ``pauses``."""
    days = 0
    for pause in pauses:
        start, end = max(pause.starts, first), min(pause.over_on or last, last)
        days += max((end - start).days, 0)
    return days


def _day(match, line, pauses):
    if line.kind == Kind.DAY_AFTER:
        if match.state not in (State.ACCEPTED, State.MET) or not match.first_meeting_on:
            return None
        return Wanted(match.first_meeting_on + timedelta(line.days), match.first_meeting_on)
    if match.state != State.ACTIVE or not match.active_from:
        return None
    over = max((pause.over_on for pause in pauses if pause.over_on), default=None)
    if line.kind in (Kind.TRIAL, Kind.BEFORE_END):
        anchor = match.trial_until if line.kind == Kind.TRIAL else match.planned_end
        if anchor is None:
            return None
        due = anchor - timedelta(line.days)
        return Wanted(max(due, over or due, match.active_from), anchor)
    due = match.active_from + timedelta(line.days)
    # A pause that began before the call moves it by the days it lasted.
    for pause in sorted(pauses, key=lambda one: one.starts):
        if pause.over_on and pause.starts <= due:
            due += timedelta(paused_days([pause], match.active_from, pause.over_on))
    return Wanted(due, match.active_from)


def _without_close_ones(found):
    kept = {}
    for side, kind in sorted(found, key=lambda key: _FIRST.index(key[1])):
        due = found[side, kind].due
        if all(abs((due - kept[one].due).days) >= CLOSE_DAYS for one in kept if one[0] == side):
            kept[side, kind] = found[side, kind]
    return kept
