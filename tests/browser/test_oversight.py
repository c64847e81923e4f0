"""The data officer's desk in a real browser: readable at both widths, and a note is written without a script."""

import pytest
from django.urls import reverse

from peer_support.oversight.models import ReviewNote
from peer_support.privacy.sealing import seal_log
from peer_support.testing import factories as make
from peer_support.testing.factories_oversight import seen

from .conftest import SIZES
from .looking import faults_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
DESK = "/admin/oversight/"


@pytest.fixture
def officer(initiative):
    return make.OfficerFactory(initiative=initiative, username="dpo", email="dpo@example.com")


@pytest.fixture
def log(initiative, coordinator):
    people = make.CitizenFactory.create_batch(60, initiative=initiative, last_name=coordinator.last_name)
    seen(*people, user=coordinator)
    seen(*people[:3], user=coordinator, action="export")
    seal_log()
    return people


def test_every_screen_can_be_read_at_both_widths(sign_in, officer, coordinator, log):
    page = sign_in(officer, locale="da-DK")
    found = []
    addresses = ["", "seals/", "review/", "log/", "log/?case=7", "log/?case=x", "breach/", "breach/?since=x"]
    for path in [*addresses, f"breach/?account={coordinator.pk}"]:
        page.goto(DESK + path)
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        found += faults_at(page, SIZES, path or "desk")
    page.locator("input[name=with_cases]").check()
    page.get_by_role("button", name="Vis til print").click()
    page.wait_for_load_state("load")
    found += faults_at(page, SIZES, "report")
    page = sign_in(coordinator, locale="da-DK")
    page.goto(reverse("peer_support_people:citizen_seen", args=[log[0].pk]))
    found += faults_at(page, SIZES, "who has looked")
    assert found == []


def test_a_note_is_written_without_a_script(sign_in, officer, log):
    # On a phone Wagtail's own menu lies over the page until its script has run.
    page = sign_in(officer, "desktop", locale="da-DK", java_script_enabled=False)
    page.goto(f"{DESK}review/")
    line = page.locator(".officer-line").first
    line.locator("summary").click()
    line.locator("input[value=talk]").check()
    line.locator("textarea").fill("Vi taler om det på fredag")
    line.locator("button[type=submit]").click()
    page.get_by_text("Vi taler om det på fredag").first.wait_for()
    assert ReviewNote.objects.get().verdict == "talk"
    assert "Vi taler om det på fredag" in page.locator("main").inner_text()
