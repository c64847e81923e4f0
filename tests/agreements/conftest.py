import datetime

import pytest
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.agreements import services
from peer_support.agreements.links import signing_link
from peer_support.testing import factories as make

TODAY = timezone.localdate


@pytest.fixture
def volunteer(initiative):
    """An approved volunteer without a contract."""
    return make.VolunteerFactory(
        initiative=initiative, first_name="Alma", last_name="Ravnsø", contract_on=None, phone="20304050"
    )


@pytest.fixture
def contract(volunteer, coordinator):
    """A contract that is ready to sign."""
    with scope_of(volunteer.initiative_id):
        return services.make_ready(
            volunteer=volunteer,
            kind="contract",
            typed={
                "starts": TODAY(),
                "until": TODAY() + datetime.timedelta(days=364),
                "work": "Du går ture med en borger.",
                "place": "Biblioteket",
                "hours": "4 timer om måneden",
            },
            user=coordinator,
        )


@pytest.fixture
def match(initiative):
    """An active match with an agreement."""
    return make.MatchFactory(
        initiative=initiative,
        state="active",
        hours_a_week=2,
        place="Biblioteket ved åen",
        goals="Komme ud hver uge.",
        citizen=make.CitizenFactory(
            initiative=initiative, first_name="Cilje", last_name="Hemmelig", phone="61626364"
        ),
        volunteer=make.VolunteerFactory(
            initiative=initiative, first_name="Birk", last_name="Lukket", phone="51525354"
        ),
    )


def address_of(paper):
    """Return the address on which ``paper`` is signed."""
    with scope_of(paper.initiative_id):
        return f"/peer/underskriv/{signing_link(paper).token}/"


def press(client, address, **values):
    """Send the form that stands on the page at ``address``, with ``values`` in it."""
    page = client.get(address)
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data["form_seen"] = "fast"
    return client.post(address, {**data, **values})
