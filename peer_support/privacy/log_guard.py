"""On PostgreSQL the database itself refuses to change the access log, whoever asks and by whatever program.

Two things are let through: an account that is deleted empties the name of its rows (nothing else of them), and the
purge takes out what is older than the log is kept, which it says aloud for the time of its own transaction.
"""

from contextlib import contextmanager

from django.db import connections

from .models import AccessLogEntry, AccessLogSeal

_PURGING = "peer_support.purging"
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
    RAISE EXCEPTION 'The access log can be added to, not changed.' USING ERRCODE = 'insufficient_privilege';
END
$guard$;
"""
_TRIGGER = """
DROP TRIGGER IF EXISTS peer_support_guard ON {table};
CREATE TRIGGER peer_support_guard BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION peer_support_guard_log();
"""


def guarded(model):
    """Decorator for a model of another room whose rows are only ever added: the database guards its table too."""
    if model not in _guarded:
        _guarded.append(model)
    return model


def guard_access_log(*, using="default", **kwargs):
    """Put the guard on the tables of the log; a receiver of ``post_migrate``, safe to run again."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    tables = {model._meta.db_table for model in _guarded}
    if not tables <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES.format(purging=_PURGING))
        for table in sorted(tables):
            cursor.execute(_TRIGGER.format(table=connection.ops.quote_name(table)))


@contextmanager
def purging(connection):
    """Let the rest of the open transaction take rows out of the log; PostgreSQL forgets it at the end of it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL {_PURGING} = 'on'")
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL {_PURGING} = 'off'")
