"""Why a plan gives a request what it gives: facts and codes, from which sentences are made elsewhere."""

from dataclasses import dataclass

import numpy as np

from . import ranking, rules
from .planning import achieved, solved


@dataclass(frozen=True)
class ForcedCost:
    """What making one pair would cost the whole plan, found by solving again without it.

    people, points, waiting, hysteresis: how much less of each the plan would then have (negative: more). total:
    points + waiting + hysteresis. moves: (request id, offer id or None before, offer id or None after) of everybody
    who would get another answer.
    """

    request_id: int
    offer_id: int
    people: int
    points: int
    waiting: int
    hysteresis: int
    total: int
    moves: tuple

    def as_dict(self):
        return {**self.__dict__, "moves": [list(move) for move in self.moves]}


@dataclass(frozen=True)
class Crowd:
    """More requests than places: together, these requests have no other candidates than these offers (Hall 1935).

    places: the offers' capacity in total. short: how many more places would be needed, len(requests) - places.
    unmatched: those of the requests that have no match. One more place at any of the offers helps one of them.
    """

    requests: tuple
    offers: tuple
    places: int
    short: int
    unmatched: tuple

    def as_dict(self):
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in self.__dict__.items()
        }


@dataclass(frozen=True)
class Explanation:
    """Why a request got what it got.

    kind: "first_choice", "other_choice", or for the unmatched "no_candidate", "below_threshold", "crowded" (there is
    a `crowd`), "best_fit" (a match could be made, but the total fit would fall; only with that aim).
    offer_id, points: what it got. first_offer_id, first_points: its own first choice. holders: ids of those who
    have the first choice. forced: `ForcedCost` of forcing the first choice. possible: number of possible offers,
    candidates: those of them with enough points. first_failing, one_rule_away: rule -> number of offers. changes:
    as in `rank`, for those who have no candidate.
    """

    request_id: int
    kind: str
    offer_id: int | None
    points: int | None
    first_offer_id: int | None
    first_points: int | None
    holders: tuple
    forced: ForcedCost | None
    possible: int
    candidates: int
    first_failing: dict
    one_rule_away: dict
    changes: tuple
    crowd: Crowd | None

    def as_dict(self):
        return {
            **self.__dict__,
            "holders": list(self.holders),
            "forced": self.forced and self.forced.as_dict(),
            "changes": [change.as_dict() for change in self.changes],
            "crowd": self.crowd and self.crowd.as_dict(),
        }


def explain(plan, request_id):
    """The `Explanation` of one request; KeyError for an unknown id. Costs one more solution at most."""
    problem = plan.problem
    requests, offers = problem.requests, problem.offers
    i = requests.row_of(request_id)
    given, first = plan.match[i], problem.first_edge(i)
    found = {
        "request_id": int(requests.ids[i]),
        "offer_id": None if given < 0 else int(offers.ids[given]),
        "points": None if given < 0 else int(problem.points[problem.edge(i, given)]),
        "first_offer_id": None,
        "first_points": None,
        "holders": (),
        "forced": None,
        "possible": int(problem.possible[i]),
        "candidates": int(problem.start[i + 1] - problem.start[i]),
        "first_failing": {},
        "one_rule_away": {},
        "changes": (),
        "crowd": None,
    }
    if first >= 0:
        j = int(problem.columns[first])
        found["first_offer_id"], found["first_points"] = int(offers.ids[j]), int(problem.points[first])
        if given == j:
            return Explanation(kind="first_choice", **found)
        found["holders"] = tuple(int(requests.ids[k]) for k, other in enumerate(plan.match) if other == j)
        found["forced"] = forced_cost(plan, request_id, found["first_offer_id"])
    if given >= 0:
        return Explanation(kind="other_choice", **found)

    one = requests.take([i])
    rows, columns = np.zeros(len(offers), dtype=np.int64), np.arange(len(offers))
    bits = rules.failing(one, offers, rows, columns, problem.settings, problem.excluded)
    found["first_failing"] = ranking.first_failing(bits)
    found["one_rule_away"] = ranking.one_rule_away(bits)
    if first < 0:
        found["changes"] = ranking.changes(one, offers, problem.settings, problem.excluded, bits)
        return Explanation(kind="below_threshold" if found["possible"] else "no_candidate", **found)
    crowd = _crowd(plan, [i])
    return Explanation(kind="crowded" if crowd else "best_fit", **{**found, "crowd": crowd})


