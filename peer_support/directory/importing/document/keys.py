"""The key by which an initiative is known again from one import to the next."""

from __future__ import annotations

import re
import unicodedata


def natural_key(title: str, chapter: str) -> str:
    """ "chapter|title" in one spelling: lower case, single spaces, one kind of hyphen and quote; æøå are
    kept.
    """
    return f"{_plain(chapter)}|{_plain(title)}"


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212\u00ad_]", "-", text)
    text = re.sub(r"[”“„\"«»’‘'´`]", "", text)
    text = re.sub(r"\s*-\s*", "-", text)
    return re.sub(r"[\s\u00a0]+", " ", text).strip(" .,;:-")
