"""Erase what is held about a person, and remember that it was erased.

What says who somebody is, and every word about them, is emptied or deleted; what only says that something happened
stays, so that last year's numbers still add up. Nothing is decrypted on the way: a lost key stops no erasure.

A backup that is restored brings the erased back. The ledger holds whom it was (kind and number of the record, nothing
else), and :mod:`.ledger` keeps it outside the backup; :func:`reapply` erases them again (Datatilsynet's advice on backups).
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from .access_log import Action, log_access
from .holds import Held, why_held
from .ledger import renew
from .models import ErasureRecord
from .registry import OnErasure, empty_value, table_of, tables

_cleaners = []


@dataclass
class Erased:
    """What an erasure did, or would do: rows by title, ``emptied`` and ``deleted``."""

    emptied: dict = field(default_factory=dict)
    deleted: dict = field(default_factory=dict)


def register_cleaner(function):
    """Let a room clean up what no look-up can reach: ``function(subject)``, inside the erasure's transaction."""
    if function not in _cleaners:
        _cleaners.append(function)
    return function


def erased_at(subject):
    """Return when ``subject`` was erased, by the ledger; now, where this is the first time. For cleaners.

    After a restore it is the day of the first erasure: what was to end then does not live longer because of a backup.
    """
    entry = ErasureRecord.objects.filter(model=subject._meta.label_lower, object_id=subject.pk).first()
    return timezone.now() if entry is None or _came_later(subject, entry) else entry.at


def plan(subject):
    """Return what :func:`erase` would do, as an :class:`Erased`, without doing it."""
    return _walk(subject, act=False)


def erase(*, subject, user=None, route="", why="asked"):
    """Erase what is held about ``subject``, a citizen, a volunteer or another registered person.

    ``why`` is a code ("asked", "purge", "restore"). Whether it may be done is asked before, by the room that owns the
    person; a legal hold is asked for here too, and raises :class:`~.holds.Held`. After a restore ("restore") it is not: who
    is in the ledger was erased when nothing held them. A second erasure finds nothing left and does no harm.
    Returns :class:`Erased`.
    """
    if why != "restore" and (held := why_held(subject)):
        raise Held(held)
    label, pk = subject._meta.label_lower, subject.pk
    initiative_id = getattr(subject, "initiative_id", None)
    with transaction.atomic():
        log_access(user=user, action=Action.ERASE, objects=[subject], route=route)
        for clean in _cleaners:
            clean(subject)
        done = _walk(subject, act=True)
        entry, is_new = ErasureRecord.objects.get_or_create(
            model=label, object_id=pk, defaults={"initiative_number": initiative_id, "why": why}
        )
        if not is_new and _came_later(subject, entry):
            renew(label, pk, timezone.now())
    return done


def _walk(subject, *, act):
    done = Erased()
    own = table_of(type(subject))
    # The person last: the others are found by it.
    for table in [*(t for t in reversed(tables()) if t is not own), own]:
        if table.on_erasure is OnErasure.STAY:
            continue
        rows = table.rows_of(subject)
        counts = done.deleted if table.on_erasure is OnErasure.DELETE else done.emptied
        count = rows.count()
        if not count:
            continue
        counts[table.title] = count
        if act:
            _delete(rows) if table.on_erasure is OnErasure.DELETE else _empty(table, rows)
    return done


def _delete(rows):
    """Delete the rows and what hangs on them, without reading what is encrypted."""
    kept = [f.name for f in rows.model._meta.concrete_fields if f.primary_key or f.is_relation]
    rows.only(*kept).delete()


def _empty(table, rows):
    names = table.named(emptied=True)
    columns = [table.model._meta.get_field(name) for name in names]
    ids = list(rows.values_list("pk", flat=True))
    values = {found.name: empty_value(found) for found in columns if not found.many_to_many}
    if "erased_on" in table.fields:
        values["erased_on"] = timezone.localdate()
    models.QuerySet(table.model).filter(pk__in=ids).update(**values)
    for found in columns:
        if found.many_to_many:
            through = found.remote_field.through
            models.QuerySet(through).filter(**{f"{found.m2m_field_name()}__in": ids}).delete()


def _came_later(subject, entry):
    """Whether ``subject`` was made after the erasure: a restored backup gives a number anew, and it is somebody else's now."""
    return getattr(subject, "created_at", entry.at) > entry.at


def reapply(*, user=None):
    """Erase everybody in the ledger again, after a backup was restored; returns how many there was something left of.

    Whoever was taken in after the erasure that has their number is left alone.
    """
    count = 0
    for entry in ErasureRecord.objects.order_by("pk"):
        model = apps.get_model(entry.model)
        subject = model._base_manager.filter(pk=entry.object_id).first()
        if subject is None or getattr(subject, "erased_on", None) or _came_later(subject, entry):
            continue
        erase(subject=subject, user=user, route="reapply_erasures", why="restore")
        count += 1
    return count
