"""The people as columns: what the engine knows of requests (citizens who wait) and offers (volunteers).

An adapter fills these from the database; the engine never sees a name or a model. Missing knowledge is a value of
its own: NaN, None or 0 as each column says. Ids are the caller's own and are what comes out again.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .bits import as_mask, packed

IN_PERSON, PHONE, VIDEO, CHAT = 1, 2, 4, 8
CHANNELS = (IN_PERSON, PHONE, VIDEO, CHAT)
ANY_CHANNEL = IN_PERSON | PHONE | VIDEO | CHAT

UNKNOWN_GENDER, WOMAN, MAN, OTHER_GENDER = 0, 1, 2, 3

HALF_HOURS = 7 * 48
NO_LIMIT = 1 << 40

KINDS = ("declined", "ended", "relative", "other")


@dataclass(eq=False)
class People:
    """One row per person; every column is a sequence of the same length, and only `ids` is required.

    ids: whole numbers, each once.
    x, y: home in metres, in one flat projection for everybody; NaN or None is unknown.
    places: per person further meeting points the person accepts, as (x, y) in the same metres.
    limit: travel limit in metres; NaN or None is unknown.
    channels: bits 1 in person, 2 phone, 4 video, 8 chat; 0 is unknown.
    languages: int bit mask or iterable of bit numbers, any size; 0, empty or None is unknown.
    gender: 0 unknown, 1 woman, 2 man, 3 other. wish_gender: the gender wished of the other; 0 is open.
    birth_year: 0 or None is unknown.
    wish_age_min, wish_age_max: ages wished of the other, in years, both included; 0 or None is open.
    hours_min, hours_max: hours a week, wanted or offered; NaN or None is unknown. One of the two is enough.
    availability: bit mask of the week's 336 half-hours, bit 0 is Monday 00:00; 0 or None is unknown.
    interests: int bit mask or iterable of bit numbers, any size; 0, empty or None is unknown.
    paused: true while the person has a pause.

    Raises ValueError when a column has the wrong length or a value that cannot be meant, and says whose.
    """

    ids: list
    x: list = None
    y: list = None
    places: list = None
    limit: list = None
    channels: list = None
    languages: list = None
    gender: list = None
    wish_gender: list = None
    birth_year: list = None
    wish_age_min: list = None
    wish_age_max: list = None
    hours_min: list = None
    hours_max: list = None
    availability: list = None
    interests: list = None
    paused: list = None

    def __post_init__(self):
        ids = list(self.ids)
        for i, one in enumerate(ids):
            if isinstance(one, bool) or not hasattr(one, "__index__"):
                raise ValueError(f"ids[{i}] is {one!r}; ids are whole numbers")
        self.ids = np.array(ids, dtype=np.int64)
        if len(np.unique(self.ids)) != len(ids):
            raise ValueError("an id is there twice")
        self.x, self.y = self._floats("x"), self._floats("y")
        nowhere = np.isnan(self.x) | np.isnan(self.y)
        self.x[nowhere] = self.y[nowhere] = np.nan
        self.places = [self._points(i, points) for i, points in enumerate(self._list("places", ()))]
        self.limit = self._floats("limit", low=0)
        self.channels = self._ints("channels", 0, ANY_CHANNEL)
        for name in ("languages", "interests", "availability"):
            masks = [as_mask(value) for value in self._list(name, 0)]
            if name == "availability" and any(mask >> HALF_HOURS for mask in masks):
                raise ValueError(f"availability: there are {HALF_HOURS} half-hours in a week")
            setattr(self, name, masks)
        self.gender = self._ints("gender", 0, 3)
        self.wish_gender = self._ints("wish_gender", 0, 3)
        self.birth_year = self._ints("birth_year", 0, 9999)
        self.wish_age_min = self._ints("wish_age_min", 0, 200)
        self.wish_age_max = self._ints("wish_age_max", 0, 200)
        self.hours_min = self._floats("hours_min", low=0)
        self.hours_max = self._floats("hours_max", low=0)
        self.paused = self._bools("paused")

    def __len__(self):
        return len(self.ids)

    def _list(self, name, empty):
        value = getattr(self, name)
        if value is None:
            return [empty] * len(self.ids)
        value = list(value)
        if len(value) != len(self.ids):
            raise ValueError(f"{name} has {len(value)} values for {len(self.ids)} ids")
        return [empty if one is None else one for one in value]

    def _floats(self, name, low=None):
        column = np.array(self._list(name, math.nan), dtype=float)
        wrong = np.isinf(column) if low is None else np.isinf(column) | (column < low)
        if wrong.any():
            i = int(wrong.argmax())
            raise ValueError(f"{name} of id {self.ids[i]} is {column[i]}")
        return column

    def _ints(self, name, low, high):
        values = self._list(name, 0)
        for i, value in enumerate(values):
            if isinstance(value, bool) or not hasattr(value, "__index__") or not low <= value <= high:
                raise ValueError(
                    f"{name} of id {self.ids[i]} is {value!r}; it is an integer from {low} to {high}"
                )
        return np.array(values, dtype=np.int64)

    def _bools(self, name):
        return np.array([bool(value) for value in self._list(name, False)], dtype=bool)

    def _points(self, i, points):
        found = tuple((float(x), float(y)) for x, y in points)
        if not all(math.isfinite(x) and math.isfinite(y) for x, y in found):
            raise ValueError(f"places of id {self.ids[i]}: every meeting place needs finite coordinates")
        return found

    # What the rules and criteria read, made once.

    @cached_property
    def points(self):
        """(xs, ys) of shape (people, 1 + most meeting places): column 0 is home, NaN where there is none."""
        width = 1 + max((len(points) for points in self.places), default=0)
        xs = np.full((len(self), width), np.nan)
        ys = np.full((len(self), width), np.nan)
        xs[:, 0], ys[:, 0] = self.x, self.y
        for i, points in enumerate(self.places):
            for k, (x, y) in enumerate(points, 1):
                xs[i, k], ys[i, k] = x, y
        return xs, ys

    @cached_property
    def language_words(self):
        return packed(self.languages)

    @cached_property
    def interest_words(self):
        return packed(self.interests)

    @cached_property
    def availability_words(self):
        return packed(self.availability, -(-HALF_HOURS // 64))

    @cached_property
    def limit_metres(self):
        """Travel limit in whole metres, rounded down; -1 is unknown."""
        return np.where(np.isnan(self.limit), -1, np.floor(np.nan_to_num(self.limit))).astype(np.int64)

    @cached_property
    def minutes(self):
        """(low, high, known): minutes a week in whole minutes; a missing end is open."""
        known = ~(np.isnan(self.hours_min) & np.isnan(self.hours_max))
        low = np.floor(np.nan_to_num(self.hours_min) * 60 + 0.5).astype(np.int64)
        high = np.floor(np.nan_to_num(self.hours_max) * 60 + 0.5).astype(np.int64)
        high = np.where(np.isnan(self.hours_max), NO_LIMIT, np.maximum(low, high))
        return low, high, known

    def take(self, rows):
        """The same columns for some rows, in the given order."""
        data = {}
        for name in self.__dataclass_fields__:
            column = getattr(self, name)
            data[name] = (
                [column[i] for i in rows] if isinstance(column, list) else column[np.asarray(rows, dtype=int)]
            )
        return type(self)(**data)

    def sorted_by_id(self):
        """The same people in the order of their ids, so that nothing depends on the order of the rows."""
        return self.take(np.argsort(self.ids, kind="stable").tolist())

    def changed(self, **columns):
        """A copy with other values in some columns, for questions of the kind "what if"."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return type(self)(**{**data, **columns})

    def row_of(self, identity):
        """The row of an id; KeyError if there is none."""
        return self._rows[identity]

    @cached_property
    def _rows(self):
        return {identity: row for row, identity in enumerate(self.ids.tolist())}


