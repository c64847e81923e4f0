"""Everything that is kept about one person, for a machine to read (GDPR art. 15 and 20), made from the registry.

The shape (``schema`` 1): ``{"schema": 1, "made_at": …, "about": …, "tables": [{"title", "model", "why": {kind: why},
"rows": [{field: value}]}], …}``, and what rooms add with
:func:`register_export_part`. Values are as they are stored; where that is a code, a key or text for a program, it is ``{"code": …, "text": what it says}``.
What is about somebody else, or only for the machine, is not there.
"""

from django.utils import timezone
from django.utils.encoding import force_str

from .fields import Unreadable
from .registry import tables, words_of

SCHEMA = 1
_parts = []


def register_export_part(function):
    """Let a room add to the file: ``function(subject) -> {key: plain values}``."""
    if function not in _parts:
        _parts.append(function)
    return function


def tables_of(subject):
    """Yield ``(table, [(row, names)])`` of every table that holds something ``subject`` gets to see, in the export's order."""
    for table in tables():
        rows = rows_for(table, subject)
        if rows:
            yield table, rows


def rows_for(table, subject):
    """Return ``[(row, names)]`` of what ``subject`` gets to see of ``table``: rows that are all another's are not in it."""
    found = table.rows_of(subject).order_by("pk") if table.shown_to(subject) else []
    shown = [(row, table.shown_in(row, subject)) for row in found]
    return [(row, names) for row, names in shown if names]


def export_of(subject):
    """Return the export of ``subject`` as a ``dict`` of plain values, ready for ``json.dumps``."""
    found = []
    for table, rows in tables_of(subject):
        kinds = {
            table.kind_of(name).code: force_str(table.kind_of(name).why)
            for _row, names in rows
            for name in names
        }
        found.append(
            {
                "title": force_str(table.title),
                "model": table.model._meta.label_lower,
                "why": kinds,
                "rows": [{name: _value(row, name) for name in names} for row, names in rows],
            }
        )
    return {
        "schema": SCHEMA,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "about": str(subject),
        "tables": found,
        **{key: value for part in _parts for key, value in part(subject).items()},
    }


def _value(row, name):
    column = row._meta.get_field(name)
    if column.many_to_many:
        return [force_str(other) for other in getattr(row, name).all()]
    value = getattr(row, column.attname)
    if value not in (None, "", [], {}) and (words := words_of(row, name)):
        return {"code": _plain(value), "text": words}
    if column.is_relation:
        other = getattr(row, name)
        return {"code": value, "text": force_str(other)} if other is not None else None
    if column.choices and value not in (None, ""):
        return {"code": _plain(value), "text": force_str(getattr(row, f"get_{name}_display")())}
    return _plain(value)


def _plain(value):
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    if isinstance(value, Unreadable):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else force_str(value)
