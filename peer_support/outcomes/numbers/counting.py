"""How figures are counted: rows become items, items touch periods, and what touches a cell is put together.

One pass over the items of a source, whatever the number of periods, initiatives and towns. The number in a cell and the
rows behind it come from the same pass (:meth:`Counting.cells`), so that they cannot differ.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from statistics import median
from typing import NamedTuple

from .registry import ALL, INITIATIVE, TOWN, UNKNOWN, WHOLE, Counted

# The end of something that goes on.
FOREVER = date.max
CITIZEN, VOLUNTEER, MATCH, ENROLMENT, COURSE, WORKSHOP, TRIP = (
    "citizen",
    "volunteer",
    "match",
    "enrolment",
    "course",
    "workshop",
    "trip",
)


class Item(NamedTuple):
    """Something that happened on ``day`` (``until`` is ``None``), or lasted from ``day`` until the day before ``until``.

    ``amount`` is what it counts for; ``person`` a number that is the same for the same person (a citizen's key, a
    volunteer's as a negative number, 0 for nobody); ``ref`` is (kind of record, key); ``fact`` is a code or codes.
    """

    initiative: int
    town: str
    day: date
    until: date | None
    amount: Decimal | int
    person: int
    ref: tuple
    fact: object = ""


def source(load):
    """Decorator: ``load(question)`` is read once for a question, and of the towns that were asked for."""

    @wraps(load)
    def items(question):
        if items not in question.cache:
            found = load(question)
            if question.towns:
                wanted = set(question.towns)
                found = [item for item in found if item.town in wanted]
            question.cache[items] = list(found)
        return question.cache[items]

    return items


class Calendar:
    """The periods of a question as numbers of days, cut off after the last day that has happened."""

    def __init__(self, question):
        today = question.today.toordinal()
        self.spans = [
            (period.first.toordinal(), min(period.last.toordinal(), today), position)
            for position, period in enumerate(question.periods)
        ]
        # A period that has not begun holds nothing.
        self.spans = [span for span in self.spans if span[0] <= span[1]]
        ordered = sorted(self.spans)
        self.apart = all(one[1] < two[0] for one, two in zip(ordered, ordered[1:], strict=False))
        if self.apart:
            self.spans = ordered
        self.firsts = [span[0] for span in self.spans]
        self.lasts = [span[1] for span in self.spans]
        self.latest = max(self.spans, key=lambda span: span[1], default=None)

    def overlapping(self, first, last):
        """Return the spans that hold a day from ``first`` to ``last`` (numbers of days)."""
        if self.apart:
            return self.spans[bisect_left(self.lasts, first) : bisect_right(self.firsts, last)]
        return [span for span in self.spans if span[0] <= last and first <= span[1]]


# How an item touches periods: yields (position of the period, amount); WHOLE once where it touches any.


def on_its_day(item, calendar):
    """What happened counts in the period that holds its day."""
    day = item.day.toordinal()
    touched = False
    for __, __, position in calendar.overlapping(day, day):
        touched = True
        yield position, item.amount
    if touched:
        yield WHOLE, item.amount


def _holding(item, calendar):
    """Yield ``(position, last day)`` of the periods on whose last day the item holds; WHOLE is the latest of them."""
    start, end = item.day.toordinal(), item.until.toordinal()
    for span in calendar.overlapping(start, end - 1):
        if start <= span[1] < end:
            yield span[2], span[1]
            if span is calendar.latest:
                yield WHOLE, span[1]


def on_last_day(item, calendar):
    """What lasts counts in a period where it holds on the last day of it."""
    for position, __ in _holding(item, calendar):
        yield position, item.amount


def waited_by_last_day(item, calendar):
    """As :func:`on_last_day`; the amount is the days from its beginning until then."""
    for position, last in _holding(item, calendar):
        yield position, last - item.day.toordinal()


def on_some_day(item, calendar):
    """What lasts counts in every period that holds a day of it; what began and ended on one day held on that day."""
    start = item.day.toordinal()
    last = start if item.until is None else max(item.until.toordinal() - 1, start)
    touched = False
    for __, __, position in calendar.overlapping(start, last):
        touched = True
        yield position, item.amount
    if touched:
        yield WHOLE, item.amount


def for_its_days(item, calendar):
    """What lasts counts its amount for each day in the period; what happened counts its amount on its day."""
    if item.until is None:
        yield from on_its_day(item, calendar)
        return
    start, last = item.day.toordinal(), item.until.toordinal() - 1
    covered = []
    for first, end, position in calendar.overlapping(start, last):
        span = (max(first, start), min(end, last))
        covered.append(span)
        yield position, item.amount * (span[1] - span[0] + 1)
    if covered:
        yield WHOLE, item.amount * _days(covered)


def _days(spans):
    """Return the number of days in ``spans``; a day in two of them counts once."""
    days, reached = 0, 0
    for first, last in sorted(spans):
        days += max(0, last - max(first, reached + 1) + 1)
        reached = max(reached, last)
    return days


# How what touches a cell is put together.


def total(found):
    return sum(amount for __, amount in found)


def different(found):
    """How many different records there are."""
    return len({item.ref for item, __ in found})


def middle(found):
    """The median, whole days where it is whole."""
    value = Decimal(median([amount for __, amount in found]))
    return int(value) if value == int(value) else value


def longest(found):
    return max(amount for __, amount in found)


def share(found):
    """How many in a hundred have the amount 1."""
    return Decimal(100) * sum(amount for __, amount in found) / len(found)


# What is counted even where nothing is found; a median or share of nothing is not known.
_COUNTS = (total, different)


def people_in(found, put_together):
    """Return on how many people a cell rests; see :class:`~.registry.Counted`."""
    if put_together is longest:
        return 1
    if put_together is share:
        sides = ({item.person for item, amount in found if bool(amount) is side} for side in (True, False))
        return min((len(side) for side in sides if side), default=0)
    return len({item.person for item, __ in found if item.person})


@dataclass(frozen=True)
class Counting:
    """A way to count: items of ``items(question)`` that ``pick`` lets through, how they touch, how they add up.

    ``per`` divides the result (days of a week, of a year).
    """

    items: Callable
    touch: Callable = on_its_day
    put_together: Callable = total
    pick: Callable | None = None
    per: Decimal | int = 1

    def picked(self, question):
        items = self.items(question)
        return items if self.pick is None else [item for item in items if self.pick(item)]

    def cells(self, question):
        """Return ``{(row, period): [(item, amount), …]}`` of every cell that something touches."""
        calendar = Calendar(question)
        found = defaultdict(list)
        for item in self.picked(question):
            rows = rows_of(item, question.by)
            for position, amount in self.touch(item, calendar):
                for row in rows:
                    found[row, position].append((item, amount))
        return found

    def count(self, question):
        """Return the :class:`Counted` of ``question``."""
        counted = Counted(missing=0 if self.put_together in _COUNTS else None)
        for cell, found in self.cells(question).items():
            value = self.put_together(found)
            counted.values[cell] = value if self.per == 1 else Decimal(value) / self.per
            counted.people[cell] = people_in(found, self.put_together)
        return counted

    def found_in(self, question, row, period):
        """Return ``[(item, amount)]`` of one cell: of counts as many as the number, else one for each record."""
        found = self.cells(question).get((row, period), [])
        if self.put_together is different:
            first = {}
            for item, __ in sorted(found, key=lambda pair: pair[0].day):
                first.setdefault(item.ref, (item, 1))
            return list(first.values())
        if self.put_together is total and self.touch is for_its_days:
            together = {}
            for item, amount in found:
                first, before = together.get(item.ref, (item, 0))
                together[item.ref] = (first, before + amount)
            return [(item, Decimal(amount) / self.per) for item, amount in together.values()]
        if self.put_together is longest:
            most = longest(found) if found else 0
            return [pair for pair in found if pair[1] == most]
        return found


def rows_of(item, by):
    """Return the rows that ``item`` stands in."""
    if by == INITIATIVE:
        return ALL, item.initiative
    if by == TOWN:
        return ALL, item.town or UNKNOWN
    return (ALL,)
