"""The year's report in a real browser: the page where it is chosen, and the report itself on a phone and a desk."""

import pytest
from django.urls import reverse

from peer_support.testing.factories import CitizenFactory, InitiativeFactory, VolunteerFactory

from .looking import faults_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_the_report_on_every_screen(sign_in, coordinator, initiative):
    CitizenFactory.create_batch(7, initiative=initiative)
    VolunteerFactory.create_batch(6, initiative=initiative)
    CitizenFactory.create_batch(2, initiative=InitiativeFactory())
    page = sign_in(coordinator, "desktop")
    found = []
    for name in ("choose", "print"):
        page.goto(reverse(f"peer_support_report:{name}"))
        found += faults_at(page, ("desktop", "phone"), name)
    assert found == []
