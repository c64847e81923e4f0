"""In a real browser: the professional's page is one sheet of paper, and a film asks nobody before it is pressed."""

import re

import pytest

from tests.pages import building as build
from tests.pages.conftest import front  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def tab(chromium, site):
    """A tab in which every request to another host is noted and stopped."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.strangers, page.faults = [], []

    def answer(route, request):
        if request.url.startswith((site.url, "data:")):
            route.continue_()
        else:
            page.strangers.append(request.url)
            route.fulfill(status=200, content_type="text/html", body="<p>film</p>")

    page.route("**/*", answer)
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_the_professionals_page_is_one_sheet(front, tab):  # noqa: F811
    build.courses()
    build.coordinators(5)
    page = build.professional(
        front, rules=build.points(*((f"Regel {n}", "Det, vi siger, bliver her.") for n in range(5)))
    )
    tab.goto(page.get_url())
    assert pages_of(tab.pdf(prefer_css_page_size=True)) == 1
    longer = build.professional(
        front, rules=build.points(*((f"Regel {n}", "Lang tekst. " * 30) for n in range(30)))
    )
    tab.goto(longer.get_url())
    assert pages_of(tab.pdf(prefer_css_page_size=True)) > 1, "the control"


def test_a_poster_and_a_flyer_are_one_and_two_sheets(front, tab):  # noqa: F811
    page = build.recruitment(front, faces=build.faces(build.full_story(front)))
    for size, sheets in (("a4", 1), ("a5", 2)):
        tab.goto(f"{page.get_url()}?print={size}")
        assert pages_of(tab.pdf(prefer_css_page_size=True, print_background=True)) == sheets
    assert tab.strangers == []
    assert [fault for fault in tab.faults if "Content Security Policy" in fault] == []


def test_a_film_asks_its_host_only_after_play_is_pressed(front, tab):  # noqa: F811
    page = build.full_story(front)
    tab.goto(page.get_url())
    tab.wait_for_load_state("networkidle")
    assert tab.strangers == []
    tab.click("a[data-peer-film]")
    frame = tab.locator("iframe.peer-film__screen")
    frame.wait_for()
    assert frame.get_attribute("title") == "Mia fortæller"
    assert tab.strangers and all(
        url.startswith("https://player.vimeo.com/video/123456") for url in tab.strangers
    )
    assert [fault for fault in tab.faults if "Content Security Policy" in fault] == []
