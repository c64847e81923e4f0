"""Everything the record holds about one person, in plain words, for the person (GDPR, article 15).

Rooms above add their part with :func:`register_own_data`. A table that nobody speaks for is shown field by field, as the
registry of personal data has sorted them, so that nothing is forgotten when a new one is made.

What is left out, and why (article 15, 4: the right to a copy does not take from the rights of others):

- names and contact of anybody else: the other one of a pair, and who made the contact. That somebody made it is told;
- what a pair's other side has written, and texts about an ending, which are about two people;
- which pairs are not to be proposed to each other: it says something about the other;
- which colleague wrote what. The coordinator answers for it all;
- numbers that only the machine reads: places in metres, bits, hashes, versions.

All of it is said in the registry, table by table, and holds for the file and the coordinator's page of it too: this page
shows every field that they show (:func:`entries_of`). A room says in which order, and under which heading.

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
from ..privacy.registry import table_of, tables, words_of
from ..privacy.subject_export import rows_for
from . import presenting, seen
from .models import Conversation, OwnChange

GROUPS = (
    (
        gettext_lazy("Who you are"),
        (
            "number",
            "external_id",
            "external_source",
            "first_name",
            "last_name",
            "phone",
            "email",
            "gender",
            "birth_year",
            "postcode",
        ),
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
            "course_stopped_on", "ended_on",
        ),
    ),
)  # fmt: skip


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


_writers, _spoken_for = [], set()


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
    return [part for part in [*parts, *seen_parts(person)] if not part.is_empty]


def seen_parts(person):
    """Return the :class:`Part` list of who can see ``person`` and who has looked: it is no table, and it is in the file."""
    return [_who_can_see(person), _who_has_looked(person)]


def entries_of(model, person, *, first=()):
    """Return the rows about ``person`` in the table of ``model``, each as ``[(label, value)]``: all that the file holds.

    ``first`` are the names of the fields that come first, in that order.
    """
    entries = []
    for row, names in rows_for(table_of(model), person):
        rest = [name for name in names if name not in first]
        entries.append(rows_of(row, [*(name for name in first if name in names), *rest]))
    return entries


def value_in_words(obj, name):
    """Return the value of the field ``name`` of ``obj`` in words; "" where there is none."""
    found = obj._meta.get_field(name)
    value = getattr(obj, name)
    if found.many_to_many:
        return ", ".join(str(row) for row in value.all())
    if value in (None, "", [], {}) or (getattr(found, "flags", None) and not value):
        return ""
    if words := words_of(obj, name):
        return words
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(found, models.DateTimeField):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(found, models.TimeField):
        return time_format(value, "H.i")
    if isinstance(found, models.JSONField):
        return flat(value)
    if isinstance(found, models.ForeignKey):
        return str(value)
    if isinstance(value, Decimal):
        return number_format(value.normalize(), decimal_pos=None if value % 1 else 0)
    return _read_from_json(value) or presenting.in_words(obj, name, value)


def _read_from_json(value):
    """Return what a text says that a program keeps as JSON (the areas of a star), or "" for any other value."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return ""
    try:
        return flat(json.loads(value))
    except ValueError:
        return ""


def flat(value):
    """Return nested values as lines of text, the names of fields with them."""
    if isinstance(value, dict):
        return "\n".join(
            f"{name}: {flat(one)}" for name, one in value.items() if one not in (None, "", [], {})
        )
    if isinstance(value, list):
        return (", " if not any(isinstance(one, dict | list) for one in value) else "\n").join(
            map(flat, value)
        )
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


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
    fields = ("kind", "held_on", "notes", "next_step", "answers_json")
    return [Part(_("Conversations"), entries=entries_of(Conversation, person, first=fields))]


def _own_changes(person):
    return [Part(_("What you have changed yourself"), entries=entries_of(OwnChange, person))]


def _links(person):
    fields = ("purpose", "created_at", "expires_at", "last_opened_at", "used_at")
    return [Part(_("Links we have made for you"), entries=entries_of(AccessLink, person, first=fields))]


register_own_data(_links, models=["peer_support.accesslink"])
register_own_data(_talks, models=["peer_support.conversation"])
register_own_data(_own_changes, models=["peer_support.ownchange"])


def _everything_else(person):
    """What the registry of personal data knows about the person, and no room speaks for: field by field."""
    for table in tables():
        if table.model is type(person) or table.model._meta.label_lower in _spoken_for:
            continue
        yield Part(capfirst(str(table.title)), entries=entries_of(table.model, person))


def _who_can_see(person):
    return Part(_("Who can see you"), seen.who_can_see(person))


def _who_has_looked(person):
    """When somebody looked, and in which role: article 15 covers the log too, and not a colleague's name."""
    looks, lists = seen.looks_at(person)
    rows = [*seen.days_in_words(looks), *seen.lists_in_words(lists)]
    return Part(
        _("Who has looked"), rows, note=_("You see when, and in which role. Not who: we answer for it all.")
    )
