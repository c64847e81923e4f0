"""Exact maximum-weight matching of requests and offers under the offers' capacities, with a proof.

Meaning: choose a set of (request, offer) pairs so that no request is in two pairs, no offer is in more pairs than
its capacity, and the total weight is as large as possible. Nobody has to be matched.

The proof is linear programming duality: prices `u` of requests and `v` of offers, none negative, with
`u[i] + v[j] >= weight` on every edge, bound the weight of *every* matching by `sum(u) + sum(capacity * v)`; where
that sum equals the weight of the matching at hand, nothing can be better. `Assignment.verify` checks it in one
pass, without trusting the search that found it.
"""

from dataclasses import dataclass
from numbers import Integral
from operator import index as as_int

import numpy as np

from .paths import insert_places, insert_requests
from .rows import ArrayRows, Rows


@dataclass(frozen=True)
class Assignment:
    """A matching and the proof that none weighs more.

    offers: for each request an offer index or None. value: total weight. request_prices, offer_prices: whole
    numbers >= 0, the dual certificate. capacities: the offers' capacities the certificate speaks about.
    """

    offers: tuple
    value: int
    request_prices: tuple
    offer_prices: tuple
    capacities: tuple

    @property
    def count(self):
        """Number of matched requests."""
        return len(self.offers) - self.offers.count(None)

    def verify(self, adjacency):
        """Check matching and certificate against the adjacency in one pass; True, or ValueError that says what fails."""
        if len(adjacency) != len(self.offers) or len(self.request_prices) != len(self.offers):
            raise ValueError(
                f"the adjacency has {len(adjacency)} requests, the assignment {len(self.offers)}"
                f" and the certificate {len(self.request_prices)}"
            )
        if len(self.offer_prices) != len(self.capacities):
            raise ValueError(f"{len(self.offer_prices)} offer prices for {len(self.capacities)} capacities")
        for name, prices in (("request", self.request_prices), ("offer", self.offer_prices)):
            for i, price in enumerate(prices):
                if price < 0:
                    raise ValueError(f"the price of {name} {i} is negative: {price}")
        left = list(self.capacities)
        total = 0
        for i, row in enumerate(adjacency):
            chosen, price, found = self.offers[i], self.request_prices[i], None
            for j, weight in row:
                if price + self.offer_prices[j] < weight:
                    raise ValueError(
                        f"the prices of request {i} and offer {j} are {price} and {self.offer_prices[j]},"
                        f" together less than the weight {weight}"
                    )
                if j == chosen and chosen is not None:
                    found = weight
            if chosen is None:
                continue
            if found is None:
                raise ValueError(f"request {i} is given offer {chosen}, which is not in its row")
            left[chosen] -= 1
            if left[chosen] < 0:
                raise ValueError(
                    f"offer {chosen} is given to more than its capacity of {self.capacities[chosen]}"
                )
            total += int(found)
        if total != self.value:
            raise ValueError(f"the value is stated as {self.value}, the pairs weigh {total}")
        bound = sum(self.request_prices) + sum(
            c * v for c, v in zip(self.capacities, self.offer_prices, strict=False)
        )
        if bound != total:
            raise ValueError(
                f"the prices only prove that no matching weighs more than {bound}; this one weighs {total}"
            )
        return True


def solve(adjacency, capacities):
    """Maximum-weight matching of requests to offers under capacities.

    adjacency: one list per request of (offer index, weight), weights positive integers (Python or NumPy) of any
    size. capacities: one integer >= 0 per offer. Returns an `Assignment`. Rows may be in any order; where several
    matchings are best, which one is returned depends on the order, so callers who need one answer make the
    weights unique (`plan` does). Raises ValueError that names the request and the offer index for an unknown
    offer, a duplicate edge, a weight that is not a positive integer, and a capacity that is not an integer >= 0.

    Method: see `paths`. Worst case O(places * edges * log), far less on rows where good offers are found early.
    """
    capacities = _checked_capacities(capacities)
    rows, heaviest, wanted = _checked_rows(adjacency, len(capacities))
    number = float if exact_as_floats(heaviest) else int
    closed = 0 in capacities
    edges = [[e for e in row if capacities[e[0]]] for row in rows] if closed else rows
    # Inserting from the scarce side leaves fewer searches that end in nothing.
    if sum(capacities[j] for j in wanted) < sum(1 for row in edges if row):
        columns = [[] for _ in capacities]
        for i, row in enumerate(edges):
            for j, weight in row:
                columns[j].append((i, weight))
        found = insert_places(Rows(columns, number), len(rows), capacities)
    else:
        found = insert_requests(Rows(edges, number), len(rows), capacities)
    return assignment(rows, capacities, *found)


