"""From bytes to text, and the refusal of files that cannot be the document."""

from __future__ import annotations

import re
import unicodedata

from .model import NotTheQuestionnaire

_TAG = re.compile(r"</?(?:html|head|body|div|span|table|script|style|meta|p|br|!doctype)\b[^>]*>", re.I)


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 (with or without a byte order mark), else Windows-1252.

    Raises ``NotTheQuestionnaire`` for an empty, binary, PDF, office or web-page file.
    """
    if not data.strip(b" \t\r\n\x0c\x00"):
        raise NotTheQuestionnaire("empty_file")
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise NotTheQuestionnaire("pdf_file")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise NotTheQuestionnaire("office_file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return check_text(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise NotTheQuestionnaire("binary_file") from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return check_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise NotTheQuestionnaire("binary_file")


def check_text(text: str) -> str:
    """The text in composed form (NFC) with plain newlines; refuses what is not text at all."""
    text = text.removeprefix("\ufeff")
    if not text.strip("\x00 \t\r\n\x0b\x0c\u00a0"):
        raise NotTheQuestionnaire("empty_file")
    sample = text[:20000]
    control = sum(1 for char in sample if ord(char) < 32 and char not in "\t\n\r\x0b\x0c")
    if "\x00" in text or control > len(sample) / 100:
        raise NotTheQuestionnaire("binary_file")
    if (
        text.lstrip()[:14].casefold().startswith(("<!doctype", "<html", "<?xml"))
        or len(_TAG.findall(sample)) > 5
    ):
        raise NotTheQuestionnaire("html_file")
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
