"""The world of the permission matrix, built once for each file and never changed: every test rolls back to it."""

import pytest
from django.db import transaction

from .world import build_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two initiatives with the same records, inside a transaction that is rolled back after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def sides(world, db):
    """``{key: Side}``; what a test does to it is gone after the test."""
    return world
