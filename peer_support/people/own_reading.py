"""Everything that is kept about one person, for the person to read: the same tables, rows and fields as the file.

The file (:mod:`peer_support.privacy.subject_export`) is for another system, this is for people: both are made from the
registry of personal data, so neither says what the other one does not.
"""

import json
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..access.models_link import AccessLink
from ..privacy.field_names import name_of
from ..privacy.subject_export import export_of, tables_of
from .link_offers import label_of
from .own_data import value_in_words


@dataclass(frozen=True)
class Reading:
    """One table: ``why`` as [(what it is, why we have it)], ``entries`` as one list of (field, label, words) per row."""

    title: str
    model: str
    why: list
    entries: list


def reading_of(subject):
    """Return the :class:`Reading` list about ``subject``; what is empty is said to be empty."""
    exported = {table["model"]: table for table in export_of(subject)["tables"]}
    found = []
    for table, rows in tables_of(subject):
        names = table.shown_to(subject)
        kinds = dict.fromkeys(table.kind_of(name) for name in names)
        values = exported[table.model._meta.label_lower]["rows"]
        found.append(
            Reading(
                title=capfirst(str(table.title)),
                model=table.model._meta.label_lower,
                why=[(str(kind.label), str(kind.why)) for kind in kinds],
                entries=[
                    [(name, _label(row, name), in_words(row, name, kept[name])) for name in names]
                    for row, kept in zip(rows, values, strict=True)
                ],
            )
        )
    return found


def _label(row, name):
    return capfirst(name_of(row._meta.get_field(name)))


def in_words(row, name, kept):
    """Return what the file says of a field (``kept``) as one reads it: never less than the file, "nothing" where it is empty."""
    if kept in (None, "", [], {}):
        return _("nothing")
    column = row._meta.get_field(name)
    if isinstance(row, AccessLink) and name == "purpose":
        label = label_of(kept)
        return f"{label} ({kept})" if label else kept
    if isinstance(column, models.JSONField) or _is_json(kept):
        return _flat(json.loads(kept) if isinstance(kept, str) else kept) or _("nothing")
    return value_in_words(row, name) or (_("nothing") if not kept else str(kept))


def _is_json(kept):
    if not isinstance(kept, str) or kept[:1] not in ("[", "{"):
        return False
    try:
        json.loads(kept)
    except ValueError:
        return False
    return True


def _flat(value):
    """Return nested values as lines of text, the names of fields with them."""
    if isinstance(value, dict):
        return "\n".join(
            f"{name}: {_flat(one)}" for name, one in value.items() if one not in (None, "", [], {})
        )
    if isinstance(value, list):
        return "\n".join(_flat(one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
