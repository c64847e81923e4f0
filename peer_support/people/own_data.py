"""Everything the record holds about one person, in plain words, for the person (GDPR, article 15).

Rooms above add their part with :func:`register_own_data`. A table that nobody speaks for is shown field by field, as the
registry of personal data has sorted them, so that nothing is forgotten when a new one is made.

What is left out, and why (article 15, 4: the right to a copy does not take from the rights of others):

- names and contact of anybody else: the other one of a pair, and who made the contact. That somebody made it is told;
- what a pair's other side has written, and texts about an ending, which are about two people;
- which pairs are not to be proposed to each other: it says something about the other;
- which colleague wrote what. The coordinator answers for it all;
- numbers that only the machine reads: places in metres, bits, hashes, versions.

The coordinator's own notes are part of it. Before the link is made, the coordinator ticks that nothing in them is about
somebody else.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.utils.formats import date_format, number_format, time_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.models_link import AccessLink
from ..privacy.field_names import name_of
from ..privacy.registry import WAY, tables
from . import presenting, seen

# Read by the machine only, or kept back for the reasons above; anything else about a person is shown.
NOT_SHOWN = {
    "id", "initiative", "name_index", "contact_index", "x", "y", "language_bits", "interest_bits", "time_bits",
    "external_id", "referred_by", "updated_at",
}  # fmt: skip
GROUPS = (
    (
        gettext_lazy("Who you are"),
        ("number", "first_name", "last_name", "phone", "email", "gender", "birth_year", "postcode"),
    ),
    (
        gettext_lazy("What you want"),
        ("wish", "motivation", "resources", "expectations", "interests", "readiness", "training_wishes"),
    ),
    (
        gettext_lazy("When and how"),
        ("times", "hours_min", "hours_max", "channels", "languages", "travel_km", "meeting_places"),
    ),
    (
        gettext_lazy("Whom you would like to meet"),
        ("gender_wish", "age_wish_min", "age_wish_max", "special_knowledge"),
    ),
    (gettext_lazy("What the coordinator has noted"), ("notes",)),
    (
        gettext_lazy("Contract and certificate"),
        ("contract_on", "contract_until", "certificate_seen_on", "certificate_until"),
    ),
    (
        gettext_lazy("Your way with us"),
        (
            "status", "enquired_on", "came_by", "heard_of_us", "consent_on", "waiting_since", "approved_on",
            "capacity", "paused_from", "paused_until", "pause_reason", "restricted_on", "match_stopped_on",
            "course_stopped_on", "ended_on", "external_source", "created_at",
        ),
    ),
)  # fmt: skip
# Steps of a match and pairs that are not to be proposed say what the other one answered. The person's own answers stand
# with the match. Links are told of in a way that can be read.
KEPT_BACK = {"peer_support.exclusion", "peer_support.matchevent"}


@dataclass
class Part:
    """A heading and what stands below it: ``rows`` of label and value, and ``entries``, each a list of such rows."""

    title: str
    rows: list = field(default_factory=list)
    entries: list = field(default_factory=list)
    note: str = ""

    @property
    def is_empty(self):
        return not (self.rows or any(self.entries))


_writers, _spoken_for = [], set(KEPT_BACK)


def register_own_data(function, *, models=()):
    """Let a room add to a person's own data: ``function(person) -> [Part, …]``, in the open scope.

    ``models`` are the tables it speaks for ("peer_support.match"), which are then not shown field by field.
    """
    if function not in _writers:
        _writers.append(function)
    _spoken_for.update(name.lower() for name in models)
    return function


def own_data_of(person):
    """Return the :class:`Part` list about ``person``, without those that hold nothing."""
    parts = [_own_part(person, title, names) for title, names in GROUPS]
    for write in _writers:
        parts += write(person)
    parts += _everything_else(person)
    parts += [_who_can_see(person), _who_has_looked(person)]
    return [part for part in parts if not part.is_empty]


def value_in_words(obj, name):
    """Return the value of the field ``name`` of ``obj`` in words; "" where there is none."""
    found = obj._meta.get_field(name)
    value = getattr(obj, name)
    if found.many_to_many:
        return ", ".join(str(row) for row in value.all())
    if value in (None, "", [], {}) or (getattr(found, "flags", None) and not value):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(found, models.DateTimeField):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(found, models.TimeField):
        return time_format(value, "H.i")
    if isinstance(found, models.JSONField):
        return ", ".join(map(str, value)) if isinstance(value, list) else ""
    if isinstance(found, models.ForeignKey):
        return str(value)
    if isinstance(value, Decimal):
        return number_format(value.normalize(), decimal_pos=None if value % 1 else 0)
    return _read_from_json(value) or presenting.in_words(obj, name, value)


def _read_from_json(value):
    """Return the words in a text that a program keeps as JSON (the areas of a star), or "" for any other value."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return ""
    try:
        found = json.loads(value)
    except ValueError:
        return ""
    rows = found.values() if isinstance(found, dict) else found
    return ", ".join(str(row.get("name", "")) if isinstance(row, dict) else str(row) for row in rows)


