"""What every public page carries: strict headers, the crisis box, the way out."""

import datetime

import pytest

from peer_support.directory.models import LocalCoordinator
from peer_support.public.models import CrisisHelp

pytestmark = pytest.mark.django_db


def test_a_page_carries_the_crisis_box_the_way_out_and_a_strict_policy(front, client):
    answer = client.get("/")
    page = answer.content.decode()
    assert "70 201 201" in page and 'href="tel:112"' in page
    assert "data-peer-leave" in page
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_hours_are_shown_only_with_the_day_they_were_checked(front, client):
    help_ = CrisisHelp.load()
    help_.hours = "Linjen svarer hver dag."
    help_.save()
    assert "Linjen svarer" not in client.get("/").content.decode()
    help_.hours_checked_on = datetime.date(2026, 11, 1)
    help_.save()
    assert "Linjen svarer hver dag." in client.get("/").content.decode()


def test_the_local_coordinator_is_within_reach(front, client):
    LocalCoordinator.objects.create(name="Bodil fra centret", phone="12 34 56 78")
    assert 'href="tel:+4512345678"' in client.get("/").content.decode()
