"""From printed lines to readable paragraphs and lists."""

from __future__ import annotations

import re

from .lines import Line
from .patterns import EMAIL, FOOTER, LIST_MARK, SENTENCE_END, URL

_ADDRESS_LINE = re.compile(rf"{URL.pattern}|{EMAIL.pattern}|(?:\+45 ?)?[2-9]\d(?: ?\d\d){{3}}", re.I)
_KEEPS_SPACE = re.compile(r"(?:og|eller|samt|til|som|and)\b")


def width_of(lines: list[Line]) -> int:
    """How long a full line is in this document."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 40)
    return max(50, min(120, lengths[len(lengths) * 3 // 4])) if lengths else 90


def reflow(lines: list[Line], width: int = 90) -> str:
    """The lines as text: wrapped lines joined, list items and headings on lines of their own, paragraphs
    apart.
    """
    out = ""
    before: Line | None = None
    for index, line in enumerate(lines):
        text = re.sub(r"\s+", " ", line.text)
        if before is None:
            out = text
        else:
            out += _between(before, line, lines, index, width, out) + text
        before = line
    return re.sub(r"\n{3,}", "\n\n", out).strip()


def _between(before: Line, line: Line, lines: list[Line], index: int, width: int, out: str) -> str:
    text, head = before.text, line.text
    finished = bool(SENTENCE_END.search(text)) or text.endswith((":", ";"))
    goes_on = head[:1].islower() and not finished and not line.bullet
    if line.after_number and goes_on:
        return _glue(out, head)
    if line.hard and not (goes_on and line.page_start):
        return "\n\n"
    if line.bullet:
        return "\n"
    if FOOTER.search(head) and head[:1].isupper() and (line.soft or finished):
        return "\n"
    if _ADDRESS_LINE.fullmatch(head) or _ADDRESS_LINE.fullmatch(text):
        return "\n"
    if text.endswith("-") and re.search(r"\w-$", text) and not line.hard:
        return _glue(out, head)
    if goes_on:
        return " "
    close = index < 2 or before.soft == 0
    if line.soft and close and finished and not line.page_start:
        return "\n\n"
    room = width - len(text)
    first_word = len(head.split(" ", 1)[0])
    if room > max(first_word + 3, width // 5):
        return "\n"
    return " "


def _glue(out: str, head: str) -> str:
    if re.search(r"\w-$", out):
        return " " if _KEEPS_SPACE.match(head) else ""
    return " "


def plain(text: str) -> str:
    """A text on one line, without list marks."""
    return " ".join(LIST_MARK.sub("", part.strip()) for part in text.split("\n") if part.strip())
