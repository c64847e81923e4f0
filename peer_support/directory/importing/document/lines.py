"""The lines of the file, with page furniture (page numbers, margin links, footnotes) told apart from text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .model import Footnote
from .patterns import EMAIL, LIST_MARK, SENTENCE_END, URL, url_key

_PRIVATE = {"\uf0b7": "•", "\uf0a7": "•", "\uf0e8": "→", "\u2022": "•", "\uf02d": "–", "\uf0d8": "•"}
_MARGIN = re.compile(r"(?:mailto:\S+@\S+|https?://\S+|www\.\S+)$", re.I)
_NUMBER = re.compile(r"(?:side\s+|[-–]\s*)?\d{1,3}(?:\s*[-–]|\s*(?:af|/)\s*\d{1,3})?$", re.I)
_NOTE = re.compile(r"(\d{1,2})\s+(?=[”\"“‘A-ZÆØÅa-zæøåwh])")


@dataclass
class Line:
    """One printed line that carries text. ``hard`` is a real paragraph gap before it, ``soft`` counts the
    empty lines before it (the extraction puts one between all lines of some pages)."""

    no: int
    raw: str
    text: str
    soft: int = 0
    hard: bool = False
    page: int = 0
    page_start: bool = False
    after_number: bool = False
    last_no: int = 0
    notes: list[Footnote] = field(default_factory=list)

    @property
    def bullet(self) -> bool:
        return bool(LIST_MARK.match(self.text))


@dataclass
class Margin:
    """A link that stood at the foot of a page, outside the text."""

    no: int
    url: str
    page: int


@dataclass
class Sheet:
    """The file after the page furniture has been lifted out."""

    lines: list[Line]
    margins: list[Margin]
    notes: list[Footnote]
    loose_notes: list[int]
    line_count: int


def clean(raw: str) -> str:
    """A line's text: list marks made plain, odd spaces made normal, ends trimmed; inner spacing kept."""
    text = "".join(_PRIVATE.get(char, "" if "\ue000" <= char <= "\uf8ff" else char) for char in raw)
    text = re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1f]", "", text)
    return re.sub(r"[\u00a0\u2000-\u200a\u202f\t\x0b\x0c\x85\u2028\u2029]", " ", text).strip()


def read_lines(text: str) -> Sheet:
    """Number the lines, find page starts, and lift page numbers, margin links and footnotes out."""
    raws = text.split("\n")
    lines = _number(raws)
    lines, margins = _lift_margins(_drop_page_numbers(lines))
    lines, notes, loose = _lift_footnotes(lines, {margin.page for margin in margins})
    return Sheet(_join_addresses(lines), margins, notes, loose, len(raws))


def _number(raws: list[str]) -> list[Line]:
    lines: list[Line] = []
    soft, spaced, page, feed = 0, False, 0, False
    indented = sum(1 for raw in raws if re.match(r" [^\s–-]", raw))
    filled = sum(1 for raw in raws if raw.strip())
    trust_indent = indented * 5 <= filled
    for no, raw in enumerate(raws, 1):
        feed = feed or "\x0c" in raw
        text = clean(raw)
        if not text:
            soft += 1
            spaced = spaced or bool(raw)
            continue
        adjacent = bool(lines) and soft == 0
        start = feed or (trust_indent and adjacent and bool(re.match(r" [^\s–-]", raw)))
        page += start
        lines.append(Line(no, raw, text, soft, spaced or soft >= 2, page, start, last_no=no))
        soft, spaced, feed = 0, False, False
    close = sum(1 for line in lines[1:] if line.soft == 0)
    if not any(raw and not raw.strip() for raw in raws) and close * 2 >= len(lines):
        for line in lines:
            line.hard = line.hard or line.soft >= 1
    return lines


