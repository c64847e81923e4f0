"""Keeping volunteers: who has not been seen for long, and what the year held. Facts that others can build on.

Everything here is said inside the open scope, in a fixed number of queries.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Sign:
    """One thing worth noticing about one volunteer: ``code`` is the rule's name, ``sentence`` what to read.

    ``url`` leads to the volunteer. ``since``: the day it counts from, where there is one.
    """

    code: str
    sentence: str
    url: str
    volunteer_id: int
    initiative_id: int
    since: date | None = None


@dataclass(frozen=True)
class SocialYear:
    """The social events of one calendar year: ``held`` and ``planned`` in number, said in ``sentence``."""

    held: int
    planned: int
    enough: bool
    sentence: str
    url: str


def not_seen_at_supervision(day):
    """Return a :class:`Sign` per volunteer who has not been at supervision for long, the longest first."""
    from .keeping_rows import rows_of
    from .keeping_signs import supervision_sign

    found = [supervision_sign(row, day) for row in rows_of(day=day, full=False)]
    return sorted(filter(None, found), key=lambda sign: (sign.since or date.min, sign.volunteer_id))


def social_events_this_year(initiative, day):
    """Return the :class:`SocialYear` of ``initiative`` in the year of ``day``. At least two a year are good."""
    from .keeping_together import social_year

    return social_year(initiative, day)
