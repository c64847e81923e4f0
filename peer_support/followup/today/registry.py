"""What other rooms need to put something on today's list: a :class:`Line`, and :func:`register_source`.

    def calls(day):
        return [Line("ring", "Borger 31 – the day after the first meeting", "Write the answer", url, due=day, person=citizen)]

    register_source("follow_ups", _("Follow-up"), calls)

A source is asked with the day, inside the scope of the initiatives that are looked at, and costs a constant number of
queries whatever their number of people.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

RING, ANSWER, TALK, SEAT, SOON, WAITING = "ring", "answer", "talk", "seat", "soon", "waiting"
# The groups in the order of the screen: what one does with a telephone in the hand first.
GROUPS = {
    RING: _("Ring"),
    ANSWER: _("Answer"),
    TALK: _("Conversation"),
    SEAT: _("Seat"),
    SOON: _("Soon"),
    WAITING: _("Wait"),
}


@dataclass(frozen=True)
class Line:
    """One thing to do.

    ``kind`` is the group (a key of :data:`GROUPS`), ``sentence`` says who and why it is here, ``label`` and ``url`` are
    its one button (``post``: the button sends a form). ``due`` is the day it is for: an earlier one is overdue;
    ``None`` has no day. ``order`` sorts lines of the same day, the lowest first. ``hint`` is a second, quieter
    sentence. ``person`` is the record that the sentence speaks of (its showing is logged), or several in a tuple.
    ``key`` tells lines apart that have the same button, so that one can be put off without the other.
    ``of_the_stop``: the line is about the stop of a record that is left alone, and asks nothing of the person.
    """

    kind: str
    sentence: str
    label: str
    url: str
    due: date | None = None
    order: int = 50
    post: bool = False
    hint: str = ""
    person: object = None
    initiative_id: int | None = None
    key: str = ""
    of_the_stop: bool = False

    def __post_init__(self):
        if self.kind not in GROUPS:
            raise ValueError(f"A line belongs to one of {', '.join(GROUPS)}, not to {self.kind!r}.")

    @property
    def people(self):
        """The records the line speaks of."""
        found = self.person if isinstance(self.person, tuple | list) else (self.person,)
        return [person for person in found if person is not None]

    @property
    def digest(self):
        """A short name of the line that stays the same from day to day and says nothing."""
        who = [f"{person._meta.label_lower}:{person.pk}" for person in self.people]
        text = "|".join([self.kind, self.key or self.url, *who])
        return hashlib.sha256(text.encode()).hexdigest()[:40]


@dataclass(frozen=True)
class Source:
    code: str
    title: str
    function: Callable


_sources = {}


def register_source(kind, title, function):
    """Register ``function(day) -> list[Line]`` under the code ``kind``; the same code twice replaces the first."""
    _sources[kind] = Source(kind, title, function)
    return _sources[kind]


def sources():
    """Return the registered sources in the order they were registered."""
    return list(_sources.values())
