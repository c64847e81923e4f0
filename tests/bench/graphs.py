"""The problems to solve, in the form each participant wants them, made outside the clock."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from peer_support.matching.engine import Settings, plan
from peer_support.matching.engine.rows import Rows

from . import gen

SETTINGS = Settings(year=gen.YEAR)


@dataclass
class Problem:
    """Edges as columns (rows sorted), the same as lists of tuples, and the people they came from."""

    name: str
    requests: object
    offers: object
    excluded: object
    rows: np.ndarray
    columns: np.ndarray
    points: np.ndarray
    weights: np.ndarray
    capacities: list
    adjacency: list
    value: int
    match: tuple

    @property
    def n(self):
        return len(self.requests)

    @property
    def m(self):
        return len(self.offers)


@lru_cache(maxsize=2)
def problem(name, seed=1):
    """The count-first problem of one of gen.GRAPHS; `match` and `value` are the engine's own answer."""
    requests, offers, excluded = gen.people(name, seed)
    found = plan(requests, offers, SETTINGS, excluded)
    made = found.problem
    use = offers.capacity[made.columns] > 0
    rows, columns, weights = made.rows[use], made.columns[use], made.weights[use]
    adjacency = [[] for _ in range(len(requests))]
    for i, j, weight in zip(rows.tolist(), columns.tolist(), weights.tolist(), strict=True):
        adjacency[i].append((j, weight))
    return Problem(
        name,
        requests,
        offers,
        excluded,
        rows,
        columns,
        made.points[use],
        weights,
        offers.capacity.tolist(),
        adjacency,
        found.value,
        found.match,
    )


def scarce_side(p):
    """Whether the engine would insert places, by the rule of solver.solve_columns."""
    here, there = np.bincount(p.rows, minlength=p.n), np.bincount(p.columns, minlength=p.m)
    return int(np.minimum(there, p.capacities).sum()) < np.count_nonzero(here)


def prepared(p):
    """Sorted rows for the engine's inner loop, as an adjacency that is given."""
    if scarce_side(p):
        source = [[] for _ in range(p.m)]
        for i, row in enumerate(p.adjacency):
            for j, weight in row:
                source[j].append((i, weight))
    else:
        source = p.adjacency
    made = Rows(source, float)
    for i in range(len(source)):
        while made.grow(i):
            pass
    return made


def expanded(p):
    """SciPy's form: a column per place and one of his own per request, costs top - weight.

    Returns (csr matrix, first place of each offer, top).
    """
    from scipy.sparse import csr_matrix

    capacities = np.array(p.capacities)
    first = np.concatenate([[0], np.cumsum(capacities)])
    repeats = capacities[p.columns]
    edge = np.repeat(np.arange(len(p.rows)), repeats)
    offset = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    top = float(p.weights.max() + 1)
    rows = np.concatenate([p.rows[edge], np.arange(p.n)])
    columns = np.concatenate([first[p.columns[edge]] + offset, first[-1] + np.arange(p.n)])
    data = np.concatenate([top - p.weights[edge].astype(float), np.full(p.n, top)])
    matrix = csr_matrix((data, (rows, columns)), shape=(p.n, int(first[-1]) + p.n))
    matrix.sort_indices()
    return matrix, first, top


def lap(form):
    """SciPy's LAPJVsp on the prebuilt form: (value, count, offer of each request or -1)."""
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    matrix, first, top = form
    rows, columns = min_weight_full_bipartite_matching(matrix)
    match = np.full(matrix.shape[0], -1)
    place = columns < first[-1]
    match[rows[place]] = np.searchsorted(first, columns[place], "right") - 1
    costs = np.asarray(matrix[rows[place], columns[place]]).ravel()
    return sum(int(top) - int(cost) for cost in costs), int(place.sum()), match
