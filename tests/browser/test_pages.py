"""Every public page in every state, in a real browser: accessible, nothing sideways, nobody else asked, nothing refused."""

import pytest
from django.db import transaction

from peer_support.public.headers import content_security_policy
from peer_support.public.leave import leave_address
from tests.pages.conftest import front  # noqa: F401
from tests.pages.states import Pressed, load_all

from .looking import broken_rules, sideways
from .served import HOME, Served, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.one_database]
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
CONTRAST = ["color-contrast"]
STATES = load_all()

BAD = f"""<!doctype html><html lang="da"><title>Kontrol</title>
<body><main><img src="{HOME}/static/peer_support/public/icon.svg"><p style="color: red"><font color="#bbbbbb">Svag tekst</font></p>
<div class="too-wide"><div>{"x" * 400}</div></div><script>document.title = "ran"</script>
<img alt="" src="https://elsewhere.example/pixel.gif"></main></body></html>"""


@pytest.fixture
def served(chromium, db):
    """One window that this process answers."""
    context = chromium.new_context(viewport=WIDE, locale="da-DK", reduced_motion="reduce")
    policy = content_security_policy()
    extra = {
        "/control/": ({"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}, BAD)
    }
    yield Served(context, extra)
    context.close()


def look(served, page, address):
    """Return everything that is wrong with the page at ``address``, at both widths and in the dark."""
    answer = page.goto(HOME + address)
    if isinstance(address, Pressed):
        with page.expect_navigation() as sent:
            page.locator("main form :is(button:not([type=button]), [type=submit])").first.click()
        answer = sent.value
    found = []
    # Colours do not hang on the width; to measure them is what takes time, so that is done once light and once dark.
    for size, but in ((WIDE, CONTRAST), (NARROW, ())):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {fault}" for fault in [*broken_rules(page, but=but), *sideways(page)]]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in broken_rules(page, only=CONTRAST)]
    page.emulate_media(color_scheme="light")
    found += [f"policy: {refused}" for refused in violations(page)]
    # A page that is rightly gone is told to the console by the browser itself.
    gone = answer.status in (404, 410, 429)
    found += [
        f for f in served.take_faults() if not (gone and f.startswith("console: Failed to load resource"))
    ]
    return found


def test_every_page_in_every_state_is_accessible_fits_and_asks_nobody_else(served, front):  # noqa: F811
    page, wrong = served.open_page(), {}
    for name, build in STATES.items():
        with transaction.atomic():
            found = look(served, page, build(front))
            transaction.set_rollback(True)
        front.refresh_from_db()
        if found:
            wrong[name] = found
    if found := look(served, page, leave_address()):
        wrong["the page that the way out leads to"] = found
    assert not wrong, "\n".join(f"{name}: {fault}" for name, found in wrong.items() for fault in found)


def test_control_the_walk_sees_what_is_wrong(served, front):  # noqa: F811
    page = served.open_page()
    found = "\n".join(look(served, page, "/control/"))
    for fault in ("image-alt", "color-contrast", "(wide)", "script-src", "style-src", "elsewhere.example"):
        assert fault in found, fault
    assert page.title() == "Kontrol", "the policy lets no script of the page itself run"


# The way out


@pytest.fixture
def reader(served, front):  # noqa: F811
    """A window on the front page, with a page before it."""
    page = served.open_page()
    page.goto(HOME + "/peer/kalender/?before")
    page.goto(HOME + "/")
    return page


def press_shift(page):
    page.keyboard.press("Shift")


def spoken(page):
    return page.locator("[role=status]").inner_text()


def test_shift_three_times_leaves_and_back_does_not_return(reader):
    press_shift(reader)
    assert "to gange til" in spoken(reader)
    press_shift(reader)
    assert "én gang til" in spoken(reader)
    with reader.expect_navigation(url="**/peer/kalender/"):
        press_shift(reader)
    assert "Eksempel" not in reader.content() and "peer" not in reader.content().replace("peer_support", "")
    reader.go_back()
    assert reader.url.endswith("?before")


def test_writing_in_capitals_and_tabbing_backwards_leave_nobody(reader):
    for __ in range(3):
        reader.keyboard.press("Shift+A")
        reader.keyboard.press("Shift+Tab")
        press_shift(reader)
    assert reader.url == HOME + "/"


def test_the_button_leaves_with_the_keyboard_and_replaces_the_page(reader):
    reader.locator("[data-peer-leave]").focus()
    with reader.expect_navigation(url="**/peer/kalender/"):
        reader.keyboard.press("Enter")
    reader.go_back()
    assert reader.url.endswith("?before")


def test_without_scripts_the_button_is_a_link(chromium, front):  # noqa: F811
    context = chromium.new_context(java_script_enabled=False, viewport=NARROW)
    page = Served(context).open_page()
    page.goto(HOME + "/")
    page.click("[data-peer-leave]")
    assert page.url == HOME + "/peer/kalender/"
    context.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_bar_covers_neither_the_text_nor_what_has_the_focus(reader, size):
    reader.set_viewport_size(size)
    bar = reader.locator(".peer-bar").bounding_box()
    main = reader.locator("main").bounding_box()
    assert main["y"] >= bar["y"] + bar["height"]
    assert reader.locator("[data-peer-leave]").bounding_box()["height"] >= 44
    reader.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    for __ in range(12):
        reader.keyboard.press("Shift+Tab")
        top = reader.evaluate(
            """() => {
                const here = document.activeElement;
                const free = here.matches("body") || here.closest(".peer-bar, .peer-skip");
                return free ? Infinity : here.getBoundingClientRect().top;
            }"""
        )
        assert top >= bar["height"]
