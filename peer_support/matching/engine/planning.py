"""For all who wait: the best set of matches at once, exact, with its proof, the same for any order of the rows."""

from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from . import criteria
from .bits import HASH_BITS, pair_hash, seed_number
from .candidates import possible_pairs
from .columns import Excluded
from .settings import ENGINE_VERSION, MOST_PEOPLE, Settings
from .solver import solve_columns


@dataclass(frozen=True)
class Pair:
    """One proposed match. points: fit, as in `rank`. waiting: points for days waited. kept: proposed before too.

    first_choice: whether this is the request's own best possible offer; first_offer_id and first_points say which
    is.
    """

    request_id: int
    offer_id: int
    points: int
    waiting: int
    kept: bool
    first_choice: bool
    first_offer_id: int
    first_points: int

    def as_dict(self):
        return dict(self.__dict__)


@dataclass(frozen=True)
class Objective:
    """What a plan achieves: people matched, their fit points, waiting points and points for kept proposals."""

    count: int
    points: int
    waiting: int
    hysteresis: int

    def as_dict(self):
        return dict(self.__dict__)


@dataclass(frozen=True, eq=False)
class Problem:
    """The solved problem behind a plan: people by id, and the candidate pairs as columns sorted by request row."""

    requests: object
    offers: object
    settings: Settings
    excluded: Excluded
    rows: np.ndarray
    columns: np.ndarray
    points: np.ndarray
    waiting: np.ndarray
    kept: np.ndarray
    hashes: np.ndarray
    weights: np.ndarray
    possible: np.ndarray
    start: np.ndarray = field(init=False)

    def __post_init__(self):
        counts = np.bincount(self.rows, minlength=len(self.requests))
        object.__setattr__(self, "start", np.concatenate([[0], np.cumsum(counts)]))

    def edge(self, row, column):
        """Index of the pair in the columns, or -1."""
        begin, end = self.start[row], self.start[row + 1]
        at = begin + self.columns[begin:end].searchsorted(column)
        return int(at) if at < end and self.columns[at] == column else -1

    def first_edge(self, row):
        """Index of the request's own first choice by points and hash, or -1."""
        begin, end = int(self.start[row]), int(self.start[row + 1])
        if begin == end:
            return -1
        at = slice(begin, end)
        best = np.lexsort((self.columns[at], -self.hashes[at], -self.points[at]))[0]
        return begin + int(best)


@dataclass(frozen=True, eq=False)
class Plan:
    """A proposed set of matches.

    pairs: `Pair` by request id. unmatched: ids of requests without a match. objective: `Objective`. value: the
    weight that was maximised. verified: the dual certificate held. input_digest: SHA-256 of people,
    exclusions and previous pairs, the same for any order of the rows. settings, engine_version: as used; digest,
    settings and version together determine the plan.
    """

    pairs: tuple
    unmatched: tuple
    objective: Objective
    value: int
    verified: bool
    input_digest: str
    settings: Settings
    engine_version: str
    problem: Problem = field(repr=False)
    match: tuple = field(repr=False)

    def offer_of(self, request_id):
        """The offer id that a request is given, or None; KeyError for an unknown request."""
        j = self.match[self.problem.requests.row_of(request_id)]
        return None if j < 0 else int(self.problem.offers.ids[j])

    def parts(self, request_id, offer_id):
        """The parts per criterion of any pair of the people at hand."""
        problem = self.problem
        i, j = problem.requests.row_of(request_id), problem.offers.row_of(offer_id)
        return criteria.parts_of(problem.requests, problem.offers, i, j, problem.settings)

    def explain(self, request_id):
        """Why this request got what it got; see `explaining.explain`."""
        from .explaining import explain

        return explain(self, request_id)

    def crowds(self):
        """The groups that compete for too few places; see `explaining.crowds`."""
        from .explaining import crowds

        return crowds(self)

    def forced_cost(self, request_id, offer_id):
        """What it would cost to make this pair; see `explaining.forced_cost`."""
        from .explaining import forced_cost

        return forced_cost(self, request_id, offer_id)

    def as_dict(self, explain=False):
        """Plain data for saving the run; with `explain`, the explanation of every request too."""
        found = {
            "engine_version": self.engine_version,
            "input_digest": self.input_digest,
            "settings": self.settings.as_dict(),
            "objective": self.objective.as_dict(),
            "value": self.value,
            "verified": self.verified,
            "pairs": [pair.as_dict() for pair in self.pairs],
            "unmatched": list(self.unmatched),
        }
        if explain:
            ids = self.problem.requests.ids.tolist()
            found["explanations"] = [self.explain(identity).as_dict() for identity in ids]
            found["crowds"] = [crowd.as_dict() for crowd in self.crowds()]
        return found


