"""After a test that really commits, put back what the migrations put in: Wagtail's locale, root page and site.

Django empties every table after such a test, so that a later test would stand on nothing. Its own way of putting things
back asks twice for each row, before and after the test; here whole tables are written at once, and only afterwards.
"""

from itertools import groupby

from django.core import serializers
from django.db import connections, transaction
from django.test import TransactionTestCase

_ground = {}
_rows = {}


def remember():
    """Keep what the migrations made, and let Django put nothing back before a test: it is there already."""
    for alias in connections:
        if content := connections[alias].__dict__.pop("_test_serialized_contents", None):
            _ground[alias] = content
            _rows[alias] = list(serializers.deserialize("json", content, using=alias))


def refill_after_flush():
    """Make every committing test end with the database as the migrations left it. Called once, from conftest."""
    flush = TransactionTestCase._fixture_teardown

    def flush_and_refill(self):
        aliases = self._databases_names(include_mirrors=False)
        for alias in aliases:
            if alias not in _ground or not self.serialized_rollback:
                raise TypeError(
                    "Mark it django_db(transaction=True, serialized_rollback=True): others stand on its ground."
                )
            # With it Django's flush sends no signals that would make half of the rows anew.
            connections[alias]._test_serialized_contents = _ground[alias]
        try:
            flush(self)
        finally:
            for alias in aliases:
                del connections[alias]._test_serialized_contents
        for alias in aliases:
            refill(alias)

    TransactionTestCase._fixture_teardown = flush_and_refill


def refill(alias):
    """Write the remembered rows as they were, table by table; signals and ``auto_now`` have no part in it."""
    connection, rows = connections[alias], _rows[alias]
    with transaction.atomic(using=alias), connection.constraint_checks_disabled():
        for model, found in groupby(rows, key=lambda row: type(row.object)):
            fields = [field for field in model._meta.local_concrete_fields if not field.generated]
            objects = [row.object for row in found]
            size = connection.ops.bulk_batch_size(fields, objects) or len(objects)
            for start in range(0, len(objects), size):
                batch = objects[start : start + size]
                model._base_manager._insert(batch, fields=fields, using=alias, raw=True)
        for row in rows:
            for name, others in (row.m2m_data or {}).items():
                getattr(row.object, name).set(others)
        connection.check_constraints()
