"""For one request: every possible offer, best first, why the others are not possible, and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import criteria, rules
from .bits import bits_of, pair_hash, seed_number
from .columns import ANY_CHANNEL, CHANNELS, Excluded
from .settings import ENGINE_VERSION, Settings

BIT = rules.BIT


@dataclass(frozen=True)
class Ranked:
    """A possible offer. points: total, 0 up to the settings' total. place: 1 for the best.

    below_threshold: fewer points than the settings plan with; shown as weak, not hidden. parts: one per criterion.
    """

    offer_id: int
    place: int
    points: int
    below_threshold: bool
    parts: tuple

    def as_dict(self):
        return {
            "offer_id": self.offer_id,
            "place": self.place,
            "points": self.points,
            "below_threshold": self.below_threshold,
            "parts": [part.as_dict() for part in self.parts],
        }


@dataclass(frozen=True)
class Impossible:
    """An offer that is not possible: the first failing rule in the order of RULES, and all of them."""

    offer_id: int
    first: str
    rules: tuple

    def as_dict(self):
        return {"offer_id": self.offer_id, "first": self.first, "rules": list(self.rules)}


@dataclass(frozen=True)
class Change:
    """What one relaxed rule would open.

    rule: its code. side: "request" or "offer", whose wish or situation it is, or "pair" for an exclusion.
    opens: the offer ids that would become possible, all else being equal; sorted. facts: what to change:
    channel {"channel": bit}; language {"language": bit number}; distance {"from": metres or None, "to": metres};
    age {"ages": [youngest, oldest] of those it opens}; gender and the others {}.
    """

    rule: str
    side: str
    opens: tuple
    facts: dict

    def as_dict(self):
        return {"rule": self.rule, "side": self.side, "opens": list(self.opens), "facts": dict(self.facts)}


class _Lazy(Sequence):
    """A sequence whose members are made when they are asked for, so that ten of ten thousand cost ten."""

    def __init__(self, size, make):
        self._size, self._make = size, make

    def __len__(self):
        return self._size

    def __getitem__(self, at):
        if isinstance(at, slice):
            return tuple(self._make(k) for k in range(*at.indices(self._size)))
        if not -self._size <= at < self._size:
            raise IndexError(at)
        return self._make(at % self._size)


@dataclass(frozen=True)
class Ranking:
    """request_id; possible: `Ranked`, best first, all of them; impossible: `Impossible`, fewest failing rules first;
    first_failing and one_rule_away: rule -> number of offers; changes: `Change`, those that open most first;
    engine_version."""

    request_id: int
    possible: Sequence
    impossible: Sequence
    first_failing: dict
    one_rule_away: dict
    changes: tuple
    engine_version: str = ENGINE_VERSION

    def as_dict(self, top=None):
        """Plain data; `top` limits the number of possible offers written out."""
        return {
            "request_id": self.request_id,
            "engine_version": self.engine_version,
            "n_possible": len(self.possible),
            "possible": [one.as_dict() for one in self.possible[:top]],
            "impossible": [one.as_dict() for one in self.impossible],
            "first_failing": dict(self.first_failing),
            "one_rule_away": dict(self.one_rule_away),
            "changes": [one.as_dict() for one in self.changes],
        }


def rank(request, offers, settings=None, excluded=()):
    """Rank all offers for one request.

    request: `Requests` with exactly one row. offers: `Offers`. excluded: `Excluded` or what it is made of. Equal
    points are ordered by the hash of (seed, request id, offer id), as in `plan`, so the order of the rows does not
    matter. Raises ValueError if there is not exactly one request. Returns a `Ranking`.
    """
    if len(request) != 1:
        raise ValueError(f"rank takes one request, not {len(request)}")
    settings, excluded = settings or Settings(), Excluded.of(excluded)
    identity = int(request.ids[0])
    rows, columns = np.zeros(len(offers), dtype=np.int64), np.arange(len(offers))
    bits = rules.failing(request, offers, rows, columns, settings, excluded)

    good = np.flatnonzero(bits == 0)
    points = criteria.totals(request, offers, rows[: len(good)], good, settings)
    hashes = pair_hash(seed_number(settings.seed), request.ids[rows[: len(good)]], offers.ids[good])
    order = np.lexsort((offers.ids[good], -hashes, -points))
    good, points = good[order], points[order]

    def ranked(k):
        return Ranked(
            offer_id=int(offers.ids[good[k]]),
            place=k + 1,
            points=int(points[k]),
            below_threshold=bool(points[k] < settings.threshold),
            parts=criteria.parts_of(request, offers, 0, int(good[k]), settings),
        )

    bad = np.flatnonzero(bits)
    number = _bit_count(bits[bad])
    bad = bad[np.lexsort((offers.ids[bad], bits[bad] & -bits[bad], number))]

    def impossible(k):
        names = rules.names(int(bits[bad[k]]))
        return Impossible(int(offers.ids[bad[k]]), names[0], names)

    return Ranking(
        request_id=identity,
        possible=_Lazy(len(good), ranked),
        impossible=_Lazy(len(bad), impossible),
        first_failing=first_failing(bits),
        one_rule_away=one_rule_away(bits),
        changes=changes(request, offers, settings, excluded, bits),
    )


def first_failing(bits):
    """Rule -> number of pairs that it is the first to stop."""
    found, counts = np.unique(bits & -bits, return_counts=True)
    return {rules.names(bit)[0]: n for bit, n in zip(found.tolist(), counts.tolist(), strict=False) if bit}


def one_rule_away(bits):
    """Rule -> number of pairs that it alone stops."""
    found, counts = np.unique(bits[(bits & (bits - 1)) == 0], return_counts=True)
    return {rules.names(bit)[0]: n for bit, n in zip(found.tolist(), counts.tolist(), strict=False) if bit}


def changes(request, offers, settings, excluded, bits):
    """What one relaxed rule would open, for one request; `bits` are the failing rules per offer. Exact."""
    rows, columns = np.zeros(len(offers), dtype=np.int64), np.arange(len(offers))
    found = []

    def opened(rule, side, which, facts):
        if which.any():
            found.append(Change(rule, side, tuple(sorted(offers.ids[which].tolist())), facts))

    def if_request(**columns_changed):
        other = request.changed(**columns_changed)
        return (bits != 0) & (rules.failing(other, offers, rows, columns, settings, excluded) == 0)

    mask = int(request.channels[0])
    if mask:
        hopeful = (bits & ~(BIT["channel"] | BIT["distance"])) == 0
        for channel in CHANNELS if (hopeful & (bits != 0)).any() else ():
            if channel & ANY_CHANNEL & ~mask:
                opened("channel", "request", if_request(channels=[mask | channel]), {"channel": channel})
    if request.languages[0]:
        speaks = 0
        for k in np.flatnonzero(bits == BIT["language"]):
            speaks |= offers.languages[k]
        for language in bits_of(speaks):
            more = request.languages[0] | 1 << language
            opened("language", "request", if_request(languages=[more]), {"language": language})

    alone = bits == BIT["gender"]
    if alone.any():
        mine = rules.gender_apart(request, offers, rows, columns)
        theirs = rules.gender_apart(offers, request, columns, rows)
        opened("gender", "request", alone & mine & ~theirs, {})
        opened("gender", "offer", alone & theirs & ~mine, {})
    alone = bits == BIT["age"]
    if alone.any():
        mine = rules.age_apart(request, offers, rows, columns, settings)
        theirs = rules.age_apart(offers, request, columns, rows, settings)
        born = offers.birth_year[alone & mine & ~theirs]
        ages = [int(settings.year - born.max()), int(settings.year - born.min())] if len(born) else []
        opened("age", "request", alone & mine & ~theirs, {"ages": ages})
        opened("age", "offer", alone & theirs & ~mine, {})
    alone = bits == BIT["distance"]
    if alone.any():
        metres, _, _ = rules.nearest(request, offers, rows, columns)
        a, b = rules.limits(request, offers, rows, columns, settings)
        mine = (a >= 0) & (metres > a)
        theirs = (b >= 0) & (metres > b)
        opened("distance", "offer", alone & theirs & ~mine, {})
        helped = alone & mine & ~theirs
        kilometres = -(-metres // 1000)
        limit = int(a[0]) if a[0] >= 0 else None
        for step in np.unique(kilometres[helped]).tolist():
            opened("distance", "request", helped & (kilometres <= step), {"from": limit, "to": 1000 * step})
    for rule in ("pause_citizen",):
        opened(rule, "request", bits == BIT[rule], {})
    for rule in ("pause_volunteer", "contract", "certificate", "capacity"):
        opened(rule, "offer", bits == BIT[rule], {})
    for rule in ("declined", "ended", "relative", "excluded"):
        opened(rule, "pair", bits == BIT[rule], {})
    found.sort(
        key=lambda change: (
            -len(change.opens),
            rules.RULES.index(change.rule),
            change.side,
            str(change.facts),
        )
    )
    return tuple(found)


def _bit_count(bits):
    return np.array([bin(value).count("1") for value in bits.tolist()], dtype=np.int64)


__all__ = ["rank", "Ranking", "Ranked", "Impossible", "Change"]
