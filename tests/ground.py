"""After a test that really commits, put back what the migrations put in: Wagtail's locale, root page and site.

Django empties every table after such a test, so that a later test would stand on nothing.
"""

from django.db import connections
from django.test import TransactionTestCase

_ground = {}


def remember():
    """Keep what the migrations made. A browser's event loop gives a test a connection that does not know it."""
    for alias in connections:
        if content := getattr(connections[alias], "_test_serialized_contents", None):
            _ground[alias] = content


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
            connections[alias]._test_serialized_contents = _ground[alias]
        flush(self)
        for alias in aliases:
            connections[alias].creation.deserialize_db_from_string(_ground[alias])

    TransactionTestCase._fixture_teardown = flush_and_refill
