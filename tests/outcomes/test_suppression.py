"""No hidden number can be worked out from what is printed: a small integer program tries, with everything it is told."""

import itertools
import random
from decimal import Decimal

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from peer_support.outcomes.report.suppression import Cell, Sum, hidden_cells, share_cells, table_sums

FAR = 100_000


class Reader:
    """Someone who has the whole report, knows the rules, and calculates: ``least`` and ``most`` of a hidden cell."""

    def __init__(self, cells, sums, hidden):
        self.hidden = [key for key in cells if key in hidden]
        place = {key: index for index, key in enumerate(self.hidden)}
        rows, results = [], []
        for each in sums:
            row, result = np.zeros(len(place)), 0
            for key, sign in [*((part, 1) for part in each.parts), (each.total, -1)]:
                if key in place:
                    row[place[key]] += sign
                else:
                    result -= sign * int(cells[key].value)
            if row.any():
                rows.append(row)
                results.append(result)
        self.rows, self.results = np.array(rows), results
        self.floors = [self._floor(cells[key]) for key in self.hidden]
        self.seen = np.array([[int(cells[key].value) for key in self.hidden]])

    @staticmethod
    def _floor(cell):
        """Noughts are printed, so what is hidden is 1 at least; not the parts of a known whole."""
        return 0 if cell.zero_tells or not cell.value else 1

    def _solve(self, index, sign):
        goal = np.zeros(len(self.hidden))
        goal[index] = sign
        known = [LinearConstraint(self.rows, self.results, self.results)] if len(self.rows) else []
        answer = milp(
            goal, constraints=known, bounds=Bounds(self.floors, FAR), integrality=np.ones(len(self.hidden))
        )
        assert answer.status == 0, answer.message
        return np.rint(answer.x)

    def spread(self, key, enough):
        """Return how many steps there are between the least and the most that ``key`` can be, or ``enough`` of them."""
        index = self.hidden.index(key)
        for sign in (1, -1):
            if np.ptp(self.seen[:, index]) < enough:
                self.seen = np.vstack([self.seen, self._solve(index, sign)])
        return int(np.ptp(self.seen[:, index]))


