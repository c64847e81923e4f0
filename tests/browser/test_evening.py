"""A facilitator's whole evening on a telephone: the plan, one tap a person, no net, saved; and two at once."""

import os
from pathlib import Path

import pytest

from peer_support.access.scopes import scope_of
from peer_support.courses.models import Session
from tests.courses.attendance import Group

from .conftest import SIZES, _note_stranger
from .looking import broken_rules, sideways

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"


@pytest.fixture
def phone(chromium, site):
    """A telephone without an account; ``faults`` keeps what goes wrong on its page."""
    context = chromium.new_context(viewport=SIZES["phone"], base_url=site.url, locale="da-DK", has_touch=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(f"script: {error}"))
    page.on("request", lambda request: _note_stranger(page, request, site.url))
    yield page
    context.close()


@pytest.fixture
def group(initiative):
    found = Group(initiative)
    with scope_of(initiative.pk):
        found.today.aim = "At lære hinandens navne, og hvad vi gerne vil."
        found.today.title = "Velkommen"
        found.today.save()
        found.today.attendance.create(
            initiative=initiative, enrolment=found.people[3], mark="apologies", by="participant"
        )
    return found


def picture(page, name):
    """Keep a picture for the documentation, where PEER_PICTURES=1 asks for it."""
    if os.environ.get("PEER_PICTURES") == "1":
        page.screenshot(path=str(PICTURES / f"evening-{name}-390.png"))


def tap(page, name, mark):
    page.locator(".sheet__row", has_text=name).first.get_by_role("radio", name=mark, exact=True).click()


def marks_of(group):
    with scope_of(group.initiative.pk):
        return dict(group.today.attendance.values_list("enrolment_id", "mark"))


def test_an_evening_on_the_telephone(phone, group):
    page, address = phone, group.address()
    with scope_of(group.initiative.pk):
        coming = group.address(group.sessions[-1])
    page.goto(coming)
    page.get_by_role("heading", name="Hvem vi venter").wait_for()
    picture(page, "1-before")

    page.goto(address)
    assert page.get_by_text("Har sendt afbud").first.is_visible()
    assert broken_rules(page) == [] and sideways(page) == []
    picture(page, "2-plan")
    tap(page, "Bo", "Kom")
    tap(page, "Amina", "Sent")
    assert "3 af 4" in page.locator("[data-sheet-status]").inner_text()
    page.get_by_role("checkbox", name="Velkomst").check()
    page.locator("#sheet-note").fill("En god aften. Husk flere kopper.")
    tap(page, "Bo", "Kom ikke")
    tap(page, "Bo", "Kom ikke")
    assert "2 af 4" in page.locator("[data-sheet-status]").inner_text(), "one more tap takes it away"
    tap(page, "Bo", "Kom")
    page.locator(".sheet__row").first.scroll_into_view_if_needed()
    picture(page, "3-ticked")

    page.context.set_offline(True)
    page.get_by_role("button", name="Gem").click()
    page.get_by_text("Der er ingen forbindelse").wait_for()
    picture(page, "4-no-net")
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert page.locator("#sheet-note").input_value().startswith("En god aften")
    assert marks_of(group) == {group.people[3].pk: "apologies"}

    page.context.set_offline(False)
    page.get_by_text("Gemt. Tak for i dag.").wait_for()
    picture(page, "5-saved")
    assert broken_rules(page) == []
    found = marks_of(group)
    assert found[group.people[1].pk] == "present" and list(found.values()).count("late") == 1
    with scope_of(group.initiative.pk):
        assert Session.objects.get(pk=group.today.pk).note == "En god aften. Husk flere kopper."
    page.goto(address)
    assert (
        page.locator(".sheet__row", has_text="Bo").locator("input:checked").get_attribute("value")
        == "present"
    )
    assert page.faults == []


def test_two_telephones_at_once_and_a_clash_is_told(phone, group, chromium, site):
    page, address = phone, group.address()
    page.goto(address)
    other = chromium.new_context(viewport=SIZES["phone"], base_url=site.url, locale="da-DK").new_page()
    other.set_default_timeout(10_000)
    other.goto(address)
    tap(other, "Bo", "Kom")
    other.get_by_role("button", name="Gem").click()
    other.get_by_text("Gemt. Tak for i dag.").wait_for()
    other.context.close()
    tap(page, "Bo", "Kom ikke")
    tap(page, "Amina", "Kom")
    page.get_by_role("button", name="Gem").click()
    page.get_by_text("I har skrevet to på samme tid").wait_for()
    assert page.locator(".sheet__row--clash").count() == 1
    picture(page, "6-two-at-once")
    page.get_by_role("button", name="Gem").click()
    page.get_by_text("Gemt. Tak for i dag.").wait_for()
    assert marks_of(group)[group.people[1].pk] == "absent"


def test_without_a_script_the_sheet_is_a_plain_form(chromium, site, group):
    context = chromium.new_context(
        viewport=SIZES["phone"], base_url=site.url, locale="da-DK", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(group.address())
    tap(page, "Bo", "Kom")
    page.get_by_role("button", name="Gem").click()
    page.get_by_text("Gemt. Tak for i dag.").wait_for()
    assert marks_of(group)[group.people[1].pk] == "present"
    context.close()
