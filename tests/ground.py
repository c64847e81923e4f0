"""After a test that really commits, put back what the migrations put in: Wagtail's locale, root page and site.

Django empties every table after such a test, so that a later test would stand on nothing.
"""

from django.db import connections
from django.test import TransactionTestCase


def refill_after_flush():
    """Make every committing test end with the database as the migrations left it. Called once, from conftest."""
    flush = TransactionTestCase._fixture_teardown

    def flush_and_refill(self):
        flush(self)
        for alias in self._databases_names(include_mirrors=False):
            connection = connections[alias]
            content = getattr(connection, "_test_serialized_contents", None)
            if not (content and self.serialized_rollback):
                raise TypeError(
                    "Mark it django_db(transaction=True, serialized_rollback=True): others stand on its ground."
                )
            connection.creation.deserialize_db_from_string(content)

    TransactionTestCase._fixture_teardown = flush_and_refill
