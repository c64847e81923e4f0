"""The pieces of the directory as its template reads them."""

from dataclasses import dataclass, field

from .public_filters import UNSTATED, WHOLE_COUNTRY


@dataclass(eq=False)
class Row:
    """What counting and sorting need of one initiative. ``values`` are sets by facet."""

    pk: int
    title: str
    other_names: str
    listed: bool
    nationwide: bool
    values: dict
    km: int | None = None

    @property
    def towns(self):
        return self.values["municipality"] - {WHOLE_COUNTRY, UNSTATED}


@dataclass(frozen=True)
class Option:
    """A value of a facet: how many it would give, and whether it is in use."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetView:
    name: str
    label: str
    options: list
    in_use: int


@dataclass(frozen=True)
class Chip:
    """A filter in use; ``query`` is the address without it."""

    kind: str
    label: str
    query: str


@dataclass(frozen=True)
class WayOut:
    """Leave out one filter and find ``count``."""

    label: str
    count: int
    query: str


@dataclass
class Card:
    """One initiative in the list."""

    initiative: object
    places: str
    forms: list
    audiences: list
    km: int | None
    coordinator: object
    place_stated: bool = True
    flags: list = field(default_factory=list)