def given_away(cells, sums, hidden):
    """Return the hidden cells a reader can work out more closely than is promised."""
    reader = Reader(cells, sums, hidden)
    width = {
        key: max(4, int(cells[key].value) // 5) if cells[key].rests_on < 5 else 4 for key in reader.hidden
    }
    return {
        key: reader.spread(key, width[key])
        for key in reader.hidden
        if reader.spread(key, width[key]) < width[key]
    }


def some_number(chance):
    return chance.choice([0, 0, chance.randint(1, 4), chance.randint(0, 9), chance.randint(0, 60)])


def two_tables(chance):
    """Place × year and town × year: the same years, the same totals of the years and the same grand total."""
    columns = list(range(chance.randint(1, 4)))
    values = {}
    places = [("place", number) for number in range(chance.randint(2, 6))]
    towns = [("town", number) for number in range(chance.choice([0, 0, 2, 4]))]
    for column in columns:
        for row in places:
            values[row, column] = some_number(chance)
        whole = values["all", column] = sum(values[row, column] for row in places)
        cuts = [0, *sorted(chance.randint(0, whole) for _ in towns[1:]), whole]
        for row, (start, end) in zip(towns, itertools.pairwise(cuts), strict=False):
            values[row, column] = end - start
    for row in [*places, *towns, "all"]:
        values[row, "sum"] = sum(values[row, column] for column in columns)
    sums = [
        each
        for rows in (places, towns)
        if rows
        for each in table_sums(rows, columns, total_row="all", total_column="sum")
    ]
    return {key: Cell(value) for key, value in values.items()}, sums


def three_directions(chance):
    """Place × year × kind with every margin."""
    axes = [[*range(chance.randint(2, 3)), "all"] for _ in range(3)]
    inner = {key: some_number(chance) for key in itertools.product(*(axis[:-1] for axis in axes))}
    cells = {
        key: Cell(
            sum(v for at, v in inner.items() if all(k in ("all", a) for k, a in zip(key, at, strict=True)))
        )
        for key in itertools.product(*axes)
    }
    sums = []
    for way in range(3):
        for key in cells:
            if key[way] == "all":
                parts = tuple((*key[:way], part, *key[way + 1 :]) for part in axes[way][:-1])
                sums.append(Sum(key, parts))
    return cells, sums


def shares_of_places(chance):
    """How many of those asked answered, by place and in all: parts, rests and wholes, all with their sums."""
    places = range(chance.randint(2, 5))
    cells, sums = {}, []
    asked = {place: chance.choice([0, chance.randint(0, 12), chance.randint(0, 40)]) for place in places}
    answered = {place: chance.choice([0, asked[place], chance.randint(0, asked[place])]) for place in places}
    asked["all"], answered["all"] = sum(asked.values()), sum(answered.values())
    for place in asked:
        more, own = share_cells(place, answered[place], asked[place])
        cells.update(more)
        sums += own
    for what in ("part", "rest", "whole"):
        sums.append(Sum(("all", what), tuple((place, what) for place in places)))
    return cells, sums


def things_done(chance):
    """Hours or meetings: large numbers that may rest on few people."""
    cells, sums = two_tables(chance)
    people = {key: chance.choice([1, 3, 8, 20]) if cell.value else 0 for key, cell in cells.items()}
    return {key: Cell(cell.value, people[key]) for key, cell in cells.items()}, sums


KINDS = [two_tables, three_directions, shares_of_places, things_done]


@pytest.mark.parametrize("kind", KINDS)
def test_no_hidden_number_can_be_worked_out(kind):
    nothing_can_be_worked_out(kind, 30)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_no_hidden_number_can_be_worked_out_of_thousands(kind):
    nothing_can_be_worked_out(kind, 1500)


def nothing_can_be_worked_out(kind, rounds):
    """Hide the tables of ``rounds`` seeds and read them; the control hides only what is small."""
    primary_caught = hidden_anything = 0
    for seed in range(rounds):
        cells, sums = kind(random.Random(seed))
        hidden = hidden_cells(cells, sums)
        small = {key for key, cell in cells.items() if cell.small}
        assert small <= hidden
        assert given_away(cells, sums, hidden) == {}, seed
        if small:
            hidden_anything += 1
            primary_caught += bool(given_away(cells, sums, small))
        else:
            assert not hidden, "nothing needed to be hidden"
    # Hiding only what is small is seen through in most of these tables, by the same program.
    assert hidden_anything > rounds // 2
    assert primary_caught > hidden_anything // 2


def test_one_small_number_in_a_row_takes_another_with_it():
    cells = {"Snekkersten": Cell(2), "Espergærde": Cell(9), "Kvistgård": Cell(30), "all": Cell(41)}
    sums = [Sum("all", ("Snekkersten", "Espergærde", "Kvistgård"))]
    assert hidden_cells(cells, sums) == {"Snekkersten", "Espergærde"}


def test_a_total_is_kept_where_a_part_can_be_hidden_instead():
    rows, columns = ["a", "b", "c"], [2025, 2026]
    numbers = {"a": (3, 20), "b": (14, 15), "c": (30, 31)}
    values = {(row, column): numbers[row][index] for row in rows for index, column in enumerate(columns)}
    for column in columns:
        values["all", column] = sum(values[row, column] for row in rows)
    for row in [*rows, "all"]:
        values[row, "sum"] = sum(values[row, column] for column in columns)
    hidden = hidden_cells(
        {key: Cell(value) for key, value in values.items()},
        table_sums(rows, columns, total_row="all", total_column="sum"),
    )
    assert hidden == {("a", 2025), ("a", 2026), ("b", 2025), ("b", 2026)}


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(7, 8, False), (0, 8, False), (8, 8, False), (3, 30, False), (6, 30, True)]
)
def test_a_share_is_hidden_where_the_part_or_the_rest_is_small(part, whole, shown):
    cells, sums = share_cells("x", part, whole)
    hidden = hidden_cells(cells, sums)
    assert (("x", "part") not in hidden and ("x", "rest") not in hidden) is shown
    assert ("x", "whole") not in hidden


def test_nought_is_printed_and_a_number_by_few_people_is_not():
    assert hidden_cells({"none": Cell(0), "few": Cell(4), "five": Cell(5)}) == {"few"}
    assert hidden_cells(
        {"hours": Cell(Decimal("37.5"), people=2), "many": Cell(Decimal("37.5"), people=5)}
    ) == {"hours"}
    assert hidden_cells({"none of three": Cell(0, people=3)}) == {"none of three"}


def test_the_same_tables_hide_the_same_cells():
    for seed in range(20):
        cells, sums = two_tables(random.Random(seed))
        assert hidden_cells(cells, sums) == hidden_cells(dict(cells), list(sums))


def test_what_is_hidden_beside_the_small_is_little():
    """Over small tables, at most a third more is hidden than the fewest cells that would do (all choices are tried)."""
    ours = fewest = 0
    for seed in range(12):
        chance = random.Random(seed)
        rows, columns = ["a", "b", "c"], [1, 2]
        values = {(row, column): some_number(chance) + 1 for row in rows for column in columns}
        for column in columns:
            values["all", column] = sum(values[row, column] for row in rows)
        cells = {key: Cell(value) for key, value in values.items()}
        sums = table_sums(rows, columns, total_row="all")
        small = {key for key, cell in cells.items() if cell.small}
        ours += len(hidden_cells(cells, sums))
        others = [key for key in cells if key not in small]
        fewest += next(
            len(small) + count
            for count in range(len(others) + 1)
            if any(
                not given_away(cells, sums, small.union(more))
                for more in itertools.combinations(others, count)
            )
        )
    assert ours <= fewest * 4 / 3
