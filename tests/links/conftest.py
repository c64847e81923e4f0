"""A pair and the addresses of its links."""

import pytest

from peer_support.access.scopes import scope_of
from tests.pages.states_links import address_of, booked, met, pair, running

__all__ = ["address_of", "booked", "met", "pair", "running"]


def fresh(match):
    """Return the match as it stands in the database."""
    with scope_of(match.initiative_id):
        return type(match).objects.select_related("citizen", "volunteer").get(pk=match.pk)


@pytest.fixture
def scope():
    """Return ``scope(record)``: the scope of the record's initiative."""
    return lambda record: scope_of(record.initiative_id)
