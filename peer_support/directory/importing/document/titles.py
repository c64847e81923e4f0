"""Which lines are titles. Two cases: a title above a printed form, and a title above a text in prose."""

from __future__ import annotations

import re

from .form import heading_section
from .lines import Line
from .patterns import EMAIL, FOOTER, LIST_MARK, SENTENCE_END, URL, letters, phone_spans

_CONNECTOR = re.compile(
    r"(?:[,–-]|\b(?:og|eller|samt|i|på|for|til|af|med|ved|om|mellem|under|fra|hos|den|det|de|en|et|som|–))$",
    re.I,
)
_SENTENCE_START = re.compile(
    r"(?:vi|der|man|jeg|alle|når|hvis|dette|disse|denne|desuden|derudover|herudover|derfor|dog|endvidere|"
    r"det (?:er|kan|har|vil)|de (?:er|kan|har|vil)|se|jf|fx|f\.eks|nej|ja|ingen)\b",
    re.I,
)
_VERB = re.compile(r"\b(?:er|har|kan|skal|vil|bliver|blev|findes|består|drives|tilbyder|får|søger|holder)\b")
_LABEL = re.compile(
    r"^(?:referencer|litteratur|bilag|vedhæftet|kilder?|noter?|indhold|formål|adresse|mvh)\b", re.I
)
LONGEST = 110
LONGEST_IN_PROSE = 88


