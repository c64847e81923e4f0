"""The printed form: its eight headings, the questions under them, and its two versions.

Headings and questions are known by a short piece of their wording, compared letter by letter in groups of
three, so that spacing, hyphens and a few lost letters do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lines import Line
from .patterns import LIST_MARK, letters

HEADINGS = {
    1: "beskrivkortjerestilbud",
    2: "beskrivpeerstøttenijeres",
    3: "beskrivgruppenderyder",
    4: "beskrivgruppendermodtager",
    5: "beskrivpeerstøttensrelat",
    6: "beskriveffektenafathave",
    7: "beskrivfinansieringenaf",
    8: "erderandetdetervigtigt",
}
# section -> (how a question begins, how it ends)
QUESTIONS = {
    1: [("hvaderformåletmedog", "tilbudprojekt"), ("hvordanbidragerpeer", "ide")],
    2: [
        ("hvorlængehartilbud", "eksisteret"),
        ("hvaderformåletmedogind", "tilhvem"),
        ("hvaderomfanget", "længemm"),
        ("hvilketgrundlagbygger", "modellermm"),
        ("harformenpåpeer", "hvorfor"),
    ],
    3: [
        ("hvormangepeerstøtter", "derder"),
        ("hvordanrekrutterespeer", "skalhave"),
        ("erpeerstøtterneuddan", "hvordan"),
        ("harpeerstøtternetilbud", "hvemmm"),
        ("hvordanerpeerstøtternesrel", "andet"),
    ],
    4: [("hvemkanfåadgangtil", "ringmm"), ("hvormangemodtagertilbud", "projekt")],
    5: [
        ("hvordanertilbuddetompeer", "organisation"),
        ("hvordansamarbejderpeer", "organiseret"),
        ("hvordanerpeerstøttenblevet", "samarbejdet"),
        ("hvordanerpeerstøtterneblevet", "erfaringer"),
    ],
    6: [
        ("hvilkeneffekthardetfordeder", "støtte"),
        ("hvilkeneffekthardetfororgan", "medarbejdere"),
        ("haridokumentationforeffekt", "gerne"),
    ],
    7: [
        ("hvordanerpeerstøttenijeres", "projekt"),
        ("hvisfinansieringenertids", "udløber"),
        ("hvaderdestørsteudfordringer", "levedygtighed"),
    ],
    8: [("herunderkontaktoplysninger", "hjemmeside")],
}
QUESTIONS[3][0] = ("hvormangepeerstøtter", "erder")

_HEADING_TAIL = re.compile(r"herun\w*\s*:?\s*$|:\s*$", re.I)
_VERSION_B = [
    re.compile(r"spørgsmålene\w{6,}", re.I),
    re.compile(r"heruner\b", re.I),
    re.compile(r"støtten\?\s*\(hvem", re.I),
    re.compile(r"\?\s+\?"),
    re.compile(r"professionelle\?\s*\(kom", re.I),
    re.compile(r"peerst\w+en\?", re.I),
    re.compile(r"^herunder kontakt", re.I),
]
_VERSION_A = [
    re.compile(r"støtten \(hvem", re.I),
    re.compile(r"professionelle \(kom", re.I),
    re.compile(r"^beskriv kort .*spørgsmålene\s+herunder:", re.I),
]


@dataclass
class Heading:
    """A heading of the form: which, and where its own lines begin and end in the list of lines."""

    section: int
    start: int
    end: int
    printed: str
    rest: str = ""


def _threes(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


_KEYS = {key: _threes(key) for key in HEADINGS.values()}
_KEYS |= {start: _threes(start) for questions in QUESTIONS.values() for start, _end in questions}


def likeness(text: str, key: str) -> float:
    """How much of ``key`` the beginning of ``text`` (letters only) holds, from 0 to 1."""
    if text.startswith(key):
        return 1.0
    wanted = _KEYS[key]
    return len(wanted & _threes(text[: len(key) + 2])) / len(wanted)


def strip_mark(text: str) -> str:
    return LIST_MARK.sub("", text, count=1).strip()


def heading_section(text: str) -> int | None:
    """Which of the eight headings a line begins, or None."""
    bare = strip_mark(text)
    if not bare or not bare[0].isupper() and not bare[0].islower():
        return None
    plain = letters(bare)
    if len(plain) < 14:
        return None
    best, score = max(((n, likeness(plain, key)) for n, key in HEADINGS.items()), key=lambda pair: pair[1])
    return best if score >= 0.7 else None


def find_headings(lines: list[Line]) -> list[Heading]:
    """All headings of the form, in order, with the lines they are wrapped over."""
    found: list[Heading] = []
    index = 0
    while index < len(lines):
        section = heading_section(lines[index].text)
        if section is None:
            index += 1
            continue
        end, printed = index + 1, lines[index].text
        while not _heading_done(section, printed) and end < len(lines) and end - index < 3:
            extra = lines[end].text
            tail = letters(extra)
            fits = len(extra) < 70 and (
                "herun" in tail or "spørgsmål" in tail or section == 8 and "?" in extra[:40]
            )
            if LIST_MARK.match(extra) or heading_section(extra) or not fits:
                break
            printed += " " + extra
            end += 1
        found.append(Heading(section, index, end, printed, _rest(section, printed)))
        index = end
    return found


def _heading_done(section: int, printed: str) -> bool:
    if section == 8:
        return "?" in printed
    return bool(re.search(r"herun\w*\s*:?", printed[40:], re.I)) or printed.endswith(":")


def _rest(section: int, printed: str) -> str:
    """What stands on the heading's line after the heading itself (an answer on the same line)."""
    match = re.search(r"\?\s*" if section == 8 else r"herun\w{0,4}\s*:\s*", printed)
    rest = printed[match.end() :].strip() if match else ""
    return rest if len(letters(rest)) > 1 else ""


