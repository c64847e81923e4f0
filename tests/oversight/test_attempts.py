"""Whoever asks for another initiative's record is told that there is none, and it is written down."""

import re

import pytest
from django.db import transaction

from peer_support.access import attempts
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make
from tests.security.matrix import Walk, addresses, open_savepoint, routes
from tests.security.world import KEY_B, build_role

pytestmark = pytest.mark.django_db


def refused():
    return AccessLogEntry.objects.filter(action="refused").order_by("pk")


def test_a_changed_number_in_the_address_is_written_down(coordinator_client, coordinator, other_initiative):
    stranger = make.CitizenFactory(initiative=other_initiative)
    assert coordinator_client.get(f"/admin/people/citizen/inspect/{stranger.pk}/").status_code == 404
    row = refused().get()
    assert (row.user, row.model, row.object_id) == (coordinator, "peer_support.citizen", stranger.pk)
    assert row.initiative_id_seen == other_initiative.pk and row.route.endswith(":elsewhere")


def test_a_screen_of_our_own_writes_it_down_too(coordinator_client, other_initiative):
    match = make.MatchFactory(initiative=other_initiative)
    assert coordinator_client.get(f"/admin/matching/matches/{match.pk}/").status_code == 404
    assert [(row.model, row.object_id) for row in refused()] == [("peer_support.match", match.pk)]


def test_a_number_that_nobody_has_and_ones_own_records_are_not_attempts(coordinator_client, initiative):
    citizen = make.CitizenFactory(initiative=initiative)
    assert coordinator_client.get("/admin/people/citizen/inspect/987654/").status_code == 404
    assert coordinator_client.get(f"/admin/people/citizen/inspect/{citizen.pk}/").status_code == 200
    assert not refused().exists()


def test_a_visitor_without_an_account_writes_nothing(client, other_initiative):
    citizen = make.CitizenFactory(initiative=other_initiative)
    assert client.get(f"/admin/people/citizen/inspect/{citizen.pk}/").status_code == 302
    assert not refused().exists()


# Not about a person: texts and guides; and uploads, which only the one who made them may open, also in the same house.
NOT_ABOUT_PEOPLE = re.compile(r"peer_support_(agreements:text|people:guide|people:import_|course_import:)")


def names_a_scoped_record(route):
    return (
        route.is_ours
        and "admin/" in route.pattern
        and re.search(r"pk|_id>|<int:", route.pattern)
        and not NOT_ABOUT_PEOPLE.match(route.name)
    )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from tests.security.world import build_world

    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def unwritten(sides, among=None):
    """Return the routes that answer 404 to another initiative's record and write nothing down."""
    walk = Walk(build_role("coordinator of A", sides), sides)
    found = set()
    for route in filter(names_a_scoped_record, among or routes()):
        for address in addresses(route, KEY_B)[:1]:
            with transaction.atomic():
                savepoint = open_savepoint()
                before = refused().count()
                response = walk.client.get(address)
                if response.status_code == 404 and refused().count() == before:
                    found.add(route.name)
                transaction.savepoint_rollback(savepoint)
    return found


def test_every_screen_that_names_a_record_writes_attempts_down(world):
    assert unwritten(world) == set()


def test_control_screens_that_write_nothing_are_seen(world, monkeypatch):
    monkeypatch.setattr(attempts, "_model_of", lambda error: None)
    only = [route for route in routes() if route.name.startswith("people_citizen_modeladmin")]
    assert unwritten(world, only) >= {"people_citizen_modeladmin_inspect", "people_citizen_modeladmin_edit"}
