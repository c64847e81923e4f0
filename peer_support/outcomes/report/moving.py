"""How the hidden numbers of a table could have been otherwise: the cheapest way to move one of them, in whole numbers.

A small dual simplex of our own, because NumPy is the package's only numeric library. It searches in floating point;
what it finds is rounded and checked in integers, so that an error of the search can cost a number that needed not be
hidden and can never give one away.
"""

import numpy as np

TINY = 1e-9
TRIES = 8


def cheapest_move(sums, cell, amount, *, room, cost):
    """Return the cheapest whole-number change of all cells in which ``cell`` changes by ``amount``, or None.

    ``sums`` has a row for every sum that is printed and a column for every cell (1 for a part, -1 for the total); the
    change leaves every sum in order. ``room`` says how far each cell can go down, ``cost`` what it costs to move it by
    one; a cell that may not move costs infinity.
    """
    count = sums.shape[1]
    usable = np.isfinite(cost)
    usable[cell] = False
    price = np.where(usable, cost, 0.0)
    upward, downward = np.where(usable, np.inf, 0.0), np.where(usable, room, 0).astype(float)
    table, wanted = np.hstack([sums, -sums]).astype(float), -sums[:, cell] * float(amount)
    # The cheapest change of tables in three directions may come in halves: other prices, and last of all only upward.
    for attempt in range(TRIES):
        found = _dual_simplex(
            table.copy(),
            wanted.copy(),
            np.tile(price * _other_prices(count, attempt), 2),
            np.concatenate([upward, downward if attempt < TRIES - 1 else np.zeros(count)]),
        )
        if found is None:
            if attempt == 0:
                return None
            continue
        change = np.rint(found[:count] - found[count:]).astype(np.int64)
        change[cell] = amount
        if not (sums.astype(np.int64) @ change).any() and not (change < -room).any():
            return change
    return None


def _other_prices(count, attempt):
    return np.random.default_rng(attempt).uniform(0.3, 3, count) if attempt else np.ones(count)


def _dual_simplex(table, wanted, price, most):
    """Solve ``min price·x`` with ``table·x = wanted`` and ``0 <= x <= most``; None where there is no solution.

    ``price`` is not negative, so that the start (nothing moves) is already cheapest and only has to be made to fit.
    """
    rows, columns = table.shape
    basis = np.full(rows, -1)  # -1: a slack that has to be nothing
    limit = np.zeros(rows)
    from_top = np.zeros(columns, dtype=bool)
    free = most > 0
    price = price.copy()
    for _ in range(20 * rows + 200):
        short = np.minimum(wanted, limit - wanted)
        row = int(np.argmin(short)) if rows else 0
        if not rows or short[row] >= -TINY:
            break
        if wanted[row] > limit[row]:  # too much: count it from its upper end, where it is too little
            table[row] *= -1
            wanted[row] = limit[row] - wanted[row]
            if basis[row] >= 0:
                table[:, basis[row]] *= -1
                from_top[basis[row]] ^= True
        helps = np.flatnonzero((table[row] < -1e-7) & free)
        if not helps.size:
            return None
        ratio = price[helps] / -table[row, helps]
        enter = helps[np.lexsort((helps, table[row, helps], ratio.round(12)))[0]]
        _pivot(table, wanted, price, row, enter)
        basis[row], limit[row] = enter, most[enter]
    else:
        return None
    values = np.where(from_top, most, 0.0)
    inside = basis >= 0
    at = basis[inside]
    values[at] = np.where(from_top[at], most[at] - wanted[inside], wanted[inside])
    return values


def _pivot(table, wanted, price, row, enter):
    pivot = table[row, enter]
    table[row] /= pivot
    wanted[row] /= pivot
    factors = table[:, enter].copy()
    factors[row] = 0.0
    touched = np.flatnonzero(factors)
    table[touched] -= np.outer(factors[touched], table[row])
    wanted[touched] -= factors[touched] * wanted[row]
    price -= price[enter] * table[row]
    np.maximum(price, 0.0, out=price)
