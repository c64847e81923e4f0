"""What a figure is, the list of all of them, and how they are asked for.

A room above may register figures of its own. A figure counts through the open scope only (see :mod:`.scoping`): what
lies outside it counts as nothing, and outside every scope counting is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# The row and the column of everything together, and the row of those whose town is not known (the postcode was not
# written, or went when the person was erased).
ALL, WHOLE, UNKNOWN = "", None, "?"
INITIATIVE, TOWN = "initiative", "town"
PEOPLE, TIMES, DAYS, HOURS, YEARS, PERCENT = "people", "times", "days", "hours", "years", "percent"
# Units that count something: the rows behind a number are as many as the number.
COUNTS = (PEOPLE, TIMES)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included, by the calendar in Denmark."""

    first: date
    last: date
    label: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked. ``by``: "" (one row), "initiative" or "town"; ``towns``: codes of municipalities, empty for all.

    ``today``: the last day that has happened; what comes after it is not counted. ``cache`` holds rows that several
    figures read, so that each table is read once for a question.
    """

    periods: tuple[Period, ...]
    by: str = ""
    initiative_ids: tuple[int, ...] = ()
    towns: tuple[str, ...] = ()
    today: date = field(default_factory=timezone.localdate)
    cache: dict = field(default_factory=dict, compare=False, repr=False)


@dataclass
class Counted:
    """``values[(row, period)]``: ``row`` is :data:`ALL`, an initiative's id or a municipality's code (or
    :data:`UNKNOWN`); ``period`` is the position in the question's periods, or :data:`WHOLE` for all of them together.

    What is not there counts 0 for counts and sums, and ``None`` (not known) for medians and shares: read with
    :meth:`at`. ``people``: on how many people a value rests, for suppression; of a share, the smaller of its two sides
    that is not empty; of a longest time, one.
    """

    values: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    missing: int | None = 0

    def at(self, row=ALL, period=WHOLE):
        """Return the value of a cell."""
        return self.values.get((row, period), self.missing)

    def people_at(self, row=ALL, period=WHOLE):
        """Return how many people the value of a cell rests on."""
        return self.people.get((row, period), 0)


class Behind(NamedTuple):
    """One row behind a number: the record (its key and initiative are read), a sentence, and where it opens.

    ``url`` is empty where there is nothing to open any more (the person was erased). ``amount`` is what the row adds.
    """

    record: object
    sentence: str
    url: str
    amount: Decimal | int = 1


@dataclass(frozen=True)
class Figure:
    """One number and what it means.

    ``additive``: the values of periods that do not overlap sum to the value of the whole. ``part_of``: the code of the
    figure that this one is a part of; with ``sums_up`` the parts together are that figure, so that a hidden part can be
    worked out from the others. ``about_people``: whether a small value says something about somebody (a number of
    sessions does not). ``rows(question, row, period)`` returns the list of :class:`Behind` of a cell.
    """

    code: str
    group: str
    label: object
    definition: object
    unit: str
    count: Callable[[Question], Counted]
    additive: bool = True
    rows: Callable | None = None
    part_of: str = ""
    sums_up: bool = False
    about_people: bool = True

    @property
    def unit_label(self):
        return UNITS[self.unit]


UNITS = {
    PEOPLE: gettext_lazy("people"),
    TIMES: gettext_lazy("count"),
    DAYS: gettext_lazy("days"),
    HOURS: gettext_lazy("hours"),
    YEARS: gettext_lazy("years"),
    PERCENT: gettext_lazy("per cent"),
}
# The headings that figures stand under, in order.
GROUPS = {
    "enquiries": gettext_lazy("Enquiries and conversations"),
    "waiting": gettext_lazy("Waiting times"),
    "matches": gettext_lazy("Matches"),
    "endings": gettext_lazy("How matches ended"),
    "courses": gettext_lazy("Group courses"),
    "volunteers": gettext_lazy("Volunteers"),
    "hours": gettext_lazy("Hours"),
    "along": gettext_lazy("Accompaniment and meetings"),
}


@dataclass
class Answered:
    """A figure and what it counts; ``rows``: the rows of the question, ``[(key, label)]``, :data:`ALL` first."""

    figure: Figure
    counted: Counted
    rows: list = field(default_factory=list)


_figures = {}


def register_figure(figure):
    """Add ``figure``, or replace the one with the same code; returns it."""
    if figure.unit not in UNITS:
        raise ValueError(f"{figure.code}: {figure.unit} is no unit.")
    _figures[figure.code] = figure
    return figure


def register_group(code, label):
    """Add a heading for figures of a room above."""
    GROUPS.setdefault(code, label)


def figures():
    """Return ``{code: Figure}`` of all figures, by group and in the order of registration."""
    order = list(GROUPS)
    return {figure.code: figure for figure in sorted(_figures.values(), key=lambda f: order.index(f.group))}


def answer(question, codes=None):
    """Return an :class:`Answered` per figure (all, or those of ``codes``), with a fixed number of queries."""
    known = figures()
    wanted = known.values() if codes is None else [known[code] for code in codes]
    counted = [(figure, figure.count(question)) for figure in wanted]
    rows = rows_of(question, [one for __, one in counted])
    return [Answered(figure, one, rows) for figure, one in counted]


def rows_of(question, counted):
    """Return the rows of ``question``, ``[(key, label)]``: everything, then initiatives or towns by name.

    Towns are those that something was counted in; initiatives are all that were asked for and are in the scope.
    """
    from .scoping import initiative_names, town_names

    rows = [(ALL, _("All"))]
    if question.by == INITIATIVE:
        return rows + initiative_names(question)
    if question.by == TOWN:
        return rows + town_names(question, {key for one in counted for key, __ in one.values} - {ALL})
    return rows


def in_words(value, unit):
    """Return a value with its unit as readers see it; a dash where it is not known."""
    from .wording import number

    if value is None:
        return "–"
    text = number(value)
    if unit == PERCENT:
        return _("%(n)s per cent") % {"n": text}
    if unit == DAYS:
        return ngettext("%(n)s day", "%(n)s days", 1 if value == 1 else 2) % {"n": text}
    if unit == HOURS:
        return _("%(n)s hours") % {"n": text}
    if unit == YEARS:
        return _("%(n)s years") % {"n": text}
    return text