def plan(requests, offers, settings=None, excluded=(), previous=()):
    """The best set of matches for everybody at once.

    requests, offers: columns. excluded: `Excluded` or what it is made of. previous: (request id, offer id) pairs of
    the plan before, favoured by `settings.hysteresis`. Returns a `Plan`; raises ArithmeticError if the certificate
    does not hold, which would be a fault of the engine.

    With the aim "most_people" the plan maximises, in this order: people matched; fit + waiting + kept points. With
    "best_fit" the second alone. A hash of the ids decides between equals, last of all.
    """
    settings, excluded = settings or Settings(), Excluded.of(excluded)
    requests, offers = requests.sorted_by_id(), offers.sorted_by_id()
    previous = tuple(sorted({(int(a), int(b)) for a, b in previous}))
    rows, columns, points = possible_pairs(requests, offers, settings, excluded)
    possible = np.bincount(rows, minlength=len(requests))
    enough = points >= settings.threshold
    rows, columns, points = rows[enough], columns[enough], points[enough]
    waiting = settings.waiting_per_day * np.minimum(requests.waiting_days[rows], settings.waiting_cap)
    kept = _kept(requests, offers, rows, columns, previous)
    hashes = pair_hash(seed_number(settings.seed), requests.ids[rows], offers.ids[columns])
    weights = pair_weights(
        points + waiting + settings.hysteresis * kept, hashes, settings, len(requests), offers
    )
    problem = Problem(
        requests, offers, settings, excluded, rows, columns, points, waiting, kept, hashes, weights, possible
    )
    match, value = solved(problem, np.ones(len(rows), dtype=bool), offers.capacity)
    pairs, chosen = [], []
    for i, j in enumerate(match):
        if j < 0:
            continue
        edge, first = problem.edge(i, j), problem.first_edge(i)
        chosen.append(edge)
        pairs.append(
            Pair(
                request_id=int(requests.ids[i]),
                offer_id=int(offers.ids[j]),
                points=int(points[edge]),
                waiting=int(waiting[edge]),
                kept=bool(kept[edge]),
                first_choice=edge == first,
                first_offer_id=int(offers.ids[columns[first]]),
                first_points=int(points[first]),
            )
        )
    return Plan(
        pairs=tuple(pairs),
        unmatched=tuple(int(requests.ids[i]) for i, j in enumerate(match) if j < 0),
        objective=achieved(problem, chosen),
        value=value,
        verified=True,
        input_digest=digest(requests, offers, excluded, previous),
        settings=settings,
        engine_version=ENGINE_VERSION,
        problem=problem,
        match=tuple(match),
    )


def pair_weights(base, hashes, settings, count, offers):
    """Fit, waiting and kept points as one whole number per pair, whose sum orders plans as `plan` promises.

    Below the points come bits for the sum of all hashes, so that a tie-break can never outweigh a point; above
    them, with the aim "most_people", a bonus that is worth more than all points of everybody together.
    """
    people = max(1, min(count, int(offers.capacity.sum())))
    most = settings.total + settings.waiting_limit + settings.hysteresis
    bonus = 1 + most * people if settings.aim == MOST_PEOPLE else 0
    # As many bits of the hash as keep the weights exact in a double, which the solver is fastest with.
    bits = min(HASH_BITS, max(8, 50 - (bonus + most).bit_length() - people.bit_length()))
    shift = bits + people.bit_length()
    if (bonus + most).bit_length() + shift > 61:
        base, hashes = base.astype(object), hashes.astype(object)
    weights = ((base + bonus) << shift) + (hashes >> (HASH_BITS - bits))
    # Nobody is matched for the sake of the tie-break alone.
    return np.where(base + bonus > 0, weights, 0)


def solved(problem, usable, capacities):
    """Solve with some pairs and places only; (offer row of each request or -1, value), after checking the proof."""
    usable = usable & (problem.weights > 0) & (capacities[problem.columns] > 0)
    rows, columns, weights = problem.rows[usable], problem.columns[usable], problem.weights[usable]
    match, u, v = solve_columns(rows, columns, weights, len(problem.requests), capacities)
    kind = object if weights.dtype == object else np.int64
    prices, others = np.array(list(map(int, u)), dtype=kind), np.array(list(map(int, v)), dtype=kind)
    given = np.array(match, dtype=np.int64)
    chosen = given[rows] == columns
    value = sum(map(int, weights[chosen]))
    bound = sum(map(int, prices)) + sum(
        c * p for c, p in zip(capacities.tolist(), map(int, others), strict=False)
    )
    used = np.bincount(given[given >= 0], minlength=len(capacities))
    holds = (
        value == bound
        and chosen.sum() == (given >= 0).sum()
        and bool((used <= capacities).all())
        and bool((prices[rows] + others[columns] >= weights).all())
        and bool((prices >= 0).all() and (others >= 0).all())
    )
    if not holds:
        raise ArithmeticError("the plan's certificate does not hold; this is a fault in the matching engine")
    return match, value


def achieved(problem, edges):
    """The `Objective` of a set of pairs, given as indices into the problem's columns."""
    at = np.array(edges, dtype=np.int64)
    return Objective(
        count=len(at),
        points=int(problem.points[at].sum()),
        waiting=int(problem.waiting[at].sum()),
        hysteresis=int(problem.kept[at].sum()) * problem.settings.hysteresis,
    )


def _kept(requests, offers, rows, columns, previous):
    size = max(len(offers), 1)
    keys = {
        requests._rows[a] * size + offers._rows[b]
        for a, b in previous
        if a in requests._rows and b in offers._rows
    }
    return np.isin(rows * size + columns, np.array(sorted(keys), dtype=np.int64)).astype(np.int64)


def digest(requests, offers, excluded, previous):
    """SHA-256 over people, exclusions and the plan before; people must be sorted by id."""
    found = sha256()
    for people in (requests, offers):
        for name in people.__dataclass_fields__:
            column = getattr(people, name)
            values = column.tolist() if hasattr(column, "tolist") else column
            found.update(f"{name}:{values!r};".encode())
    found.update(repr((excluded.triples, previous)).encode())
    return found.hexdigest()