def forced_cost(plan, request_id, offer_id):
    """What it costs to give this request this offer and plan the rest as well as possible. Exact, by solving again.

    Raises KeyError for an unknown id and ValueError if the pair is no candidate of the plan. Returns a
    `ForcedCost`.
    """
    problem = plan.problem
    i, j = problem.requests.row_of(request_id), problem.offers.row_of(offer_id)
    edge = problem.edge(i, j)
    if edge < 0:
        raise ValueError(f"request {request_id} and offer {offer_id} are no candidate pair of this plan")
    capacities = problem.offers.capacity.copy()
    capacities[j] -= 1
    match, _ = solved(problem, problem.rows != i, capacities)
    match[i] = j
    after = achieved(problem, [problem.edge(r, c) for r, c in enumerate(match) if c >= 0])
    before = plan.objective
    ids, offers = problem.requests.ids.tolist(), problem.offers.ids.tolist()
    lost = {
        name: getattr(before, name) - getattr(after, name) for name in ("points", "waiting", "hysteresis")
    }
    return ForcedCost(
        request_id=ids[i],
        offer_id=offers[j],
        people=before.count - after.count,
        total=sum(lost.values()),
        moves=tuple(
            (ids[r], None if a < 0 else offers[a], None if b < 0 else offers[b])
            for r, (a, b) in enumerate(zip(plan.match, match, strict=False))
            if a != b
        ),
        **lost,
    )


def crowds(plan):
    """All `Crowd`s of a plan, overlapping ones as one; the largest shortage first."""
    problem = plan.problem
    alone = []
    for i, j in enumerate(plan.match):
        if j < 0 and problem.start[i] < problem.start[i + 1]:
            reached = _reached(plan, [i])
            if reached:
                alone.append(reached)
    merged = []
    for requests, offers in alone:
        rest = []
        for others in merged:
            if offers & others[1]:
                requests, offers = requests | others[0], offers | others[1]
            else:
                rest.append(others)
        merged = [*rest, (requests, offers)]
    found = [_as_crowd(plan, *group) for group in merged]
    return tuple(sorted(found, key=lambda crowd: (-crowd.short, crowd.requests)))


def _crowd(plan, rows):
    reached = _reached(plan, rows)
    return _as_crowd(plan, *reached) if reached else None


def _reached(plan, rows):
    """Requests and offers that unmatched requests compete with, directly or through others; None if a place is free.

    Every offer reached is full, and full of requests reached, so these requests outnumber these places.
    """
    problem = plan.problem
    holders = {}
    for i, j in enumerate(plan.match):
        if j >= 0:
            holders.setdefault(j, []).append(i)
    requests, offers, todo = set(rows), set(), list(rows)
    while todo:
        i = todo.pop()
        for j in problem.columns[problem.start[i] : problem.start[i + 1]].tolist():
            if j in offers:
                continue
            holding = holders.get(j, ())
            if len(holding) < problem.offers.capacity[j]:
                return None
            offers.add(j)
            for other in holding:
                if other not in requests:
                    requests.add(other)
                    todo.append(other)
    return requests, offers


def _as_crowd(plan, requests, offers):
    problem = plan.problem
    places = int(problem.offers.capacity[sorted(offers)].sum())
    return Crowd(
        requests=tuple(int(problem.requests.ids[i]) for i in sorted(requests)),
        offers=tuple(int(problem.offers.ids[j]) for j in sorted(offers)),
        places=places,
        short=len(requests) - places,
        unmatched=tuple(int(problem.requests.ids[i]) for i in sorted(requests) if plan.match[i] < 0),
    )