def strip_questions(section: int, lines: list[Line]) -> tuple[list[Line], list[str], list[int]]:
    """The answer without the form's printed questions.

    Returns the lines that remain, the questions as printed, and the lines of questions not known before.
    """
    kept: list[Line] = []
    printed: list[str] = []
    unknown: list[int] = []
    keys = QUESTIONS[section]
    index = 0
    while index < len(lines):
        line = lines[index]
        bare = strip_mark(line.text)
        plain = letters(bare)
        in_zone = not kept
        marked = line.text.startswith("•")
        floor = 0.7 if in_zone and marked else 0.85
        score, key = (
            max((likeness(plain, start), (start, end)) for start, end in keys) if plain else (0, None)
        )
        if score >= floor and (in_zone or marked):
            index, question, rest = _consume(lines, index, key[1])
            printed.append(question)
            if rest:
                kept.append(
                    Line(line.no, line.raw, rest, line.soft, line.hard, line.page, last_no=line.last_no)
                )
            continue
        if in_zone and marked and printed:
            end = index + 1
            text = line.text
            while end < len(lines) and end - index < 3 and not lines[end].bullet and "?" not in text:
                text += " " + lines[end].text
                end += 1
            if re.search(r"\?\s*$", text) and "”" not in text:
                printed.append(text)
                unknown.append(line.no)
                index = end
                continue
        kept.append(line)
        index += 1
    return kept, printed, unknown


def _consume(lines: list[Line], index: int, ending: str) -> tuple[int, str, str]:
    """Read one question that may be wrapped; what follows it on its last line is given back."""
    text = strip_mark(lines[index].text)
    end = index + 1
    while True:
        stop = _position_after(text, ending)
        if stop is not None:
            rest = re.sub(r"^[\s?):.!*•]+", "", text[stop:])
            return end, text, rest if len(letters(rest)) > 1 else ""
        more = end < len(lines) and end - index < 3 and not lines[end].bullet
        if not more or heading_section(lines[end].text) or re.search(r"\?\s*$|\?\)\s*$", text):
            return end, text, ""
        if lines[end].hard and not lines[end].page_start:
            return end, text, ""
        text += " " + lines[end].text
        end += 1


def _position_after(text: str, ending: str) -> int | None:
    """Where a question's ending stops in the text, or None. Only the first whole match that closes it
    counts.
    """
    plain, places = "", []
    for place, char in enumerate(text):
        if char.isalpha():
            plain += char.casefold()[:1]
            places.append(place)
    start = 8
    while (found := plain.find(ending, start)) >= 0:
        stop = places[found + len(ending) - 1] + 1
        if re.match(r"\s*[?)]|\s*$|\s*[A-ZÆØÅ]", text[stop:]):
            return stop
        start = found + 1
    return None


def form_version(printed: list[str]) -> str | None:
    """ "A" or "B" by the small differences in how the form is printed, None when there is no sign."""
    votes_b = sum(1 for pattern in _VERSION_B if any(pattern.search(text) for text in printed))
    votes_a = sum(1 for pattern in _VERSION_A if any(pattern.search(text) for text in printed))
    if votes_a == votes_b:
        return None
    return "B" if votes_b > votes_a else "A"
