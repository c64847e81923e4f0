"""Many volunteers say yes to one accompaniment at the same moment, each through the page behind their own link.

The same test runs on SQLite with fewer, and on PostgreSQL with 64 connections. On PostgreSQL there are controls too,
for those who have all read the request as open and then write one after the other: without the lock the constraint
still lets one win, and without both the trip is overbooked.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock, get_ident

import pytest
from django.db import connection, connections
from django.test import Client
from wagtail.models import Locale

from peer_support.access.scopes import scope_of
from peer_support.followup import services_accompaniment as services
from peer_support.followup.models_accompaniment import Accompaniment, AccompanimentEvent, AccompanimentOffer
from peer_support.testing.factories import CoordinatorFactory, InitiativeFactory

from ..courses.test_enrolment_races import needs_postgres  # noqa: F401 - a fixture
from .test_accompaniment_links import KIND
from .trips import asked, link_to

POSTGRES = connection.vendor == "postgresql"
MANY = 64 if POSTGRES else 10

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def house():
    """A trip that many are asked about, committed: ``(initiative, trip, addresses of the links)``."""

    def build(count):
        Locale.objects.get_or_create(language_code="da")  # the test before this one emptied every table
        initiative = InitiativeFactory()
        user = CoordinatorFactory(initiative=initiative)
        trip, offers = asked(initiative, user, count)
        return initiative, trip, [link_to(offer) for offer in offers]

    return build


def all_say_yes(addresses, afterwards=lambda: None):
    """Press "yes" on every link at once, a thread and a connection each; returns the responses or what was raised."""
    start = Barrier(len(addresses))

    def press(number, address):
        client = Client(REMOTE_ADDR=f"198.51.100.{number + 1}")
        try:
            seen = client.get(address).context["seen"]
            start.wait(timeout=120)
            return client.post(address, {"answer": "yes", "seen": seen})
        except Exception as error:
            return error
        finally:
            afterwards()
            connections.close_all()

    with ThreadPoolExecutor(len(addresses)) as pool:
        return list(pool.map(press, range(len(addresses)), addresses))


def check(initiative, trip, responses):
    """One is led to the page of the one who goes along, all the others read the kind sentence, and nobody a fault."""
    assert [one for one in responses if isinstance(one, Exception)] == []
    codes = sorted(response.status_code for response in responses)
    assert codes == [200] * (len(responses) - 1) + [302]
    assert all(KIND in one.content.decode() for one in responses if one.status_code == 200)
    with scope_of(initiative.pk):
        states = sorted(AccompanimentOffer.objects.values_list("state", flat=True))
        assert states == ["accepted"] + ["late"] * (len(responses) - 1)
        assert Accompaniment.objects.get(pk=trip.pk).state == "accepted"
        assert AccompanimentEvent.objects.filter(action="accept").count() == 1
        assert not AccompanimentOffer.objects.filter(answered_at=None).exists()


def test_all_say_yes_at_once_and_one_goes_along(house):
    initiative, trip, addresses = house(MANY)
    check(initiative, trip, all_say_yes(addresses))


def without_the_lock(monkeypatch, count):
    """Everybody reads the trip as it is; when all have read, they go on one after the other, as a slow network may.

    Returns what each calls when it is through.
    """
    read, turn, has_turn = Barrier(count), Lock(), set()

    def locked(pk):
        trip = Accompaniment.objects.get(pk=pk)
        read.wait(timeout=60)
        turn.acquire()
        has_turn.add(get_ident())
        return trip

    def through():
        if get_ident() in has_turn:
            turn.release()

    monkeypatch.setattr(services, "_locked", locked)
    return through


@pytest.mark.postgres
def test_without_the_lock_the_constraint_still_lets_one_win(needs_postgres, house, monkeypatch):  # noqa: F811
    initiative, trip, addresses = house(8)
    through = without_the_lock(monkeypatch, 8)
    check(initiative, trip, all_say_yes(addresses, through))


@pytest.mark.postgres
def test_without_the_lock_and_the_constraint_the_trip_is_overbooked(needs_postgres, house, monkeypatch):  # noqa: F811
    initiative, __, addresses = house(8)
    through = without_the_lock(monkeypatch, 8)
    wall = next(one for one in AccompanimentOffer._meta.constraints if one.name == "peer_trip_one_goes_along")
    with connection.schema_editor() as editor:
        editor.remove_constraint(AccompanimentOffer, wall)
    try:
        all_say_yes(addresses, through)
        with scope_of(initiative.pk):
            assert AccompanimentOffer.objects.filter(state="accepted").count() > 1
    finally:
        with scope_of(initiative.pk):
            AccompanimentOffer.objects.update(state="late")
        with connection.schema_editor() as editor:
            editor.add_constraint(AccompanimentOffer, wall)
