"""What the tests of the data officer's desk share."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from peer_support.testing import factories as make


@pytest.fixture
def officer(initiative):
    """The data officer of ``initiative``."""
    return make.OfficerFactory(
        initiative=initiative,
        username="dpo",
        first_name="Dorte",
        last_name="Dataholm",
        email="dpo@example.com",
    )


@pytest.fixture
def coordinator(initiative):
    """A coordinator whose last name nobody has whom the factories make: one rule compares last names."""
    return make.CoordinatorFactory(
        initiative=initiative, username="mette", first_name="Mette", last_name="Ulvedal"
    )


@pytest.fixture
def officer_client(officer, client_for):
    """A browser in which the data officer is signed in."""
    return client_for(officer)


@pytest.fixture
def noon():
    """Return a function: noon of a day some days ago, here."""

    def at(days=1, hour=12, minute=0):
        day = timezone.localdate() - timedelta(days=days)
        return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))

    return at
