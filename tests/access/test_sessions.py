"""Those who work with people are signed out after a while, and never in the middle of what they write."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.signals import user_logged_in
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from peer_support.access.sessions import GRACE, HOUR, SEEN, SIGNED_IN
from peer_support.testing.factories import (
    AnalystFactory,
    DeputyFactory,
    EditorFactory,
    LeaderFactory,
    OfficerFactory,
)

WAITING = "peer_support_matching:waiting"
pytestmark = pytest.mark.django_db


def aged(client, **ages):
    """Make the session of ``client`` older: ``seen`` and ``signed_in`` in seconds ago."""
    client.get("/admin/")
    session = client.session
    for name, key in (("seen", SEEN), ("signed_in", SIGNED_IN)):
        if name in ages:
            session[key] = int(time.time()) - ages[name]
    session.save()
    return client


def is_in(client):
    return client.get(reverse(WAITING)).status_code == 200


def test_a_click_in_time_keeps_the_session(coordinator_client):
    client = aged(coordinator_client, seen=3 * HOUR - 60, signed_in=11 * HOUR)
    assert is_in(client)
    assert int(time.time()) - client.session[SEEN] < 60


@pytest.mark.parametrize("ages", [{"seen": 3 * HOUR + 60}, {"seen": 10, "signed_in": 12 * HOUR + 60}])
def test_the_session_ends_after_three_hours_of_quiet_or_twelve_in_all(coordinator_client, ages):
    client = aged(coordinator_client, **ages)
    answer = client.get(reverse(WAITING))
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("wagtailadmin_login"))
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_the_limits_are_the_hosts_to_set(coordinator_client, settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "STAFF_IDLE_HOURS": 0, "STAFF_SESSION_HOURS": 0}
    assert is_in(aged(coordinator_client, seen=1000 * HOUR, signed_in=1000 * HOUR))


def test_a_form_that_was_begun_in_time_is_still_taken(coordinator_client, initiative):
    form = {"initiative": initiative.pk, "first_name": "Asta"}
    new = reverse("people_citizen_modeladmin_create")
    late = aged(coordinator_client, seen=3 * HOUR + GRACE - 60)
    answer = late.post(new, form)
    assert answer.status_code == 200 and 'value="Asta"' in answer.content.decode()
    too_late = aged(coordinator_client, seen=3 * HOUR + GRACE + 60)
    assert too_late.post(new, form)["Location"].startswith(reverse("wagtailadmin_login"))


def test_who_works_with_nobody_is_left_alone(client_for):
    client = client_for(EditorFactory())
    session = client.session
    session[SEEN] = session[SIGNED_IN] = 0
    session.save()
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("factory", [LeaderFactory, AnalystFactory, OfficerFactory, DeputyFactory])
@pytest.mark.parametrize("ages", [{"seen": 3 * HOUR + 60}, {"seen": 10, "signed_in": 12 * HOUR + 60}])
def test_the_limits_hold_for_everybody_with_a_task(client_for, initiative, factory, ages):
    """An officer reads the log, an analyst takes answers out: their screens are left open too."""
    client = aged(client_for(factory(initiative=initiative)), seen=10)
    assert client.get("/admin/").status_code == 200, "the control: in time"
    answer = aged(client, **ages).get("/admin/")
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("wagtailadmin_login"))
    assert "_auth_user_id" not in client.session


def test_a_task_that_is_over_or_comes_later_counts_for_nothing(client_for, initiative):
    user = OfficerFactory(initiative=initiative)
    user.peer_assignments.update(valid_until=timezone.localdate() - timedelta(days=1))
    client = client_for(user)
    session = client.session
    session[SEEN] = session[SIGNED_IN] = 0
    session.save()
    assert client.get("/admin/").status_code == 200


def test_signing_in_starts_the_clock_anew(coordinator, client):
    request = RequestFactory().get("/")
    request.session = client.session
    request.session[SIGNED_IN] = 0
    user_logged_in.send(sender=type(coordinator), request=request, user=coordinator)
    assert time.time() - request.session[SIGNED_IN] < 5


def test_another_session_dies_when_the_password_is_changed(coordinator, client_for):
    elsewhere = client_for(coordinator)
    assert is_in(elsewhere)
    coordinator.set_password("helt-nyt-og-langt-7")
    coordinator.save()
    assert not is_in(elsewhere)


def test_the_sessions_key_is_another_after_signing_in(coordinator, client):
    coordinator.set_password("helt-nyt-og-langt-7")
    coordinator.save()
    login = reverse("wagtailadmin_login")
    client.get(login)
    client.cookies["sessionid"] = before = "a" * 32
    client.post(login, {"username": coordinator.username, "password": "helt-nyt-og-langt-7"})
    assert is_in(client) and client.cookies["sessionid"].value != before