def rows_of(obj, names):
    """Return ``[(label, value)]`` of the fields ``names`` that ``obj`` has and that hold something."""
    known = {found.name for found in obj._meta.get_fields() if getattr(found, "verbose_name", None)}
    rows = [
        (capfirst(name_of(obj._meta.get_field(name))), value_in_words(obj, name))
        for name in names
        if name in known
    ]
    return [row for row in rows if row[1]]


def _own_part(person, title, names):
    return Part(str(title), rows_of(person, names))


def _talks(person):
    talks = person.conversations.order_by("held_on", "pk")
    fields = ("kind", "held_on", "notes", "next_step")
    return [Part(_("Conversations"), entries=[rows_of(talk, fields) for talk in talks])]


def _own_changes(person):
    changes = person.own_changes.order_by("at", "pk")
    return [
        Part(_("What you have changed yourself"), entries=[rows_of(one, ("at", "what")) for one in changes])
    ]


def _links(person):
    rows = AccessLink.objects.filter(target_model=person._meta.label_lower, target_id=person.pk)
    fields = ("created_at", "expires_at", "last_opened_at", "used_at")
    return [
        Part(_("Links we have made for you"), entries=[rows_of(row, fields) for row in rows.order_by("pk")])
    ]


register_own_data(_links, models=["peer_support.accesslink"])
register_own_data(_talks, models=["peer_support.conversation"])
register_own_data(_own_changes, models=["peer_support.ownchange"])


def _everything_else(person):
    """What the registry of personal data knows about the person, and no room speaks for: field by field.

    A row that belongs to a pair is shown where it says whose side it is. Of one that names both, only steps and dates.
    """
    kind = person._meta.model_name
    other = {"citizen": "volunteer", "volunteer": "citizen"}[kind]
    for table in tables():
        if table.model is type(person) or table.model._meta.label_lower in _spoken_for:
            continue
        rows = table.rows_of(person).order_by("pk")
        if "match" in table.paths.get(person._meta.label_lower, "").split("__"):
            has_side = any(column.name == "side" for column in table.model._meta.concrete_fields)
            rows = rows.filter(side=kind) if has_side else rows.none()
        entries = [rows_of(row, _names(table, both=getattr(row, f"{other}_id", None))) for row in rows]
        yield Part(capfirst(str(table.title)), entries=entries)


def _names(table, *, both):
    names = table.named(shown=True)
    return [name for name in names if table.kind_of(name) is WAY] if both else names


def _who_can_see(person):
    return Part(_("Who can see you"), seen.who_can_see(person))


def _who_has_looked(person):
    """When somebody looked, and in which role: article 15 covers the log too, and not a colleague's name."""
    looks, lists = seen.looks_at(person)
    rows = [*seen.days_in_words(looks), *seen.lists_in_words(lists)]
    return Part(
        _("Who has looked"), rows, note=_("You see when, and in which role. Not who: we answer for it all.")
    )
