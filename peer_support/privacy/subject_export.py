"""Everything that is kept about one person, for a machine to read (GDPR art. 15 and 20), made from the registry.

The shape (``schema`` 1): ``{"schema": 1, "made_at": …, "about": …, "tables": [{"title", "model", "why": {kind: why},
"rows": [{field: value}]}], …}``, and what rooms add with
:func:`register_export_part`. Values are as they are stored, choices with their words beside them; what is about
somebody else, or only for the machine, is not there.
"""

from django.utils import timezone
from django.utils.encoding import force_str

from .fields import Unreadable
from .registry import tables

SCHEMA = 1
_parts = []


def register_export_part(function):
    """Let a room add to the file: ``function(subject) -> {key: plain values}``."""
    if function not in _parts:
        _parts.append(function)
    return function


def tables_of(subject):
    """Yield ``(table, rows)`` of every registered table that holds something about ``subject``, in the export's order."""
    for table in tables():
        rows = list(table.rows_of(subject).order_by("pk"))
        if rows:
            yield table, rows


def export_of(subject):
    """Return the export of ``subject`` as a ``dict`` of plain values, ready for ``json.dumps``."""
    found = []
    for table, rows in tables_of(subject):
        names = table.shown_to(subject)
        kinds = {table.kind_of(name).code: force_str(table.kind_of(name).why) for name in names}
        found.append(
            {
                "title": force_str(table.title),
                "model": table.model._meta.label_lower,
                "why": kinds,
                "rows": [{name: _value(row, name) for name in names} for row in rows],
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
    if column.is_relation:
        return value
    if column.choices and value not in (None, ""):
        return {"code": _plain(value), "text": force_str(getattr(row, f"get_{name}_display")())}
    return _plain(value)


def _plain(value):
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    if isinstance(value, Unreadable):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else force_str(value)
