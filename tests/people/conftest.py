"""Fixtures of the people room's tests."""

import pytest

from .importing import Importer


@pytest.fixture
def importer(coordinator_client, initiative):
    return Importer(coordinator_client, initiative)
