"""What a person decides on their own page of rights. Rooms above add to it; this room's part is the stop.

register_own_right(parts=lambda person: [Part(…)], press=lambda person, what: True)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import services_standing

ROUTE = "people.own_rights"


@dataclass(frozen=True)
class Right:
    """One thing to decide: ``lines`` say how it stands, ``text`` is what was agreed to, ``value`` is what its button sends.

    ``hint`` says what happens when it is pressed. Without a ``label`` there is nothing to press.
    """

    title: str
    lines: list = field(default_factory=list)
    text: list = field(default_factory=list)
    label: str = ""
    value: str = ""
    hint: str = ""


@dataclass(frozen=True)
class _Room:
    parts: Callable
    press: Callable


_rooms = []


def register_own_right(*, parts, press):
    """Let a room add to the page: ``parts(person) -> [Right]``, ``press(person, value) -> bool`` (whether it was meant)."""
    room = _Room(parts, press)
    if room not in _rooms:
        _rooms.append(room)
    return room


def rights_of(person):
    """Return every :class:`Right` of ``person``, in the order the rooms were registered."""
    return [right for room in _rooms for right in room.parts(person)]


def press(person, value):
    """Do what the button ``value`` says; returns whether any room knew it. Safe to press twice."""
    return any(room.press(person, value) for room in _rooms)


def _stop_parts(person):
    if person.restricted_on:
        return [
            Right(
                _("We leave your record alone"),
                [
                    _(
                        "We keep what you have told us, and use it for nothing. We do not write, and we do not ring."
                    ),
                    _("It lasts until you say so."),
                ],
                label=_("Use it again"),
                value="go_on",
                hint=_("You need give no reason. You keep your place in the queue."),
            )
        ]
    return [
        Right(
            _("Leave my record alone"),
            [
                _("You can ask us to keep what you have told us, and not use it."),
                _(
                    "It is not a pause. In a pause we find you no match, but we may still ring. Here we do nothing at all."
                ),
            ],
            label=_("Leave it alone"),
            value="stop",
            hint=_("It works at once. You need give no reason, and you can change it here."),
        )
    ]


def _stop_press(person, value):
    if value == "stop":
        services_standing.stop_use(person=person, user=None, route=f"{ROUTE}.stop", by_person=True)
    elif value == "go_on":
        services_standing.lift_stop(person=person, user=None, route=f"{ROUTE}.go_on", by_person=True)
    else:
        return False
    return True


register_own_right(parts=_stop_parts, press=_stop_press)
