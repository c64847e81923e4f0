"""A real browser against a running site. Without Chromium the tests are skipped, unless PEER_REQUIRE_BROWSER=1."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

# Playwright's synchronous interface runs an event loop, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def _missing(reason):
    if os.environ.get("PEER_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    if not shutil.which(CHROMIUM):
        _missing(f"There is no Chromium at {CHROMIUM}; the variable CHROMIUM can name another place.")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server):
    """The running site."""
    return live_server


@pytest.fixture
def sign_in(chromium, site):
    """Return a function that opens a page as a user: ``sign_in(user, "phone")``; it keeps what goes wrong on it."""
    contexts = []

    def open_page(user, size="desktop", **options):
        client = Client()
        client.force_login(user)
        options = {"locale": "da-DK", **options}
        context = chromium.new_context(viewport=SIZES[size], base_url=site.url, **options)
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": site.url,
                }
            ]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.faults = []
        page.on(
            "console",
            lambda m: (
                page.faults.append(f"console: {m.text} {m.location.get('url', '')}")
                if m.type == "error"
                else None
            ),
        )
        page.on("pageerror", lambda error: page.faults.append(f"script: {error}"))
        page.on("request", lambda request: _note_stranger(page, request, site.url))
        return page

    yield open_page
    for context in contexts:
        context.close()


def _note_stranger(page, request, home):
    if not request.url.startswith((home, "data:", "blob:", "about:")):
        page.faults.append(f"request to somebody else: {request.url.split('?')[0]}")