def title_like(text: str) -> bool:
    """A short line that begins large, holds no whole sentence, and is no list item, address or label."""
    if not 2 <= len(text) <= LONGEST or LIST_MARK.match(text) or heading_section(text):
        return False
    first = re.sub(r"^[”“\"’'«»(]+", "", text)[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    if text.endswith((";", ":", "?")) or re.search(r"[a-zæøå0-9]{2}\. +[A-ZÆØÅ]", text):
        return False
    if (
        URL.search(text)
        or EMAIL.search(text)
        or phone_spans(text)
        or FOOTER.search(text)
        or _LABEL.match(text)
    ):
        return False
    return sum(char.isalpha() for char in text) >= 2


def wraps(line: Line, after: Line) -> bool:
    """Whether a title that begins on ``line`` goes on with ``after``."""
    if not title_like(line.text) or len(line.text) < 20 or SENTENCE_END.search(line.text):
        return False
    if after.bullet or heading_section(after.text) or len(after.text) > LONGEST or URL.search(after.text):
        return False
    if _CONNECTOR.search(line.text):
        return True
    return after.text[:1].islower() and not after.hard and len(after.text) < 60


def ended(line: Line) -> bool:
    """Whether the text was finished at the end of this line."""
    text = line.text
    if (
        SENTENCE_END.search(text)
        or text.endswith((")", "]"))
        or re.search(r"(?:https?://|www\.)\S+$", text, re.I)
    ):
        return True
    tail = text[-60:]
    return any(match.end() == len(tail) for match in EMAIL.finditer(tail)) or bool(
        re.search(r"\d\d\)?$", text)
    )


def title_above(lines: list[Line], index: int, floor: int) -> tuple[int, str, bool]:
    """The title that stands directly above ``lines[index]`` (the form's first heading).

    Returns where it begins, the whole title and whether the signs are weak; ("" and ``index`` if none).
    """
    start = index - 1
    if start < floor:
        return index, "", False
    last = lines[start]
    whole = last.text
    while start > floor and index - start < 4:
        before = lines[start - 1]
        if not _continues(lines, start, floor):
            break
        start -= 1
        whole = before.text + ("" if re.search(r"\w-$", before.text) else " ") + whole
    first = lines[start]
    single = start == index - 1
    if not title_like(first.text) or single and len(whole) > 60 and re.search(r"[.;]$", whole):
        return index, "", False
    weak = False
    if start > floor and not (first.hard or first.page_start):
        weak = not ended(lines[start - 1])
    if single and _VERB.search(whole) and (whole.endswith(".") or _SENTENCE_START.match(whole)):
        if start == floor or not first.hard:
            return index, "", False
        weak = True
    return start, tidy(whole), weak


def _continues(lines: list[Line], at: int, floor: int) -> bool:
    """Whether the title line ``at`` is the continuation of the line before it."""
    current, before = lines[at], lines[at - 1]
    if before.bullet or current.bullet or not title_like(before.text) or SENTENCE_END.search(before.text):
        return False
    tied = bool(_CONNECTOR.search(before.text))
    if (current.hard or current.page_start) and not tied:
        return False
    apart = at - 1 == floor or before.hard or before.page_start or ended(lines[at - 2])
    if wraps(before, current):
        return apart
    return apart and len(before.text) >= 65 >= len(current.text) and not _VERB.search(before.text)


def tidy(title: str) -> str:
    """A title on one line, single spaces, without a closing full stop."""
    title = re.sub(r"\s+", " ", title).strip()
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def prose_titles(lines: list[Line], start: int, end: int, opening: int) -> tuple[list, list[int]]:
    """Titles of prose entries among ``lines[start:end]``.

    ``opening`` is the weight of standing at ``start`` itself (after a chapter heading, or after a question
    that
    nobody answered). Returns ``[(first, last, title, weak)]`` and the indexes of lines that were near misses.
    """
    found: list = []
    near: list[int] = []
    index = start
    while index < end:
        last = index
        while last + 1 < end and last - index < 2 and wraps(lines[last], lines[last + 1]):
            last += 1
        weight = _weight(lines, index, last, start, end, opening)
        if weight >= 2:
            whole = " ".join(line.text for line in lines[index : last + 1])
            found.append((index, last, tidy(whole), weight < 3))
            index = last + 1
            continue
        if weight == 1:
            near.append(index)
        index += 1
    return found, near


def _weight(lines: list[Line], first: int, last: int, start: int, end: int, opening: int) -> int:
    """How much speaks for a title here; 2 and more is enough."""
    line = lines[first]
    if not title_like(line.text) or last + 1 >= end:
        return 0
    whole = " ".join(part.text for part in lines[first : last + 1])
    if (
        len(line.text) > LONGEST_IN_PROSE
        or SENTENCE_END.search(whole)
        and (last == first or _VERB.search(whole))
    ):
        return 0
    at_opening = first == start
    if not at_opening and not ended(lines[first - 1]):
        return 0
    footer = not at_opening and after_footer(lines, first, start)
    if not _body_follows(lines, last, end, footer or at_opening):
        return 0
    weight = 0
    if at_opening:
        weight += opening
    if footer:
        weight += 3
    if line.page_start:
        weight += 2
    if line.hard:
        weight += 1
    if weight < 2:
        weight = max(weight, min(2, _quiet_signs(lines, first, last, end) - 1))
    if _SENTENCE_START.match(whole):
        weight -= 2 + bool(_VERB.search(whole))
    return weight


def _quiet_signs(lines: list[Line], first: int, last: int, end: int) -> int:
    """Signs that prove little alone; three of them together make a title.

    A gap above, lines that begin to be set wider, the title's words at the start of the text, a municipality
    in
    the title, and a closing line ("further information …") further down.
    """
    title = " ".join(line.text for line in lines[first : last + 1])
    body = lines[last + 1 : min(end, last + 4)]
    signs = int(lines[first].hard)
    above = lines[max(0, first - 2) : first]
    set_close = sum(line.soft == 0 for line in above[1:]) == len(above) - 1 > 0
    set_wide = len(body) > 1 and all(line.soft and not line.bullet for line in body)
    if set_close and set_wide:
        signs += 2 if len(body) == 3 else 1
    opening = [letters(word) for word in body[0].text.split()[:2]]
    named = letters(title)
    if all(word and word in named for word in opening):
        signs += 2
    else:
        told = letters(" ".join(line.text for line in body))
        signs += any(len(word) >= 4 and word in told for word in map(letters, title.split()))
    signs += bool(re.search(r"\bkommune$", title, re.I))
    return signs + any(FOOTER.search(line.text) for line in lines[last + 2 : min(end, last + 60)])


def after_footer(lines: list[Line], index: int, start: int) -> bool:
    """Whether the lines just above close an entry ("further information …", an address, a telephone
    number).
    """
    above = lines[index - 1]
    if re.search(r"(?:https?://|www\.)\S+$", above.text, re.I) or EMAIL.search(above.text[-50:]):
        return True
    for back in range(index - 1, max(start - 1, index - 4), -1):
        if FOOTER.search(lines[back].text):
            return True
        if lines[back].hard:
            return False
    return False


def _body_follows(lines: list[Line], last: int, end: int, sure: bool) -> bool:
    body = lines[last + 1]
    text = re.sub(r"^[”“\"’'«»(]+", "", LIST_MARK.sub("", body.text))
    if not text or not (text[0].isupper() or text[0].isdigit()):
        return False
    if EMAIL.fullmatch(body.text) or phone_spans(body.text) and len(body.text) < 30:
        return False
    if len(body.text) >= 50:
        return not (FOOTER.search(body.text) and not sure)
    more = lines[last + 2] if last + 2 < end else None
    if (
        more is not None
        and not more.hard
        and len(body.text) + len(more.text) >= 80
        and more.text[:1].islower()
    ):
        return True
    return sure and bool(re.search(r"[.!?]$|(?:https?://|www\.)\S+$", body.text))
