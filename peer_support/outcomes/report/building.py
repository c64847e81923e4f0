"""The report as it is read: sections, tables, pictures and sentences. All that is in it may leave the house."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from ..numbers.registry import ALL, DAYS, GROUPS, HOURS, PEOPLE, PERCENT, TIMES, UNITS
from ..numbers.wording import number
from .drawing import Bars, draw_bars
from .effect import effect_of
from .gathering import HIDDEN, count_house, years_until
from .models import YearReport
from .unknown import unknown_of

# What is drawn, one picture for a group.
DRAWN = {
    "enquiries": "enquiries",
    "waiting": "waiting",
    "matches": "matches_active",
    "courses": "participants",
    "volunteers": "volunteers",
    "hours": "hours",
}
# The columns of the tables by initiative and by town; the files have all figures.
BY_ROW = ("enquiries", "conversations", "waiting", "matches_started", "participants", "volunteers", "hours")
FRONT = ("enquiries", "conversations", "matches_started", "participants", "volunteers", "hours")


@dataclass(frozen=True)
class Shown:
    """A number as it is printed. ``value`` is None where it is hidden or not known."""

    text: str
    value: object = None
    hidden: bool = False


@dataclass(frozen=True)
class Line:
    """A figure and its numbers, one a column, with the definition that is printed beside it."""

    code: str
    label: str
    definition: str
    unit: str
    cells: tuple
    part: bool = False

    @property
    def show_unit(self):
        """Whether the unit has to be said beside the label: of people and times the label says it."""
        return self.unit not in (UNITS[PEOPLE], UNITS[TIMES])


@dataclass(frozen=True)
class Section:
    """The figures under one heading, with a picture of one of them and a sentence that says the same."""

    code: str
    title: str
    lines: tuple
    drawn: Line | None = None
    bars: Bars = Bars()
    sentence: str = ""


@dataclass(frozen=True)
class RowTable:
    """One year by initiative or by town: ``heads`` are (label, definition), ``rows`` (name, cells)."""

    code: str
    title: str
    heads: tuple
    rows: tuple


@dataclass
class Report:
    """Everything that is printed. ``numbers`` is what the files take their long lists from."""

    year: int
    initiative: object
    columns: tuple
    sections: list
    tables: list
    effect: list
    unknown: list
    foreword: str
    made_on: date
    numbers: object
    front: list = field(default_factory=list)

    @property
    def title(self):
        return _("Year's report %(year)d") % {"year": self.year}

    @property
    def about(self):
        """Whom it is about."""
        return self.initiative.title if self.initiative else _("All initiatives")

    @property
    def running(self):
        """Whether the year is not over."""
        return self.made_on <= date(self.year, 12, 31)

    @property
    def row(self):
        return self.initiative.pk if self.initiative else ALL

    @property
    def filename(self):
        name = _("years-report") + f"-{self.year}"
        return f"{name}-{self.initiative.pk}" if self.initiative else name


def shown(value, unit):
    """Return a value of :meth:`~.gathering.Numbers.at` as it is printed."""
    if value is HIDDEN:
        return Shown(_("hidden"), None, True)
    if value is None:
        return Shown("–")
    if unit in (PERCENT, HOURS, DAYS):
        value = int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))
    elif isinstance(value, Decimal):
        value = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Shown(number(value), value)


def build(*, year, initiative=None, today=None):
    """Return the :class:`Report` of ``year``: of ``initiative``, or of all of them.

    The house is counted whatever is asked for; see :mod:`.gathering`.
    """
    today = today or timezone.localdate()
    numbers = count_house(years_until(year), today=today)
    row = initiative.pk if initiative else ALL
    row_known = initiative is None or row in {key for key, __ in numbers.initiatives}
    lines = [line_of(numbers, figure, row) for figure in numbers.figures] if row_known else []
    by_code = {line.code: line for line in lines}
    kept = YearReport.objects.filter(year=year, initiative=initiative).first()
    return Report(
        year,
        initiative,
        tuple(period.label for period in numbers.periods),
        _sections(numbers, lines),
        _tables(numbers) if initiative is None else [],
        effect_of(year, initiative, numbers.ids),
        unknown_of(numbers, row, by_code),
        kept.foreword if kept else "",
        today,
        numbers,
        [by_code[code] for code in FRONT if code in by_code],
    )


def line_of(numbers, figure, row):
    """Return the :class:`Line` of one figure over the years."""
    return Line(
        figure.code,
        str(figure.label),
        str(figure.definition),
        str(figure.unit_label),
        tuple(
            shown(numbers.at(figure.code, row, index), figure.unit) for index in range(len(numbers.periods))
        ),
        bool(figure.part_of),
    )


def _sections(numbers, lines):
    groups = {figure.code: figure.group for figure in numbers.figures}
    found = []
    for code, title in GROUPS.items():
        own = tuple(line for line in lines if groups[line.code] == code)
        # What never happened, in none of the years, is not told line by line.
        own = tuple(
            line for line in own if any(cell.value or cell.hidden for cell in line.cells) or not line.part
        )
        # A part of the work that the house does not do is left out of its report.
        if any(cell.value or cell.hidden for line in own for cell in line.cells):
            drawn = next((line for line in own if line.code == DRAWN.get(code)), None)
            bars = _bars(numbers, drawn) if drawn else Bars()
            sentence = sentence_of(drawn, numbers.periods) if drawn and bars.bars else ""
            found.append(Section(code, str(title), own, drawn, bars, sentence))
    return found


def _bars(numbers, line):
    labels = [period.label for period in numbers.periods]
    return draw_bars((label, cell.value, cell.text) for label, cell in zip(labels, line.cells, strict=True))


def sentence_of(line, periods):
    """Return what the picture shows, in words."""
    now, before = line.cells[-1], line.cells[-2]
    values = {"label": line.label, "year": periods[-1].label, "now": now.text, "before": before.text}
    values["last"] = periods[-2].label
    if now.hidden or now.value is None:
        return _("%(label)s: the number of %(year)s is not shown.") % values
    if before.hidden or before.value is None:
        return _("%(label)s: %(now)s in %(year)s.") % values
    if now.value == before.value:
        return _("%(label)s: %(now)s in %(year)s, as many as in %(last)s.") % values
    if now.value > before.value:
        return _("%(label)s: %(now)s in %(year)s, up from %(before)s in %(last)s.") % values
    return _("%(label)s: %(now)s in %(year)s, down from %(before)s in %(last)s.") % values


def _tables(numbers):
    """Return the report's year by initiative and by town; of one initiative there is neither."""
    found = []
    known = {figure.code: figure for figure in numbers.figures}
    figures = [known[code] for code in BY_ROW if code in known]
    heads = tuple((str(figure.label), str(figure.definition)) for figure in figures)
    for code, title, rows in (
        ("initiatives", _("By initiative"), numbers.initiatives),
        ("towns", _("By town"), numbers.towns),
    ):
        if len(rows) > 1:
            body = tuple(
                (name, tuple(shown(numbers.at(figure.code, key), figure.unit) for figure in figures))
                for key, name in rows
            )
            total = tuple(shown(numbers.at(figure.code), figure.unit) for figure in figures)
            found.append(RowTable(code, title, heads, (*body, (_("All"), total))))
    return found
