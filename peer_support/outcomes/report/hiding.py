"""Figures and what of them may leave the house: the tables of a year, every year for itself, hidden together.

A year's tables by initiative, by town and in all share their totals, and parts of a figure add up to it; what is hidden
is found for all of them at once. It does not depend on what else stands in a report: next year's report hides the same
numbers of this year, and the report of one initiative hides what the report of all of them hides.
"""

from ..numbers.registry import ALL, COUNTS, HOURS, PERCENT, YEARS
from .suppression import Cell, Sum, hidden_cells

# Units whose rows add up to the row of everything.
_SUMS = (*COUNTS, HOURS, YEARS)
# Shares that can be worked out from two counts which are printed too: hidden where one of the two is.
MADE_OF = {"drop_out": ("dropped_out", "completed")}
# One person's own number, however many are counted.
ONE_PERSON = ("waiting_longest", "wait_longest", "length_longest")


def hidden_in(tables, columns):
    """Return the keys ``(code, row, period)`` that may not be printed.

    ``tables`` are lists of :class:`~..numbers.registry.Answered` of the same question by different rows, ``columns``
    the periods that are printed. The sum of several periods may not be printed beside them.
    """
    hidden = set()
    for period in columns:
        hidden |= _of_period(tables, period)
    return frozenset(hidden)


def _of_period(tables, period):
    cells, sums, figures = {}, [], {}
    for table in tables:
        for answered in table:
            figure = answered.figure
            if not figure.about_people:
                continue
            figures[figure.code] = figure
            rows = [key for key, __ in answered.rows]
            for row in rows:
                cell = _cell(figure, answered.counted, row, period)
                if cell is not None:
                    cells[figure.code, row, period] = cell
            if figure.unit in (*_SUMS, PERCENT):
                parts = tuple((figure.code, row, period) for row in rows if row != ALL)
                sums.append(Sum((figure.code, ALL, period), parts))
    families = {}
    for code, figure in figures.items():
        if figure.part_of and figure.sums_up:
            families.setdefault(figure.part_of, []).append(code)
    for row in {key[1]: None for key in cells}:
        for whole, parts in families.items():
            sums.append(Sum((whole, row, period), tuple((code, row, period) for code in parts)))
    hidden = set(hidden_cells(cells, sums))
    for code, sources in MADE_OF.items():
        hidden |= {
            (code, row, period)
            for row in {key[1] for key in cells}
            if any((source, row, period) in hidden for source in sources)
        }
    hidden |= {key for key in cells if key[0] in ONE_PERSON}
    return hidden


def _cell(figure, counted, row, period):
    """Return the cell to protect; of a share and a median it is the number of people that it rests on."""
    value, people = counted.at(row, period), counted.people_at(row, period)
    if value is None:
        return None
    if figure.unit in _SUMS:
        return Cell(value, people)
    if figure.unit == PERCENT:
        # Nobody or everybody says something about each of them, however many they are.
        return Cell(0 if value in (0, 100) else people, 0 if value in (0, 100) else people, zero_tells=True)
    return Cell(people, people)
