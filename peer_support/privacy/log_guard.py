"""On PostgreSQL the database itself refuses to change the access log, whoever asks and by whatever program.

Three things are let through: an account that is deleted empties the name of its rows (nothing else of them); the purge
takes out what is older than the log is kept; and a new key writes the encrypted fields anew. The last two say so aloud
for the time of their own transaction.
"""

from contextlib import contextmanager

from django.db import connections, transaction

from .fields import EncryptedTextField
from .models import AccessLogEntry, AccessLogSeal

_PURGING = "peer_support.purging"
_RENEWING = "peer_support.renewing"
_guarded = [AccessLogEntry, AccessLogSeal]

_ENTRIES = """
CREATE OR REPLACE FUNCTION peer_support_guard_log() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' AND coalesce(current_setting('{purging}', true), '') = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ? 'user_id' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'user_id' IS NULL
       AND to_jsonb(NEW) - 'user_id' = to_jsonb(OLD) - 'user_id' AND to_jsonb(OLD) ? 'user_id' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND coalesce(current_setting('{renewing}', true), '') = 'on'
       AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The access log can be added to, not changed.' USING ERRCODE = 'insufficient_privilege';
END
$guard$;
"""
_TRIGGER = """
DROP TRIGGER IF EXISTS peer_support_guard ON {table};
CREATE TRIGGER peer_support_guard BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION peer_support_guard_log({encrypted});
"""


def guarded(model):
    """Decorator for a model of another room whose rows are only ever added: the database guards its table too."""
    _guarded.append(model)
    return model


def guard_access_log(*, using="default", **kwargs):
    """Put the guard on the tables of the log; a receiver of ``post_migrate``, safe to run again."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    tables = {model._meta.db_table: _encrypted(model) for model in _guarded}
    if not tables.keys() <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES.format(purging=_PURGING, renewing=_RENEWING))
        for table, encrypted in sorted(tables.items()):
            cursor.execute(_TRIGGER.format(table=connection.ops.quote_name(table), encrypted=encrypted))


def _encrypted(model):
    """Return the encrypted columns of ``model`` as arguments of its trigger."""
    fields = model._meta.local_concrete_fields
    return ", ".join(f"'{field.column}'" for field in fields if isinstance(field, EncryptedTextField))


@contextmanager
def purging(connection):
    """Let the rest of the open transaction take rows out of the log; PostgreSQL forgets it at the end of it."""
    with _saying(connection, _PURGING):
        yield


@contextmanager
def renewing(connection, model):
    """Let the block write the encrypted fields of ``model`` anew, where it is a table that is only added to."""
    if connection.vendor != "postgresql" or model not in _guarded:
        yield
        return
    with transaction.atomic(using=connection.alias), _saying(connection, _RENEWING):
        yield


@contextmanager
def _saying(connection, what):
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {what} = 'on'")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {what} = 'off'")
