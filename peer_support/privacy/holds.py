"""Whose data may not be taken out yet: a legal hold stops purge, erasure and detaching, with a sentence that says why.

A court case, a complaint or an insurance claim can need what the rules of retention would take (GDPR art. 17(3)(e),
18(2)). Which records are held is the business of the room that keeps the holds; it registers a :class:`Holder`.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Holder:
    """``among(rows)`` returns the keys of those of a queryset that are held; ``why(subject)`` a sentence, or ""."""

    among: Callable
    why: Callable


class Held(Exception):
    """Something is held, and was not taken out. The text says why."""


_holders = []


def register_holder(*, among, why):
    """Register who holds records back; the same functions twice count once."""
    holder = Holder(among, why)
    if holder not in _holders:
        _holders.append(holder)
    return holder


def held_among(rows):
    """Return the set of keys of the queryset ``rows`` that a hold keeps, in the open scope."""
    return {pk for holder in _holders for pk in holder.among(rows)}


def why_held(subject):
    """Return the sentence that says why ``subject`` may not be taken out, or an empty text."""
    return next((text for holder in _holders if (text := holder.why(subject))), "")
