"""All possible pairs with their points, without ever holding a table of requests times offers.

Requests that say the same about channels, languages and gender share one look at the offers. Where a pair has to
meet in person, offers are found along the x axis within the request's travel limit. What is left is checked with
the very functions of `rules`, so the result is the same as checking every pair.
"""

import numpy as np

from . import criteria, rules
from .columns import IN_PERSON

# Pairs looked at in one go: enough that NumPy's own cost vanishes, few enough to stay in the cache.
CHUNK = 1 << 17


def possible_pairs(requests, offers, settings, excluded):
    """(rows, columns, points): every pair that no hard rule stops, sorted by request row, then offer row.

    The threshold is not applied here. int64 arrays.
    """
    found = []
    for rows, columns in _within_reach(requests, offers, settings):
        for begin in range(0, len(rows), CHUNK):
            r, c = rows[begin : begin + CHUNK], columns[begin : begin + CHUNK]
            ok = rules.failing(requests, offers, r, c, settings, excluded) == 0
            r, c = r[ok], c[ok]
            if len(r):
                found.append((r, c, criteria.totals(requests, offers, r, c, settings)))
    if not found:
        return tuple(np.zeros(0, dtype=np.int64) for _ in range(3))
    rows, columns, points = (np.concatenate(part) for part in zip(*found, strict=False))
    order = np.argsort(rows * max(len(offers), 1) + columns, kind="stable")
    return rows[order], columns[order], points[order]


def _within_reach(requests, offers, settings):
    """Batches of pairs, no pair twice, that hold every possible pair."""
    waiting = np.flatnonzero(rules.alone_request(requests) == 0)
    there = np.flatnonzero(rules.alone_offer(offers) == 0)
    if not len(waiting) or not len(there):
        return
    alike = np.column_stack(
        [
            requests.channels[waiting].astype(np.uint64),
            requests.gender[waiting].astype(np.uint64),
            requests.wish_gender[waiting].astype(np.uint64),
            requests.language_words[waiting],
        ]
    )
    _, first, group = np.unique(alike, axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    members = np.split(waiting[np.argsort(group, kind="stable")], np.cumsum(np.bincount(group))[:-1])
    strips = _Strips(offers, there)
    batch = _Batch()
    for i, people in zip(waiting[first], members, strict=False):
        same = np.full(len(there), i)
        shared, _ = rules.channels_in_common(requests, offers, same, there)
        ok = shared > 0
        ok &= ~rules.languages_apart(requests, offers, same, there)
        ok &= ~rules.gender_apart(requests, offers, same, there)
        ok &= ~rules.gender_apart(offers, requests, there, same)
        travel = ok & (shared == IN_PERSON)
        anywhere = there[ok & ~travel]
        step = max(1, CHUNK // max(len(anywhere), 1))
        for begin in range(0, len(people), step) if len(anywhere) else ():
            some = people[begin : begin + step]
            yield from batch.add(np.repeat(some, len(anywhere)), np.tile(anywhere, len(some)))
        if travel.any():
            for rows, columns in strips.near(requests, people, there[travel], settings):
                yield from batch.add(rows, columns)
    yield from batch.rest()


class _Batch:
    """Gathers small batches into ones worth a NumPy call."""

    def __init__(self):
        self._rows, self._columns, self._size = [], [], 0

    def add(self, rows, columns):
        self._rows.append(rows)
        self._columns.append(columns)
        self._size += len(rows)
        if self._size >= CHUNK:
            yield from self.rest()

    def rest(self):
        if self._size:
            yield np.concatenate(self._rows), np.concatenate(self._columns)
        self._rows, self._columns, self._size = [], [], 0


class _Strips:
    """Points of the offers sorted by x, so that those within a limit are one slice."""

    def __init__(self, offers, there):
        xs, ys = offers.points
        at = np.flatnonzero(~np.isnan(xs[there]).ravel())
        owner = np.repeat(there, xs.shape[1])[at]
        x, y = xs[there].ravel()[at], ys[there].ravel()[at]
        order = np.argsort(x, kind="stable")
        self._x, self._y, self._owner = x[order], y[order], owner[order]
        self._size = len(offers)
        self._somewhere = np.zeros(self._size, dtype=bool)
        self._somewhere[owner] = True

    def near(self, requests, people, allowed, settings):
        """Batches of (request row, offer row) for offers in `allowed` that may be within the request's limit."""
        mask = np.zeros(self._size, dtype=bool)
        mask[allowed] = True
        keep = mask[self._owner]
        x, y, owner = self._x[keep], self._y[keep], self._owner[keep]
        default = -1 if settings.default_limit is None else settings.default_limit
        limit = requests.limit_metres[people]
        limit = np.where(limit < 0, default, limit)
        xs, ys = requests.points
        somewhere = ~np.isnan(xs[people]).all(axis=1)

        # Nothing to measure with: everybody who is allowed.
        everything = people[~somewhere | (limit < 0)]
        step = max(1, CHUNK // max(len(allowed), 1))
        for begin in range(0, len(everything), step):
            some = everything[begin : begin + step]
            yield np.repeat(some, len(allowed)), np.tile(allowed, len(some))
        measured = np.flatnonzero(somewhere & (limit >= 0))
        nowhere = allowed[~self._somewhere[allowed]]
        if len(nowhere) and len(measured):
            yield np.repeat(people[measured], len(nowhere)), np.tile(nowhere, len(measured))
        if not len(x) or not len(measured):
            return

        # One metre more than the limit, because distances are rounded down to whole metres.
        reach = (limit[measured] + 1).astype(float)
        several = xs.shape[1] > 1 or len(np.unique(owner)) < len(owner)
        found = []
        for point in range(xs.shape[1]):
            px, py = xs[people[measured], point], ys[people[measured], point]
            here = np.flatnonzero(~np.isnan(px))
            px, py, r, who = px[here], py[here], reach[here], people[measured][here]
            low, high = x.searchsorted(px - r, "left"), x.searchsorted(px + r, "right")
            sizes = high - low
            for begin, end in _cuts(sizes):
                n = sizes[begin:end]
                k = np.repeat(np.arange(begin, end), n)
                at = np.arange(int(n.sum())) - np.repeat(np.cumsum(n) - n, n) + low[k]
                near = np.abs(y[at] - py[k]) <= r[k]
                rows, columns = who[k[near]], owner[at[near]]
                if several:
                    found.append(np.unique(rows * self._size + columns))
                else:
                    yield rows, columns
        if found:
            keys = np.unique(np.concatenate(found))
            yield keys // self._size, keys % self._size


def _cuts(sizes):
    """Cut a run of sizes into stretches of about CHUNK pairs in total."""
    total = np.cumsum(sizes)
    begin = 0
    while begin < len(sizes):
        before = total[begin - 1] if begin else 0
        end = max(begin + 1, int(total.searchsorted(before + 4 * CHUNK, "right")))
        yield begin, end
        begin = end
