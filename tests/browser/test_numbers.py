"""The screens of numbers in a real browser: on a phone and a desk, for those who work with people and those who lead."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from peer_support.recruitment.models_enquiry import EnquirySource
from peer_support.recruitment.models_plan import RecruitmentPlan
from peer_support.testing.factories import CitizenFactory, LeaderFactory, VolunteerFactory

from .looking import faults_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SCREENS = {
    "numbers": "/admin/numbers/",
    "town": "/admin/numbers/?by=town",
    "rows": "/admin/numbers/rows/?figure=enquiries&at=5",
    "waiting": "/admin/numbers/waiting/",
    "recruitment": "/admin/numbers/recruitment/",
}
# Where pictures of the screens are put, if anywhere.
PICTURES = os.environ.get("PEER_PICTURES", "")


@pytest.fixture
def people(initiative):
    today = timezone.localdate()
    source, __ = EnquirySource.objects.get_or_create(name="Biblioteket")
    RecruitmentPlan(initiative=initiative, channel="Biblioteket", source=source, starts_on=today).save()
    for number in range(6):
        CitizenFactory(initiative=initiative, enquired_on=today, postcode="3000")
        VolunteerFactory(
            initiative=initiative, enquired_on=today, heard_of_us="Biblioteket" if number % 2 else ""
        )
    return initiative


def look(page, name, sizes=("desktop", "phone")):
    found = faults_at(page, sizes, name)
    for size in sizes if PICTURES else ():
        page.set_viewport_size(
            {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}[size]
        )
        page.screenshot(path=str(Path(PICTURES) / f"numbers-{name}-{size}.png"), full_page=True)
    return found


def test_the_numbers_on_every_screen(sign_in, coordinator, people):
    page = sign_in(coordinator, "desktop")
    found = []
    for name, address in SCREENS.items():
        page.goto(address)
        found += look(page, name)
    assert found == []


def test_the_numbers_of_a_leader(sign_in, people):
    page = sign_in(LeaderFactory(initiative=people), "desktop")
    page.goto("/admin/numbers/")
    assert look(page, "leader") == []