def _drop_page_numbers(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    shift = 0
    pending = False
    gap_before = (0, False)
    counted = _count_upwards(lines)
    for index, line in enumerate(lines):
        line.page += shift
        if _NUMBER.fullmatch(line.text):
            after = lines[index + 1] if index + 1 < len(lines) else None
            alone = (line.soft >= 2 or line.page_start or not kept) or (
                line.hard and (after is None or after.soft >= 1)
            )
            mid_page_number = line.soft >= 1 and (after is None or after.soft >= 1)
            asked = kept and kept[-1].text.endswith("?")
            phone = kept and re.search(r"\d\d$", kept[-1].text) and line.soft < 2
            if (alone or mid_page_number or counted) and not phone and not (asked and line.soft < 2):
                gap_before = (line.soft, line.hard)
                pending, shift = True, shift + 1
                continue
        if pending:
            line.page_start = line.after_number = True
            line.soft, line.hard = gap_before[0] + line.soft, line.hard or gap_before[1]
            pending = False
        kept.append(line)
    return kept


def _count_upwards(lines: list[Line]) -> bool:
    """Whether the numbers that stand alone grow through the file, as page numbers do."""
    numbers = [int(line.text) for line in lines if line.text.isdecimal() and len(line.text) <= 3]
    return len(numbers) >= 3 and all(a < b for a, b in zip(numbers, numbers[1:], strict=False))


def _lift_margins(lines: list[Line]) -> tuple[list[Line], list[Margin]]:
    printed = {
        url_key(match.group())
        for line in lines
        if not _MARGIN.fullmatch(line.text)
        for match in [*URL.finditer(line.text), *EMAIL.finditer(line.text)]
    }
    kept: list[Line] = []
    margins: list[Margin] = []
    index = 0
    while index < len(lines):
        end = index
        while (
            end < len(lines) and _MARGIN.fullmatch(lines[end].text) and (end == index or lines[end].soft == 0)
        ):
            end += 1
        if end == index:
            kept.append(lines[index])
            index += 1
            continue
        after = lines[end] if end < len(lines) else None
        foot = after is not None and after.page_start and after.soft == 0
        foot = foot or any(line.text.casefold().startswith("mailto:") for line in lines[index:end])
        for line in lines[index:end]:
            pointed = bool(kept) and kept[-1].text.endswith((":", "her", "-"))
            twin = url_key(line.text) in printed and not pointed and line.text.casefold().startswith("http")
            if foot or line.text.casefold().startswith("mailto:") or twin or _interrupts(kept, after):
                margins.append(Margin(line.no, line.text, line.page))
                if after is not None and line is lines[end - 1]:
                    after.hard = after.hard or line.hard
            else:
                kept.append(line)
        index = end
    return kept, margins


def _interrupts(kept: list[Line], after: Line | None) -> bool:
    """Whether a line between these two would stand in the middle of a sentence."""
    if not kept or after is None:
        return False
    before = kept[-1].text
    return before[-1:].isalpha() and len(before) > 60 and after.text[:1].islower()


def _lift_footnotes(lines: list[Line], link_pages: set[int]):
    kept: list[Line] = []
    notes: list[Footnote] = []
    loose: list[int] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        match = _NOTE.match(line.text)
        if match and kept and not line.page_start:
            end = index + 1
            while end < len(lines) and not lines[end].page_start and not lines[end].hard and end - index < 3:
                end += 1
            after = lines[end] if end < len(lines) else None
            number = match.group(1)
            mark = _find_mark(kept, number)
            at_foot = after is None or after.page_start or line.page in link_pages
            broken = not SENTENCE_END.search(kept[-1].text) and after is not None and after.text[:1].islower()
            if at_foot and (mark is not None or (line.hard and broken)):
                note = Footnote(
                    int(number), " ".join(part.text for part in lines[index:end])[match.end() :], line.no
                )
                notes.append(note)
                if mark is None:
                    loose.append(line.no)
                    kept[-1].notes.append(note)
                else:
                    owner = kept[mark]
                    owner.text = re.sub(
                        rf"(?<=[a-zæøå.,”)\]]){number}(?=[\s.,;:)]|$)", "", owner.text, count=1
                    )
                    owner.notes.append(note)
                index = end
                continue
        kept.append(line)
        index += 1
    return kept, notes, loose


def _find_mark(kept: list[Line], number: str) -> int | None:
    mark = re.compile(rf"[a-zæøå][.,”)\]]*{number}(?=[\s.,;:)]|$)")
    for index in range(len(kept) - 1, max(-1, len(kept) - 60), -1):
        if kept[index].page != kept[-1].page:
            return None
        if mark.search(URL.sub("", EMAIL.sub("", kept[index].text))):
            return index
    return None


def _join_addresses(lines: list[Line]) -> list[Line]:
    """Put addresses that were broken over lines together again."""
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is not None and not line.hard and re.search(r"(?:https?://|www\.)\S+$", before.text, re.I):
            tail = line.text
            broken = " " not in tail and not _MARGIN.fullmatch(tail) and not EMAIL.search(tail)
            if broken and (
                before.text.endswith("-") and tail[:1].islower() or re.search(r"[/_=.%&?+]", tail)
            ):
                before.text += tail
                before.last_no = line.no
                before.raw += "\n" + line.raw
                continue
        kept.append(line)
    return kept
