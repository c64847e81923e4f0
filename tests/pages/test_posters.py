"""Posters and flyers, as a page for printing and as tagged PDF."""

import re

import pytest
import segno

from peer_support.pages import poster
from peer_support.public import pdf
from tests.public.pdf import assert_tagged, needs_pdf

from . import building as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(front):
    build.coordinators(1)
    return build.recruitment(front, faces=build.faces(build.full_story(front)))


def dark_modules(svg):
    """Return the dark squares of a drawn QR code, read back from its path."""
    path = re.findall(r' d="(M[^"]*)"', svg)[-1]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    return {(int(x) + step, int(y)) for x, y, width, __ in runs for step in range(int(width))}


@pytest.mark.parametrize(("size", "sheet"), [("a4", "poster-a4.css"), ("a5", "poster-a5.css")])
def test_a_sheet_has_no_navigation_and_the_code_of_its_page(page, client, size, sheet):
    answer = client.get(f"{page.get_url()}?print={size}")
    text = answer.content.decode()
    assert sheet in text and "<nav" not in text and "data-peer-leave" not in text
    assert page.title in text and "Bodil 1" in text and "70 201 201" in text and "Pludselig" in text
    expected = segno.make(page.get_full_url(), error="m", micro=False).matrix
    dark = {(x + 4, y + 4) for y, row in enumerate(expected) for x, value in enumerate(row) if value}
    assert dark_modules(text) == dark
    assert answer.headers["X-Robots-Tag"] == "noindex" and "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    "query", ["", "?print=", "?print=a3", "?print=../a4", "?print=a4%00", "?file=pdf", "?print[]=a4"]
)
def test_another_query_gives_the_page_itself(page, client, query):
    assert "data-peer-leave" in client.get(page.get_url() + query).content.decode()


def test_a_sheet_as_pdf_is_tagged_and_made_of_own_files(page, client, monkeypatch):
    needs_pdf()
    asked = []
    read = pdf.own_file
    monkeypatch.setattr(pdf, "own_file", lambda url, base: asked.append(url) or read(url, base))
    for size in ("a4", "a5"):
        answer = client.get(f"{page.get_url()}?print={size}&file=pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert f"-{size}.pdf" in answer["Content-Disposition"]
        assert_tagged(answer.content)
    assert asked and all(url.startswith("http://testserver/") for url in asked)
    assert any("poster-a4.css" in url for url in asked) and any("/images/" in url for url in asked)


def test_a_story_has_its_own_poster(front, client):
    told = build.full_story(front)
    text = client.get(f"{told.get_url()}?print=a4").content.decode()
    assert told.quote in text and "<img" in text
    told = build.full_story(front, consent={"covers_picture": False})
    assert "<img" not in client.get(f"{told.get_url()}?print=a4").content.decode()


def test_without_the_extra_there_is_no_button_and_a_kind_answer(page, client, monkeypatch):
    monkeypatch.setattr(poster, "pdf_available", lambda: False)
    monkeypatch.setattr(poster, "pdf_of_template", poster.pdf_of_template)
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    assert "file=pdf" not in client.get(page.get_url()).content.decode()
    answer = client.get(f"{page.get_url()}?print=a4&file=pdf")
    assert answer.status_code == 404 and f"{page.get_url()}?print=a4" in answer.content.decode()


def test_a_hostile_title_stays_text(front, client):
    page = build.recruitment(front, title='"><script>alert(1)</script>', poster_text="<b>&</b>")
    text = client.get(f"{page.get_url()}?print=a4").content.decode()
    assert "<script>alert" not in text and "<b>" not in text
