"""Where each chapter and each initiative begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .contacts import split_contact
from .form import Heading, find_headings
from .lines import Line, Sheet
from .messages import Message
from .model import Chapter
from .patterns import letters
from .titles import prose_titles, title_above

REGIONS = ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland")
_CHAPTER = re.compile(r"peerst\w{1,7}?(?:initiativ\w*?)?iregion([a-zæøåéü]{3,24})$")
_NONE = re.compile(
    r"\b(?:ikke|ingen|intet)\b.{0,40}\b(?:kendskab|kendt|initiativ|tilbud)|kender\b.{0,20}\bikke\b", re.I
)


@dataclass
class Entry:
    """The lines of one initiative: ``start`` up to ``end``, its title lines first, then headings or prose."""

    title: str
    start: int
    body: int
    end: int = 0
    headings: list[Heading] = field(default_factory=list)
    chapter: Chapter | None = None
    weak: bool = False


def region_of(text: str) -> str | None:
    """The region that a chapter heading names ("" if unknown), or None when the line is no chapter
    heading.
    """
    if len(text) > 60 or text.endswith((".", ",", "–", "-", ":", "?")):
        return None
    match = _CHAPTER.match(letters(text))
    if not match or not re.search(r"\bregion\b", text, re.I):
        return None
    name = match.group(1)
    for region in REGIONS:
        if (
            name == region.casefold()
            or sum(a != b for a, b in zip(name, region.casefold(), strict=False))
            + abs(len(name) - len(region))
            <= 2
        ):
            return f"Region {region}"
    printed = re.search(r"\bregion\s+(.+)$", text, re.I)
    return f"Region {printed.group(1).strip()}" if printed and len(printed.group(1).split()) <= 2 else None


def split(sheet: Sheet) -> tuple[list[Chapter], list[Entry], list[Message]]:
    """Chapters, entries (lines as indexes into ``sheet.lines``) and what is doubtful about them."""
    lines = sheet.lines
    messages: list[Message] = []
    headings = find_headings(lines)
    chapters, intros = _find_chapters(lines, headings)
    firsts = [heading for heading in headings if heading.section == 1 or _restart(headings, heading)]
    anchors = _anchors(lines, headings, firsts, intros, messages)
    entries: list[Entry] = []
    for position, (start, kind, thing) in enumerate(anchors):
        stop = anchors[position + 1][0] if position + 1 < len(anchors) else len(lines)
        if kind == "chapter":
            chapter, body = thing
            _prose(lines, body, stop, 3, chapter, entries, messages, None)
            continue
        chapter = _chapter_at(intros, start)
        thing.chapter, thing.end = chapter, stop
        thing.headings = [h for h in headings if thing.body <= h.start < stop]
        entries.append(thing)
        last = thing.headings[-1]
        before = len(entries)
        _prose(lines, last.end, stop, 3 if not last.rest else 0, chapter, entries, messages, thing)
        if len(entries) > before:
            thing.end = entries[before].start
    for chapter in chapters:
        chapter.count = sum(1 for entry in entries if entry.chapter is chapter)
    return _drop_contents_list(chapters), entries, messages


def _restart(headings: list[Heading], heading: Heading) -> bool:
    """A form whose first question was lost: it begins again although no first heading is there."""
    at = headings.index(heading)
    if heading.section == 1:
        return False
    if at == 0:
        return True
    return headings[at - 1].section == 8 and heading.section in (2, 3)


def _find_chapters(lines: list[Line], headings: list[Heading]):
    """Chapters with the index of the heading and of the first line after the heading's introduction."""
    starts = {heading.start for heading in headings}
    chapters: list[Chapter] = []
    intros: list[tuple[int, int, Chapter]] = []
    index = 0
    while index < len(lines):
        region = region_of(lines[index].text)
        if region is None:
            index += 1
            continue
        body = index + 1
        if body in starts and chapters and chapters[-1].region == region:
            index += 1  # an initiative that is called the same as the chapter
            continue
        chapter = Chapter(lines[index].text, region, lines[index].no)
        if body < len(lines) and body not in starts and _is_introduction(lines[body].text):
            while body < len(lines) and body not in starts and body - index <= 4:
                text = lines[body].text
                chapter.says_none = chapter.says_none or bool(_NONE.search(text))
                body += 1
                if text.endswith(".") or chapter.says_none or body < len(lines) and lines[body].hard:
                    break
        chapters.append(chapter)
        intros.append((index, body, chapter))
        index = body
    return chapters, intros


def _is_introduction(text: str) -> bool:
    plain = letters(text)
    return bool(_NONE.search(text)) or "initi" in plain and "region" in plain or "herunderikommun" in plain


def _chapter_at(intros, index: int) -> Chapter | None:
    found = [chapter for start, _body, chapter in intros if start <= index]
    return found[-1] if found else None


def _anchors(lines, headings, firsts, intros, messages):
    """Everything that surely begins something: chapters, and the titles above printed forms."""
    anchors: list = [(start, "chapter", (chapter, body)) for start, body, chapter in intros]
    for first in firsts:
        floor = max(
            [body for _start, body, _chapter in intros if body <= first.start]
            + [heading.end for heading in headings if heading.end <= first.start],
            default=0,
        )
        floor = max(floor, _after_bullets(lines, floor, first.start))
        start, title, weak = title_above(lines, first.start, floor)
        if not title:
            messages.append(Message("title_missing", lines[first.start].no))
        entry = Entry(title, start, first.start, weak=weak)
        if weak:
            messages.append(Message("title_uncertain", lines[start].no, {"title": title}))
        anchors.append((start, "form", entry))
    return sorted(anchors, key=lambda anchor: (anchor[0], anchor[1]))


def _after_bullets(lines: list[Line], start: int, stop: int) -> int:
    """Skip the form's own prompt under its last heading, so that it is never taken for a title."""
    index = start
    while index < stop and letters(lines[index].text).startswith("herunderkontaktoplys"):
        index += 1
    return index


def _prose(lines, start, stop, opening, chapter, entries, messages, form_entry) -> None:
    """Find the entries in prose between ``start`` and ``stop`` and add them."""
    start = max(start, _after_bullets(lines, start, stop))
    if form_entry is not None and form_entry.headings[-1].section != 8 and opening:
        opening = 0
    found, near = prose_titles(lines, start, stop, opening)
    if form_entry is None:
        first = found[0][0] if found else stop
        if first > start and chapter is not None and not chapter.says_none:
            messages.append(
                Message("text_without_title", lines[start].no, {"last": lines[first - 1].last_no})
            )
    for position, (first, last, title, weak) in enumerate(found):
        end = found[position + 1][0] if position + 1 < len(found) else stop
        entries.append(Entry(title, first, last + 1, end, chapter=chapter, weak=weak))
        if weak:
            messages.append(Message("title_uncertain", lines[first].no, {"title": title}))
    for index in near:
        owners = [title for first, _last, title, _weak in found if first <= index]
        owner = owners[-1] if owners else (form_entry.title if form_entry else "")
        text = split_contact(lines[index].text).public_text or "…"
        messages.append(Message("possible_title", lines[index].no, {"text": text, "title": owner}))


def _drop_contents_list(chapters: list[Chapter]) -> list[Chapter]:
    """Leave out chapter names that only stood in a list of contents."""
    kept = []
    for position, chapter in enumerate(chapters):
        later = any(other.region == chapter.region for other in chapters[position + 1 :])
        if not (later and chapter.count == 0 and not chapter.says_none):
            kept.append(chapter)
    return kept
