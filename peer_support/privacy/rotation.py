"""Write everything that is encrypted anew with the newest key, while people work.

The key list does the reading meanwhile: as long as the old key is still in it, no reader ever fails. Every row is a
step of its own. A run that is stopped has lost nothing, and the next one goes on: what the newest key can open is left
alone, so nothing is done twice.
"""

from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.db import connections, router

from .fields import EncryptedTextField
from .keys import configured_keys, fernet
from .log_guard import renewing

BATCH = 200


@dataclass
class Rotated:
    """What a run did, in numbers of values: ``renewed``, ``current`` (done already), ``lost`` (no key fits)."""

    renewed: int = 0
    current: int = 0
    lost: int = 0


def encrypted_columns():
    """Return ``[(model, [column, …])]`` of every table that holds encrypted fields, the host's own too."""
    found = []
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        columns = [field.column for field in fields if isinstance(field, EncryptedTextField)]
        if columns and model._meta.managed and not model._meta.proxy:
            found.append((model, columns))
    return found


def rotate(*, batch=BATCH, dry_run=False, after_batch=None):
    """Write every value that the newest key cannot open anew, ``batch`` rows at a time; returns :class:`Rotated`.

    Works below the models, on the columns: a scope hides nobody, no signal is sent, and a time of change stays. Each
    value is written only if it is still the one that was read, so that what somebody saves meanwhile is kept.
    ``after_batch(model, done)`` is called after each batch. Raises ``ImproperlyConfigured`` without keys.
    """
    fernet()
    rotation = _Rotation(Fernet(configured_keys()[0]), dry_run)
    for model, columns in encrypted_columns():
        rotation.table(model, columns, batch, after_batch)
    return rotation.done


class _Rotation:
    def __init__(self, newest, dry_run):
        self.newest = newest
        self.dry_run = dry_run
        self.done = Rotated()

    def table(self, model, columns, batch, after_batch):
        connection = connections[router.db_for_write(model)]
        quote = connection.ops.quote_name
        names = ", ".join(quote(name) for name in (model._meta.pk.column, *columns))
        key, table = quote(model._meta.pk.column), quote(model._meta.db_table)
        read = f"SELECT {names} FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT %s"  # noqa: S608 - names of the models, no input
        last = 0
        with connection.cursor() as cursor:
            while True:
                cursor.execute(read, [last, batch])
                rows = cursor.fetchall()
                if not rows:
                    return
                for pk, *values in rows:
                    with renewing(connection, model):
                        for column, value in zip(columns, values, strict=True):
                            self._value(cursor, table, key, quote(column), pk, value)
                last = rows[-1][0]
                if after_batch:
                    after_batch(model, self.done)

    def _value(self, cursor, table, key, column, pk, token):
        if not token:
            return
        if _opens(self.newest, token):
            self.done.current += 1
            return
        try:
            fresh = fernet().rotate(token.encode()).decode()
        except InvalidToken:
            self.done.lost += 1
            return
        if self.dry_run:
            self.done.renewed += 1
            return
        change = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608 - as above
        cursor.execute(change, [fresh, pk, token])
        # Somebody who saved the row meanwhile has written it with the newest key already.
        self.done.renewed += cursor.rowcount


def _opens(key, token):
    try:
        key.decrypt(token.encode())
    except InvalidToken:
        return False
    return True
