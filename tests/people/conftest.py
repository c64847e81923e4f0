"""Fixtures of the people room's tests."""

import pytest
from django.utils import translation

from .importing import Importer


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language they are written in; the catalogue has tests of its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def importer(coordinator_client, initiative):
    return Importer(coordinator_client, initiative)