def exact_as_floats(heaviest):
    """Whether all sums of up to four values between 0 and `heaviest` are exact in a double (2**53).

    Prices and distances never exceed the heaviest weight, and no expression adds more than three of them.
    """
    return heaviest < 1 << 51


def assignment(rows, capacities, match, u, v):
    """Make an `Assignment` of what the insertions return; offers without capacity get the price the proof needs."""
    u = list(map(int, u))
    v = list(map(int, v))
    # What the prices add up to is the value, or else `verify` says that it is not.
    value = sum(u) + sum(capacity * price for capacity, price in zip(capacities, v, strict=True))
    for j, capacity in enumerate(capacities):
        if not capacity:
            v[j] = 0
    if 0 in capacities:
        for i, row in enumerate(rows):
            price = u[i]
            for j, weight in row:
                if not capacities[j] and price + v[j] < weight:
                    v[j] = weight - price
    return Assignment(
        offers=tuple(j if j >= 0 else None for j in match),
        value=int(value),
        request_prices=tuple(u),
        offer_prices=tuple(v),
        capacities=tuple(capacities),
    )


def _checked_capacities(capacities):
    checked = []
    for j, capacity in enumerate(capacities):
        if type(capacity) is not int:
            if isinstance(capacity, bool) or not isinstance(capacity, Integral):
                raise ValueError(f"the capacity of offer {j} is not an integer: {capacity!r}")
            capacity = as_int(capacity)
        if capacity < 0:
            raise ValueError(f"the capacity of offer {j} is negative: {capacity}")
        checked.append(capacity)
    return checked


def _checked_rows(adjacency, offers):
    """(rows with plain integers, the heaviest weight, the offers that occur); the common case is checked at C speed."""
    rows, heaviest, wanted = [], 0, set()
    plain, there = {int}, set(range(offers))
    for i, row in enumerate(adjacency):
        if len(row) == 0:
            rows.append(())
            continue
        try:
            targets, weights = zip(*row, strict=False)
        except (TypeError, ValueError):
            raise ValueError(f"the row of request {i} is not a list of (offer index, weight)") from None
        ours = set(targets)
        if not (
            len(ours) == len(targets)
            and ours <= there
            and plain.issuperset(map(type, weights))
            and plain.issuperset(map(type, targets))
            and min(weights) > 0
        ):
            row = _checked_row(i, row, offers)
            ours = {target for target, _ in row}
            weights = [weight for _, weight in row]
        rows.append(row)
        wanted |= ours
        top = max(weights)
        if top > heaviest:
            heaviest = top
    return rows, heaviest, wanted


def _checked_row(i, row, offers):
    """The slow check of one row: convert what may be converted, and say exactly what is wrong."""
    checked, seen = [], set()
    for j, weight in row:
        if isinstance(j, bool) or not isinstance(j, Integral):
            raise ValueError(f"request {i}: the offer index {j!r} is not an integer")
        j = as_int(j)
        if not 0 <= j < offers:
            raise ValueError(f"request {i}: there is no offer {j}; there are {offers} offers")
        if j in seen:
            raise ValueError(f"request {i}: the edge to offer {j} is there twice")
        seen.add(j)
        if isinstance(weight, bool) or not isinstance(weight, Integral):
            raise ValueError(f"request {i}: the weight to offer {j} is not an integer: {weight!r}")
        weight = as_int(weight)
        if weight <= 0:
            raise ValueError(f"request {i}: the weight to offer {j} is not positive: {weight}")
        checked.append((j, weight))
    return checked


def solve_columns(rows, columns, weights, count, capacities):
    """The same problem from NumPy columns, without checks: edge k joins request rows[k] and offer columns[k].

    rows are sorted; weights are positive int64 (or object) values; every offer that occurs has a place. Returns
    (offer of each request or -1, request prices, offer prices) as `insert_requests` does.
    """
    number = float if exact_as_floats(int(weights.max()) if len(weights) else 0) else int
    here = np.bincount(rows, minlength=count)
    there = np.bincount(columns, minlength=len(capacities))
    places = int(np.minimum(there, capacities).sum())
    capacities = [int(capacity) for capacity in capacities]
    if places < np.count_nonzero(here):
        order = np.argsort(columns, kind="stable")
        start = np.concatenate([[0], np.cumsum(there)])
        return insert_places(ArrayRows(start, rows[order], weights[order], number), count, capacities)
    start = np.concatenate([[0], np.cumsum(here)])
    return insert_requests(ArrayRows(start, columns, weights, number), count, capacities)
