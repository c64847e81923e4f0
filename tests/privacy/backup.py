"""A backup of every row of every table, and its restore, inside a test's own transaction."""

from datetime import time

from django.apps import apps
from django.db import connection, transaction

from peer_support.privacy.log_guard import purging


def _tables():
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted({model._meta.db_table for model in models} & set(connection.introspection.table_names()))


def _writable(value):
    # SQLite reads a time of day, and does not write one.
    return connection.ops.adapt_timefield_value(value) if isinstance(value, time) else value


def backup():
    """Return ``{table: (columns, rows)}`` of everything that is in the database now."""
    copy = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            copy[table] = (names, [tuple(map(_writable, row)) for row in cursor.fetchall()])
    return copy


def restore(copy):
    """Put every table back as it was: what came since is gone, and what went is there again."""
    quote = connection.ops.quote_name
    # References are looked at when the transaction ends, so the order of the tables does not matter.
    with transaction.atomic(), purging(connection), connection.cursor() as cursor:
        for table in copy:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table, (columns, rows) in copy.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            if rows:
                cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)
