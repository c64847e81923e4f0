"""The PDF helper: tagged, offline, and a kind page where it cannot be made."""

import socket

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory

from peer_support.public import pdf
from peer_support.public.qr import qr_svg

from .pdf import assert_tagged, needs_pdf

BASE = "http://testserver/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
PAGE = '<html lang="da"><head><title>Pr&oslash;ve</title>{head}</head><body><h1>Pr&oslash;ve</h1>{body}</body></html>'


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_URL = "/media/"
    name = default_storage.save("pdf-test.svg", ContentFile(SVG))
    yield name
    default_storage.delete(name)


@pytest.fixture
def no_network(monkeypatch):
    """Any connection fails the test, and is noted."""
    tried = []

    def refuse(self, address):
        tried.append(address)
        raise AssertionError(f"a connection to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: tried.append(a) or [])
    return tried


def test_own_files_are_read_from_the_storage_and_the_static_files(stored):
    assert pdf.own_file(f"{BASE}media/{stored}", BASE) == (SVG, "image/svg+xml")
    content, kind = pdf.own_file(f"{BASE}static/peer_support/public/base.css?v=1", BASE)
    assert b"--peer-" in content and kind == "text/css"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/a.png",
        "http://testserver.elsewhere.example/media/a.png",
        "file:///etc/hostname.png",
        "file:///etc/passwd",
        f"{BASE}admin/a.css",
        f"{BASE}media/papers.pdf",
        f"{BASE}static/../../../etc/a.css",
        f"{BASE}static/%2e%2e/%2e%2e/setup.css",
        f"{BASE}media/..%2f..%2fetc.png",
    ],
)
def test_nothing_else_is_read(address):
    with pytest.raises(Exception) as caught:
        pdf.own_file(address, BASE)
    assert not isinstance(caught.value, AssertionError)


def test_a_pdf_is_tagged_and_made_without_the_network(stored, no_network):
    needs_pdf()
    head = '<link rel="stylesheet" href="https://elsewhere.example/x.css">'
    body = (
        f'<img alt="ok" src="/media/{stored}"><img alt="no" src="https://elsewhere.example/a.png">'
        '<img alt="no" src="file:///etc/hostname"><p style="background:url(http://169.254.169.254/a.png)">x</p>'
    )
    made = pdf.make_pdf(PAGE.format(head=head, body=body), base_url=BASE)
    assert_tagged(made)
    assert no_network == []


def test_an_answer_has_a_file_name_and_is_not_indexed(rf):
    needs_pdf()
    answer = pdf.pdf_response(
        rf.get("/"), PAGE.format(head="", body=qr_svg(BASE)), filename="Plakat på dansk.pdf"
    )
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["X-Robots-Tag"] == "noindex" and "inline" in answer["Content-Disposition"]
    assert "Plakat%20p%C3%A5%20dansk.pdf" in answer["Content-Disposition"]


@pytest.mark.django_db
def test_without_the_extra_the_page_says_how_to_print(monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    request = RequestFactory().get("/")
    answer = pdf.pdf_response(request, "", filename="x.pdf", print_url="/side/?print=a4").render()
    assert answer.status_code == 404
    assert 'href="/side/?print=a4"' in answer.content.decode()


@pytest.mark.django_db
def test_when_too_many_are_drawn_one_is_asked_to_wait(monkeypatch):
    needs_pdf()
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.01)
    with pdf._places, pdf._places:
        answer = pdf.pdf_response(RequestFactory().get("/"), PAGE.format(head="", body=""), filename="x.pdf")
        assert answer.status_code == 503 and answer["Retry-After"]
    assert pdf.pdf_response(RequestFactory().get("/"), PAGE.format(head="", body=""), filename="x.pdf")


def test_a_qr_code_holds_the_address_and_nothing_that_could_be_markup():
    drawn = qr_svg("https://frivillig.example/bliv-frivillig/?a=<b>", label='"<x>')
    assert drawn.count("<path") == 2 and "<x>" not in drawn and "style" not in drawn
