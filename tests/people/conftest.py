"""Fixtures of the people room's tests."""

import pytest
from django.utils import translation

from peer_support.testing.factories import CoordinatorFactory

from .importing import Importer


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language they are written in; the catalogue has tests of its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def importer(coordinator_client, initiative):
    return Importer(coordinator_client, initiative)


@pytest.fixture
def colleague_client(initiative, client_for):
    """Another coordinator of the same initiative."""
    return client_for(CoordinatorFactory(initiative=initiative, first_name="Jonas"))
