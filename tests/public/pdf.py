"""Tests of PDFs: with Pango they run; without it they are skipped, unless PEER_REQUIRE_PDF=1."""

import os
import re
import zlib

import pytest

from peer_support.public.pdf import pdf_available


def needs_pdf():
    """Skip, or fail where CI asks for it, on a machine that cannot make a PDF."""
    if pdf_available():
        return
    reason = "WeasyPrint or Pango is missing: pip install '.[pdf]' and apt install libpango-1.0-0 libpangoft2-1.0-0"
    if os.environ.get("PEER_REQUIRE_PDF") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def parts_of(pdf):
    """Return everything that stands in ``pdf`` with its streams unpacked, as bytes."""
    unpacked = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return pdf + b"\n".join(unpacked)


def assert_tagged(pdf):
    """The file says that it is PDF/UA-1 and carries tags, a language and a title."""
    parts = parts_of(pdf)
    assert pdf.startswith(b"%PDF-")
    assert re.search(rb"<pdfuaid:part>\s*1\s*</pdfuaid:part>|pdfuaid:part=.1.", parts)
    assert re.search(rb"/Marked\s+true", parts)
    assert b"/StructTreeRoot" in parts
    assert re.search(rb"/Lang\s*\(\s*\w\w", parts)
    assert re.search(rb"/DisplayDocTitle\s+true", parts)
