"""Fixtures that every room's tests share. People are invented; see ``peer_support.testing.factories``."""

import gc
import os

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.urls import get_resolver
from django.utils import translation

from peer_support.access.scopes import scope_of

from .ground import refill_after_flush, remember

refill_after_flush()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Look seldom for rubbish, and never among the two thousand modules: it took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """Make the test database, and keep what the migrations put in."""
    if os.environ.get("PEER_TEST_DB_IS_READY"):
        # Planted faults are looked for in hundreds of runs on one database (tests/mutation.py).
        connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
        yield
        with django_db_blocker.unblock():
            connections.close_all()
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        remember()
    yield


@pytest.fixture(scope="session", autouse=True)
def admin_read_in_danish():
    """Read the admin's addresses in the site's language: some of Wagtail's texts stay as they were first read."""
    with translation.override("da"):
        get_resolver().url_patterns  # noqa: B018


@pytest.fixture(autouse=True)
def nothing_cached():
    """What one test has read is no other test's."""
    cache.clear()


@pytest.fixture
def initiative(db):
    """The initiative that ``coordinator`` works for."""
    from peer_support.testing.factories import InitiativeFactory

    return InitiativeFactory(title="Fjordens peers")


@pytest.fixture
def other_initiative(db):
    """Somebody else's initiative."""
    from peer_support.testing.factories import InitiativeFactory

    return InitiativeFactory(title="Åens peers")


@pytest.fixture
def coordinator(initiative):
    """A coordinator of ``initiative`` and of no other."""
    from peer_support.testing.factories import CoordinatorFactory

    return CoordinatorFactory(initiative=initiative, username="mette", first_name="Mette")


@pytest.fixture
def client_for(db):
    """Return a function that signs a user in: ``client_for(user).get("/admin/")``."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def coordinator_client(coordinator, client_for):
    """A browser in which ``coordinator`` is signed in."""
    return client_for(coordinator)


@pytest.fixture
def in_scope(initiative):
    """The test runs inside the scope of ``initiative``."""
    with scope_of(initiative.pk):
        yield initiative


# What these say does not depend on the database; the run on PostgreSQL leaves them out.
ONE_DATABASE = (
    "tests/matching/engine/",
    "tests/directory/document/",
    "tests/danish_admin/",
    "tests/locale/",
    "tests/pages/test_lix.py",
    "tests/pages/test_posters.py",
    "tests/pages/test_queries.py",
    "tests/pages/test_weight.py",
    "tests/public/test_pdf.py",
    "tests/recruitment/test_fuzz.py",
    "tests/courses/test_ics.py",
    "tests/courses/test_schedule.py",
    "tests/courses/test_screens.py",
    "tests/security/test_public.py",
    "tests/security/test_matrix.py",
    "tests/security/test_routes.py",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith(ONE_DATABASE):
            item.add_marker(pytest.mark.one_database)
