"""The directory with scripts: the list follows the filters, and nobody loses their place."""

import pytest

from tests.pages.conftest import front  # noqa: F401
from tests.pages.directory_rows import make_directory, make_initiative

from .served import HOME, Served

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def reader(chromium, front):  # noqa: F811
    url = make_directory(front).get_url()
    make_initiative("Haven", ["Køge"], ["form:one-to-one"])
    make_initiative("Caféen", ["Aarhus"], ["form:open-group"])
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    served = Served(context)
    page = served.open_page()
    page.goto(HOME + url)
    yield page
    assert served.take_faults() == []
    context.close()


def test_the_list_follows_a_filter_and_the_focus_stays(reader):
    cards = reader.locator(".peer-card__title")
    reader.evaluate("() => { window.stayed = true; }")
    reader.locator("#facet-form > summary").click()
    reader.locator("#f-form-one-to-one").focus()
    reader.keyboard.press("Space")
    cards.nth(1).wait_for(state="detached")
    assert reader.locator("#found").inner_text() == reader.locator("[data-peer-status]").inner_text()
    assert "form=one-to-one" in reader.url
    assert reader.evaluate("() => window.stayed && document.activeElement.id") == "f-form-one-to-one"
    assert reader.locator("#facet-form").get_attribute("open") is not None
    reader.locator(".peer-chip").click()
    cards.nth(1).wait_for()


def test_a_dot_of_the_map_is_a_link_for_the_keyboard(reader):
    dot = reader.locator(".peer-map a", has_text="Køge")
    dot.focus()
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    assert "municipality=0259" in reader.url
    assert reader.locator(".peer-card__title").count() == 1
