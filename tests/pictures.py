"""Take the screenshots of ``docs/images`` from a freshly filled example site: ``make pictures``.

``python -m tests.pictures public editor`` takes only those groups; the groups are ``admin``, ``courses``,
``public``, ``editor`` and ``numbers``.
"""

import datetime
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
WIDTHS = (390, 1280)


@contextmanager
def demo_site():
    """Fill a database of its own, serve it, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3"}
        manage = [sys.executable, str(ROOT / "example_site" / "manage.py")]
        for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
            subprocess.run([*manage, *command], env=environment, check=True)
        server = subprocess.Popen(
            [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address):
    for __ in range(150):
        try:
            urllib.request.urlopen(address, timeout=30)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


def log_in(page, address, username="koordinator"):
    page.goto(f"{address}/admin/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", "peer-demo")
    page.click("button[type=submit]")
    page.wait_for_load_state("networkidle")


def first_link(page, selector):
    return page.locator(selector).first.get_attribute("href")


def screens(page, address):
    """Yield the name and address of every screen that is pictured."""
    yield "home", "/admin/"
    yield "today", "/admin/today/"
    yield "waiting", "/admin/matching/"
    page.goto(f"{address}/admin/matching/")
    yield "ranking", first_link(page, "main a[href*='/matching/citizen/']")
    yield "plan", "/admin/matching/plan/"
    yield "matches", "/admin/matching/matches/"
    page.goto(f"{address}/admin/matching/matches/?state=met")
    addresses = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
    yield "match", next(path for path in addresses if re.search(r"/matching/matches/\d+/$", path or ""))


def course_screens(page, address):
    """Yield the coordinator's screens of courses."""
    yield "week", "/admin/courses/week/"
    yield "course-new", "/admin/courses/new/"
    page.goto(f"{address}/admin/courses/?kind=course&state=open")
    yield "course-board", first_link(page, ".course-line h3 a")
    page.goto(f"{address}/admin/courses/?kind=course&state=running")
    yield "course-sessions", first_link(page, ".course-line h3 a") + "sessions/"


# The coordinator's screens of numbers and effect; what a link in a list leads to is found there.
NUMBERS = {
    "numbers": "/admin/numbers/",
    "numbers-ahead": "/admin/numbers/waiting/",
    "year-report": "/admin/report/",
    "questionnaires": "/admin/questionnaires/",
    "purge": "/admin/people/purge/",
}
OFFICER = {"officer-desk": "/admin/oversight/", "officer-review": "/admin/oversight/review/"}


def number_screens(page, address):
    """Yield the coordinator's screens of numbers, a change of one person, and a study."""
    yield from NUMBERS.items()
    page.goto(f"{address}/admin/studies/")
    yield "study", first_link(page, "main a[href^='/admin/studies/']:not([href$='/new/'])")
    yield "change", "/admin/changes/citizen/16/"


def look_at_the_days(page):
    """Fill in a new course, and look at what comes of it."""
    page.locator("#id_template").select_option(label="Ti uger sammen")
    page.fill("#id_first_day", f"{datetime.date.today().year + 1}-02-02")
    page.fill("#id_start_time", "19:00")
    page.click("button[value=look]")


# What to do on a screen before it is pictured.
BEFORE = {"course-new": look_at_the_days}


# The public pages, by the name of their picture.
PUBLIC = {
    "front": "/",
    "support": "/stoette/",
    "volunteers": "/bliv-frivillig/",
    "professionals": "/fagfolk/",
    "stories": "/fortaellinger/",
    "story": "/fortaellinger/malthe/",
    "directory": "/find/",
    "directory-found": "/find/?near=3000&form=one-to-one",
    "courses": "/forloeb/",
    "sign-up": "/jeg-vil-have-stoette/",
    "self-check": "/bliv-frivillig/er-det-noget-for-mig/",
    "rules": "/bliv-frivillig/maa-jeg-vaere-frivillig/?ydelse=dagpenge",
    "peer-role": "/bliv-frivillig/hvad-goer-en-peer/",
    "ideas": "/ideer/",
    "glossary": "/ordbog/",
    "calendar": "/peer/kalender/",
}
DARK = ("front", "story")


def public_screens(page, address):
    """Yield the public pages, and the first initiative and the first course of the lists."""
    yield from PUBLIC.items()
    page.goto(address + PUBLIC["directory-found"])
    yield "initiative", first_link(page, ".peer-card__title a")
    page.goto(f"{address}/forloeb/")
    yield "course", first_link(page, "main .peer-card__title a")
    page.goto(f"{address}/bliv-frivillig/")
    yield "poster", first_link(page, ".peer-downloads a")


def editor_screens(page, address):
    """Yield the editor's screens: the tree, a recruitment page, a story, and the crisis box."""
    page.goto(f"{address}/admin/")
    yield "editor-tree", edit_address(page, "forside").removesuffix("edit/")
    for name, slug in (("editor-recruitment", "bliv-frivillig"), ("editor-story", "fortaellinger/malthe")):
        yield name, edit_address(page, slug)
    yield "editor-crisis", "/admin/settings/peer_support/crisishelp/"
    yield "editor-coordinators", "/admin/snippets/peer_support/localcoordinator/"


def edit_address(page, path):
    """Return where the page at ``path`` is edited, found through the user bar's API of Wagtail's explorer."""
    found = page.evaluate(
        """async (slug) => {
            const answer = await fetch(`/admin/api/main/pages/?slug=${slug}&fields=id`);
            return (await answer.json()).items.map((item) => item.id);
        }""",
        path.rpartition("/")[2],
    )
    return f"/admin/pages/{found[0]}/edit/"


def keep(page, name):
    """Save what ``page`` shows as a small PNG: 192 colours are enough for screens."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot = shot.quantize(192, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    shot.save(FOLDER / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png", (FOLDER / f"{name}.png").stat().st_size // 1000, "kB")


def picture(page, address, screens, prefix="", widths=WIDTHS):
    for name, path in screens:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 844 if width < 500 else 900})
            page.goto(address + path)
            if name in BEFORE:
                BEFORE[name](page)
            page.wait_for_load_state("networkidle")
            keep(page, f"{prefix}{name}-{width}")


def take_admin(browser, address):
    page = browser.new_page(locale="da-DK")
    log_in(page, address)
    picture(page, address, list(screens(page, address)))


def take_courses(browser, address):
    page = browser.new_page(locale="da-DK")
    log_in(page, address)
    picture(page, address, list(course_screens(page, address)))


def take_public(browser, address):
    page = browser.new_page(locale="da-DK")
    picture(page, address, list(public_screens(page, address)), "public-")
    dark = browser.new_page(locale="da-DK", color_scheme="dark")
    picture(dark, address, [(f"{name}-dark", PUBLIC[name]) for name in DARK], "public-")


def take_editor(browser, address):
    page = browser.new_page(locale="da-DK")
    log_in(page, address, "redaktor")
    picture(page, address, list(editor_screens(page, address)), widths=WIDTHS[1:])


def take_numbers(browser, address):
    page = browser.new_page(locale="da-DK")
    log_in(page, address)
    picture(page, address, list(number_screens(page, address)))
    officer = browser.new_context(locale="da-DK").new_page()
    log_in(officer, address, "databeskytter")
    picture(officer, address, list(OFFICER.items()))


GROUPS = {
    "admin": take_admin,
    "courses": take_courses,
    "public": take_public,
    "editor": take_editor,
    "numbers": take_numbers,
}


def main(groups=()):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in groups or GROUPS:
            GROUPS[name](browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
