"""Many are taken in at once: everybody gets a number, and no two the same. Runs on SQLite and PostgreSQL."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections
from django.db.models import QuerySet
from wagtail.models import Locale

from peer_support.access.scopes import scope_of
from peer_support.people import services
from peer_support.people.models import Citizen, Volunteer
from peer_support.testing.factories import CoordinatorFactory, InitiativeFactory

MANY = 12

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def place():
    """An initiative with a coordinator, committed, so that every connection sees it."""
    Locale.objects.get_or_create(language_code="da")  # the test before this one emptied every table
    initiative = InitiativeFactory()
    return initiative, CoordinatorFactory(initiative=initiative)


def taken_in_at_once(place, models):
    """Take one of each of ``models`` in, each in a thread; returns the people, and the errors of the database."""
    initiative, user = place
    start = Barrier(len(models))

    def take_in(place_in_line):
        number, model = place_in_line
        try:
            with scope_of(initiative.pk):
                start.wait(timeout=60)
                values = {"first_name": f"Navn{number}", "phone": str(20000000 + number)}
                return services.create_person(
                    model=model, initiative=initiative, values=values, user=user
                ).person
        except IntegrityError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(models)) as pool:
        outcomes = list(pool.map(take_in, enumerate(models)))
    errors = [one for one in outcomes if isinstance(one, IntegrityError)]
    return [one for one in outcomes if not isinstance(one, IntegrityError)], errors


@pytest.mark.parametrize("model", [Citizen, Volunteer])
@pytest.mark.parametrize("many", [2, MANY])
def test_people_who_are_taken_in_at_once_get_a_number_each(place, model, many):
    people, errors = taken_in_at_once(place, [model] * many)
    assert errors == []
    assert sorted(person.number for person in people) == list(range(1, many + 1))


def test_citizens_and_volunteers_are_numbered_apart(place):
    people, errors = taken_in_at_once(place, [Citizen, Volunteer] * 4)
    assert errors == []
    for model in (Citizen, Volunteer):
        numbers = sorted(person.number for person in people if isinstance(person, model))
        assert numbers == [1, 2, 3, 4]


@pytest.mark.postgres
def test_without_the_lock_the_same_race_gives_one_number_twice(place, monkeypatch):
    """The control. SQLite cannot show it: its transactions are exclusive from their first statement."""
    if connection.vendor != "postgresql":
        if os.environ.get("PEER_REQUIRE_POSTGRES") == "1":
            pytest.fail("PEER_REQUIRE_POSTGRES is set, and DATABASE_URL does not name a PostgreSQL")
        pytest.skip("needs PostgreSQL (set DATABASE_URL)")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
    __, errors = taken_in_at_once(place, [Citizen] * MANY)
    assert errors, "the constraint should have refused the second of two equal numbers"
