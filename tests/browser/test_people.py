"""Taking people in, in a real browser: what is typed is saved by itself, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen
from peer_support.testing.factories import (
    CitizenFactory,
    LegalHoldFactory,
    StillHereQuestionFactory,
    VolunteerFactory,
)

from .conftest import SIZES
from .looking import faults_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SAVED = "[data-peer-saved]"


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(initiative=initiative, status="enquiry", waiting_since=None, postcode="")


@pytest.fixture
def open_conversation(sign_in, coordinator, citizen):
    """Return a function that opens the conversation in a window of its own."""

    def open_page(size="desktop"):
        page = sign_in(coordinator, size)
        page.goto(f"/admin/people/citizen/{citizen.pk}/conversation/")
        return page

    return open_page


def stored(citizen):
    with scope_of(citizen.initiative_id):
        return Citizen.objects.get(pk=citizen.pk)


def autosaved(page, act):
    """Do ``act`` and wait for the answer of the save that follows it."""
    with page.expect_response("**/autosave/", timeout=15_000) as answer:
        act()
    page.wait_for_function("() => document.querySelector('[data-peer-saved]').dataset.state !== undefined")
    return answer.value.json()


def test_what_is_typed_is_saved_without_a_button(open_conversation, citizen):
    page = open_conversation()
    answer = autosaved(page, lambda: page.fill("textarea[name=wish]", "Musik og ro"))
    expect(page.locator(SAVED)).to_have_text(answer["message"])
    assert stored(citizen).wish == "Musik og ro" and page.faults == []


def test_a_fault_is_said_on_its_field_and_goes_when_it_is_put_right(open_conversation, citizen):
    page = open_conversation()
    answer = autosaved(page, lambda: page.fill("input[name=postcode]", "30"))
    box = page.locator("[data-peer-field=postcode]")
    expect(box.locator(".error-message")).to_have_text(answer["errors"]["postcode"][0])
    expect(page.locator("input[name=postcode]")).to_have_attribute("aria-invalid", "true")
    autosaved(page, lambda: page.fill("input[name=postcode]", "3000"))
    expect(box.locator(".error-message")).to_have_count(0)
    assert stored(citizen).postcode == "3000"


def test_leaving_with_text_that_is_not_saved_asks(open_conversation):
    page = open_conversation()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    autosaved(page, lambda: page.fill("textarea[name=wish]", "Musik"))
    expect(page.locator(SAVED)).to_have_attribute("data-state", "")
    address = page.url
    page.goto("/admin/people/citizen/")
    assert asked == []
    page.goto(address)
    page.fill("textarea[name=wish]", "Musik og mere")
    page.goto("/admin/people/citizen/")
    assert asked == ["beforeunload"]


def test_without_a_connection_the_text_stays_and_is_saved_when_it_is_back(open_conversation, citizen):
    page = open_conversation()
    page.context.set_offline(True)
    page.fill("textarea[name=wish]", "Musik uden net")
    expect(page.locator(SAVED)).to_have_attribute("data-state", "problem", timeout=10_000)
    assert page.input_value("textarea[name=wish]") == "Musik uden net"
    page.context.set_offline(False)
    autosaved(page, lambda: page.press("textarea[name=wish]", "End") or page.type("textarea[name=wish]", "!"))
    assert stored(citizen).wish == "Musik uden net!"


def test_pressing_save_while_a_save_is_on_its_way_is_no_conflict_with_oneself(open_conversation, citizen):
    page = open_conversation()
    page.fill("textarea[name=wish]", "Musik")
    with page.expect_request("**/autosave/", timeout=15_000):
        pass
    page.fill("textarea[name=wish]", "Musik og ro")
    page.click("button[name=save][value=guide]")
    page.wait_for_url("**/conversation/#guide")
    expect(page.locator(".peer-choice")).to_have_count(0)
    assert stored(citizen).wish == "Musik og ro"


def test_two_windows_with_different_words_are_asked_which_should_stand(open_conversation, citizen):
    mine, theirs = open_conversation(), open_conversation()
    autosaved(theirs, lambda: theirs.fill("textarea[name=wish]", "Haven"))
    autosaved(mine, lambda: mine.fill("textarea[name=wish]", "Musik"))
    expect(mine.locator(".peer-choice q")).to_have_text("Haven")
    assert stored(citizen).wish == "Haven" and mine.input_value("textarea[name=wish]") == "Musik"
    autosaved(mine, lambda: mine.check("input[name=choice-wish][value=mine]"))
    expect(mine.locator(".peer-choice")).to_have_count(0)
    assert stored(citizen).wish == "Musik"


def test_without_scripts_every_group_has_a_button_that_saves(sign_in, coordinator, citizen):
    page = sign_in(coordinator, java_script_enabled=False)
    page.goto(f"/admin/people/citizen/{citizen.pk}/conversation/")
    page.fill("textarea[name=wish]", "Musik")
    page.check("input[name=times-1-evening]")
    page.click("button[name=save][value=guide]")
    assert stored(citizen).wish == "Musik" and stored(citizen).times == "ti 17.00-21.00"


def test_the_screens_of_people_are_accessible_and_fit(sign_in, coordinator, initiative, citizen):
    volunteer = VolunteerFactory(initiative=initiative)
    # Left alone, under a hold, and asked whether to go on: all of it stands on one page.
    alone = CitizenFactory(initiative=initiative, restricted_on="2026-08-03")
    LegalHoldFactory(citizen=alone)
    StillHereQuestionFactory(citizen=citizen)
    page, found = sign_in(coordinator), []
    for url in (
        "citizen/",
        "volunteer/",
        "places/",
        "citizen/new/",
        f"citizen/{citizen.pk}/conversation/",
        f"volunteer/{volunteer.pk}/conversation/",
        f"citizen/inspect/{citizen.pk}/",
        f"volunteer/{volunteer.pk}/pause/",
        f"volunteer/{volunteer.pk}/end/",
        "import/",
        "purge/",
        "holds/",
        "../data-protection/",
        "../data-protection/dpia/",
        f"citizen/{alone.pk}/hold/",
        f"citizen/{alone.pk}/everything/",
        f"citizen/inspect/{alone.pk}/",
    ):
        page.set_viewport_size(SIZES["desktop"])
        page.goto(f"/admin/people/{url}")
        found += faults_at(page, ("desktop", "phone"), url)
    assert found == []
