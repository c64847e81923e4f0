"""Everything that is kept about one person, for the person to read: the same tables, rows and fields as the file.

The file (:mod:`peer_support.privacy.subject_export`) is for another system, this is for people: both are made from the
registry of personal data, so neither says what the other one does not.
"""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..privacy.field_names import name_of
from ..privacy.subject_export import export_of, tables_of
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
        kinds = dict.fromkeys(table.kind_of(name) for __, names in rows for name in names)
        values = exported[table.model._meta.label_lower]["rows"]
        found.append(
            Reading(
                title=capfirst(str(table.title)),
                model=table.model._meta.label_lower,
                why=[(str(kind.label), str(kind.why)) for kind in kinds],
                entries=[
                    [(name, _label(row, name), in_words(row, name, kept[name])) for name in names]
                    for (row, names), kept in zip(rows, values, strict=True)
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
    return value_in_words(row, name) or (_("nothing") if not kept else str(kept))
