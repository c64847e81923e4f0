"""Which numbers of a set of tables have to stay hidden, so that nobody can be recognised and none can be worked out.

Pure functions without Django. The rules, which ``docs/decisions/`` explains:

* A number that rests on 1 to 4 people is hidden. Nought is shown, because it tells of nobody.
* A part of a known whole (how many of those asked said yes) is hidden where the part *or the rest* is below 5, and
  there nought is hidden too: "8 of 8" and "0 of 8" both tell something about every single one of the eight.
* More numbers are hidden, as few and as small ones as the method finds, until every hidden number could still have had
  at least ``WIDTH + 1`` values (a hidden 3: for example anything from 1 to 5) given everything else that is printed:
  every row, column and shared total. A number of things done by few (37 hours by two people) is hidden within a fifth
  of itself at least.
* There is one mark for every hidden number. "Under 5" beside some of them would say too much about the others.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from .moving import cheapest_move

LIMIT = 5
WIDTH = 4
# A total is worth more to a reader than a part of it.
TOTAL_WEIGHT = 4.0
HIDDEN_COST = 1e-3
# Larger tables (in three directions, say) are not searched for one more number that could be printed after all.
THOROUGH = 30_000


@dataclass(frozen=True)
class Cell:
    """A number that would be printed: its ``value`` and how many ``people`` it rests on (None: it counts people).

    ``zero_tells``: it is a part of a known whole, so that nought says something about everyone in it.
    """

    value: int | float | Decimal
    people: int | None = None
    zero_tells: bool = False

    @property
    def rests_on(self):
        """How many people the number rests on."""
        return int(self.value if self.people is None else self.people)

    @property
    def small(self):
        """Whether the number itself has to be hidden, whatever is printed beside it."""
        return self.rests_on < LIMIT and bool(self.rests_on or self.zero_tells or self.value)

    @property
    def fixed(self):
        """Whether it is a nought that everybody may see, and so never hidden."""
        return not self.value and not self.small

    @property
    def floor(self):
        """The least a reader has to reckon with when it is hidden: noughts are printed, so a hidden number is not one."""
        return 0 if self.zero_tells or self.value < 1 else 1

    @property
    def width(self):
        """How wide the range of values has to be that a reader is left with."""
        return max(WIDTH, int(self.value) // 5) if self.small else WIDTH


@dataclass(frozen=True)
class Sum:
    """``total`` is printed beside ``parts`` and is their sum (or nearly: a reader is taken to know the difference)."""

    total: Hashable
    parts: tuple[Hashable, ...]


def hidden_cells(cells: Mapping[Hashable, Cell], sums: Iterable[Sum] = ()) -> frozenset:
    """Return the keys of the cells that may not be printed.

    Tables that share a margin share its key. A sum whose total is not among ``cells`` is not printed and binds nothing.
    The same tables always hide the same cells. Time grows with the number of hidden cells and the size of the tables
    that hang together: 20 places, 10 towns and 5 years with all their margins take a fifth of a second. Tables of three
    directions (place by year by kind, with every margin) are protected too, and slowly.
    """
    hidden = {key for key, cell in cells.items() if cell.small}
    for keys, own_sums in _together(cells, sums):
        if hidden.intersection(keys):
            hidden.update(_Tables(cells, keys, own_sums).hide())
    return frozenset(hidden)


def table_sums(rows: Sequence, columns: Sequence, *, total_row=None, total_column=None) -> list[Sum]:
    """Return the sums of one table whose cells have keys ``(row, column)``.

    ``total_row`` and ``total_column`` are the keys of its margins, where they are printed. Margins of the same key in
    another table are the same numbers.
    """
    all_rows = [*rows, *([total_row] if total_row is not None else [])]
    all_columns = [*columns, *([total_column] if total_column is not None else [])]
    found = []
    if total_row is not None:
        found += [Sum((total_row, column), tuple((row, column) for row in rows)) for column in all_columns]
    if total_column is not None:
        found += [Sum((row, total_column), tuple((row, column) for column in columns)) for row in all_rows]
    return found


def share_cells(key, part: int, whole: int) -> tuple[dict, list[Sum]]:
    """Return the cells and the sum behind "``part`` of ``whole``", with keys ``(key, "part" | "rest" | "whole")``.

    A percent is printed only where neither its part nor its rest is hidden: with a known whole it gives both back.
    """
    cells = {
        (key, "part"): Cell(part, zero_tells=bool(whole)),
        (key, "rest"): Cell(whole - part, zero_tells=bool(whole)),
        (key, "whole"): Cell(whole),
    }
    return cells, [Sum((key, "whole"), ((key, "part"), (key, "rest")))]


def _together(cells, sums):
    """Return ``(keys, sums)`` of the tables that hang together, in the order of ``cells``."""
    own = []
    for each in sums:
        parts = tuple(part for part in each.parts if part in cells)
        if each.total in cells and parts:
            own.append(Sum(each.total, parts))
    head = {key: key for key in cells}

    def find(key):
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for each in own:
        for part in each.parts:
            head[find(part)] = find(each.total)
    groups = {}
    for key in cells:
        groups.setdefault(find(key), ([], []))[0].append(key)
    for each in own:
        groups[find(each.total)][1].append(each)
    return [group for group in groups.values() if group[1]]


class _Tables:
    """Tables that hang together. ``proofs`` are whole tables that print the same: each shows other hidden values."""

    def __init__(self, cells, keys, sums):
        self.keys = [key for key in keys if not cells[key].fixed]
        number = {key: index for index, key in enumerate(self.keys)}
        own = [cells[key] for key in self.keys]
        self.small = np.array([cell.small for cell in own], dtype=bool)
        self.width = np.array([cell.width for cell in own], dtype=np.int64)
        self.room = np.array([max(0, int(cell.value) - cell.floor) for cell in own], dtype=np.int64)
        self.sums = np.zeros((len(sums), len(own)))
        weight = np.array([np.log2(2 + float(cell.value)) for cell in own])
        for row, each in enumerate(sums):
            for part in each.parts:
                if part in number:
                    self.sums[row, number[part]] = 1
            if each.total in number:
                self.sums[row, number[each.total]] = -1
                weight[number[each.total]] *= TOTAL_WEIGHT
        # Never two ways at the same price, so that the same tables always hide the same cells.
        self.weight = weight * (1 + 1e-4 * np.arange(len(own)) / max(1, len(own)))
        self.hidden = self.small.copy()
        self.proofs = np.zeros((0, len(own)), dtype=np.int64)

    def hide(self):
        """Hide until every hidden cell is safe, then print again what was hidden in vain; return the hidden keys."""
        while (cell := self._unsafe(self.hidden, self.proofs)) is not None:
            if not self._secure(cell):
                self.hidden[:] = True
                break
        else:
            self._print_again()
        return [self.keys[index] for index in np.flatnonzero(self.hidden)]

    def _unsafe(self, hidden, proofs):
        """Return a hidden cell that is not yet shown to have values enough (the one with the least room), or None."""
        spread = np.zeros(len(self.keys), dtype=np.int64)
        if len(proofs):
            spread = np.maximum(proofs.max(axis=0), 0) - np.minimum(proofs.min(axis=0), 0)
        missing = np.flatnonzero(hidden & (spread < self.width))
        if not missing.size:
            return None
        return int(missing[np.lexsort((missing, self.room[missing], -self.width[missing]))[0]])

    def _secure(self, cell):
        """Hide the cheapest further cells that make ``cell`` safe: so far down, and so far up."""
        best = None
        width = int(self.width[cell])
        deepest = int(min(width, self.room[cell]))
        for down in sorted({deepest, (deepest + 1) // 2, *range(min(deepest, WIDTH) + 1)}, reverse=True):
            option = self._option(cell, down, width - down)
            if option and (best is None or option[0] < best[0] - 1e-9):
                best = option
                if best[0] == 0:
                    break
        if best is None:
            return False
        self.proofs = np.vstack([self.proofs, *best[1]])
        self.hidden |= (np.array(best[1]) != 0).any(axis=0)
        return True

    def _option(self, cell, down, up):
        hidden = self.hidden.copy()
        moves = []
        for amount in (-down, up):
            if amount:
                cost = np.where(hidden, HIDDEN_COST * self.weight, self.weight)
                move = cheapest_move(self.sums, cell, amount, room=self.room, cost=cost)
                if move is None:
                    return None
                moves.append(move)
                hidden |= move != 0
        return float(self.weight[hidden & ~self.hidden].sum()), moves

    def _print_again(self):
        """Print what was hidden beside others and proves to be needless, the most valuable first."""
        extra = np.flatnonzero(self.hidden & ~self.small)
        for cell in extra[np.argsort(-self.weight[extra], kind="stable")]:
            hidden = self.hidden.copy()
            hidden[cell] = False
            proofs = self.proofs[self.proofs[:, cell] == 0]
            while (other := self._unsafe(hidden, proofs)) is not None:
                more = self._within(hidden, other) if self.sums.size <= THOROUGH else None
                if more is None:
                    break
                proofs = np.vstack([proofs, *more])
            else:
                self.hidden, self.proofs = hidden, proofs

    def _within(self, hidden, cell):
        """Return moves of hidden cells alone that make ``cell`` safe, or None."""
        cost = np.where(hidden, self.weight, np.inf)
        width = int(self.width[cell])
        deepest = int(min(width, self.room[cell]))
        for down in range(deepest, -1, -1):
            moves = []
            for amount in (-down, width - down):
                if amount:
                    move = cheapest_move(self.sums, cell, amount, room=self.room, cost=cost)
                    if move is None:
                        break
                    moves.append(move)
            else:
                return moves
        return None