@dataclass(eq=False)
class Requests(People):
    """Citizens who wait. Beside the columns of `People`:

    waiting_days: whole days since the person came into the queue; a decline never resets it.
    """

    waiting_days: list = None

    def __post_init__(self):
        super().__post_init__()
        self.waiting_days = self._ints("waiting_days", 0, 1_000_000)


@dataclass(eq=False)
class Offers(People):
    """Volunteers. Beside the columns of `People`:

    capacity: free places, after those already taken; missing means 1.
    missing_contract, missing_certificate: true where one is required and not there.
    """

    capacity: list = None
    missing_contract: list = None
    missing_certificate: list = None

    def __post_init__(self):
        super().__post_init__()
        if self.capacity is None:
            self.capacity = [1] * len(self.ids)
        self.capacity = self._ints("capacity", 0, 1_000_000)
        self.missing_contract = self._bools("missing_contract")
        self.missing_certificate = self._bools("missing_certificate")


@dataclass(eq=False)
class Excluded:
    """Pairs that must not be made, with the kind of reason.

    pairs: an iterable of (request id, offer id, kind), or a mapping (request id, offer id) -> kind; a kind is one
    of "declined", "ended", "relative", "other". A pair may occur with several kinds. Ids that are not among the
    people at hand are ignored.
    """

    pairs: object = ()
    triples: tuple = field(init=False)

    def __post_init__(self):
        if hasattr(self.pairs, "items"):
            listed = ((request, offer, kind) for (request, offer), kind in self.pairs.items())
        else:
            listed = iter(self.pairs)
        found = set()
        for request, offer, kind in listed:
            if kind not in KINDS:
                raise ValueError(
                    f"the pair {request}, {offer} is excluded as {kind!r}; a kind is one of {KINDS}"
                )
            found.add((int(request), int(offer), kind))
        self.triples = tuple(sorted(found))

    @classmethod
    def of(cls, value):
        """`value` itself if it is an `Excluded`, else one made of it."""
        return value if isinstance(value, cls) else cls(value or ())

    @cached_property
    def by_request(self):
        """Request id -> {offer id: bits of KINDS}."""
        found = {}
        for request, offer, kind in self.triples:
            row = found.setdefault(request, {})
            row[offer] = row.get(offer, 0) | 1 << KINDS.index(kind)
        return found
