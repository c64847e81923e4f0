"""How heavy the pages are. The budgets stand in docs/public-pages.md, and are read from there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from .directory_rows import make_directory, make_many
from .states import load_all

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "public-pages.md"
LINKED = re.compile(r'<(?:link[^>]+rel="stylesheet"[^>]+href|script[^>]+src)="([^"]+)"')


def budget(name):
    """Return the kilobytes that the docs allow for ``name``."""
    row = next(
        line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} ")
    )
    return int(re.search(r"(\d+) kB", row).group(1))


def weight(client, address):
    """Return the kilobytes of a page with its stylesheets and scripts, uncompressed, without pictures and font."""
    page = client.get(address).content
    files = [finders.find(path.removeprefix(settings.STATIC_URL)) for path in LINKED.findall(page.decode())]
    assert files and all(files)
    return (len(page) + sum(Path(file).stat().st_size for file in files)) / 1000


def test_the_directorys_first_page_keeps_to_its_budget(front, client):
    address = make_directory(front).get_url()
    make_many(1000)
    assert weight(client, address) <= budget("Directory, first page") <= 150


def test_every_other_page_keeps_to_its_budget(front, client):
    states = load_all()
    for name in (
        "front page: ways in, stories and courses",
        "professionals: course, workshop and towns",
        "glossary: full",
    ):
        assert weight(client, states[name](front)) <= budget("Any other page"), name


def test_the_font_keeps_to_its_budget():
    font = Path(finders.find("peer_support/public/fonts/atkinson-hyperlegible-next.woff2"))
    assert font.stat().st_size / 1000 <= budget("Font")
