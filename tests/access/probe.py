"""Fixtures and small helpers of the tests of the hardened base."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission

from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, UserFactory

BASE = "/admin/probe/citizen/"
OBJECT_VIEWS = ("inspect", "edit", "delete", "history")


@pytest.fixture
def own(initiative):
    return CitizenFactory(initiative=initiative, first_name="Marehalm", last_name="Askholt", travel_km=0)


@pytest.fixture
def foreign(other_initiative):
    return CitizenFactory(initiative=other_initiative, first_name="Fremmed", last_name="Kanarie")


@pytest.fixture
def intruder(initiative):
    """May enter the admin and is assigned, and holds no permission on people."""
    user = UserFactory(initiative=initiative)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def logged(action, obj=None):
    """Return how many rows of the access log say ``action``."""
    rows = AccessLogEntry.objects.filter(action=action)
    return rows.filter(object_id=obj.pk).count() if obj else rows.count()


def csv_rows(response):
    return list(csv.reader(io.StringIO(response.content.decode())))


def refused(response):
    """Whether ``response`` is Wagtail's own refusal: back to the front page, with a message."""
    return response.status_code == 302 and response["Location"] == "/admin/"


def find(client, name):
    """Search for ``name`` in the box above the list."""
    return client.post(BASE, {"name": name})
