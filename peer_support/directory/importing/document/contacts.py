"""Contact data moved out of public text: e-mails, telephone and civil registration numbers, personal
names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from .answers import sentences
from .names import Person, find_people
from .patterns import CPR, EMAIL, FOOTER, URL, phone_spans

NAME, PHONE, MAIL, NUMBER = "name", "phone", "email", "cpr"
_CONTACT = re.compile(
    r"\b(?:kontakt\w*|henvend\w*|ring(?:e|es)?\b|skriv(?:e|es)?\b|mail\w*|e-mail\w*|telefon\w*|tlf|"
    r"mobil\w*|tilmeld\w*|"
    r"hos|ved|via|til)\b|v/",
    re.I,
)
_BREAK = re.compile(r"\s*(?:[,;(–]|\s-\s|\b(?:samt|eller|og|men)\b)\s*", re.I)
_LEAD_IN = re.compile(r"(?:\b(?:til|hos|på|ved|er|via)|:)$", re.I)
_LABEL = re.compile(
    r"^\W*(?:(?:kontakt\w*|tlf|telefon\w*|mobil\w*|e-?mail\w*|mail\w*|adresse|leder|projektleder|"
    r"koordinator|navn|hos|"
    r"eller|og|på|samt|nr|mere|yderligere|info\w*|oplysninger|fås|ved|til|henvendelse)\W*)*$",
    re.I,
)


@dataclass(frozen=True)
class Finding:
    """One piece of contact data: ``kind`` is "name", "phone", "email" or "cpr"."""

    kind: str
    value: str
    start: int
    end: int
    role: str = ""


class ContactSplit(NamedTuple):
    """Public text, contact text for a restricted field, and what was found (positions in the given text)."""

    public_text: str
    contact_text: str
    findings: list[Finding]


def find_contacts(text: str, known_names: tuple[str, ...] = ()) -> list[Finding]:
    """All contact data in a text, in order."""
    found = [Finding(MAIL, m.group(), *m.span()) for m in EMAIL.finditer(text)]
    found += [Finding(NUMBER, m.group(), *m.span()) for m in CPR.finditer(text)]
    found += [Finding(PHONE, text[start:end], start, end) for start, end in phone_spans(text)]
    found += [Finding(NAME, p.name, p.start, p.end, p.role) for p in find_people(text, known_names)]
    addresses = [match.span() for match in URL.finditer(text)]
    kept: list[Finding] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        inside = any(start <= item.start and item.end <= end for start, end in addresses)
        if not inside and not (kept and item.start < kept[-1].end):
            kept.append(item)
    return kept


def split_contact(text: str, known_names: tuple[str, ...] = ()) -> ContactSplit:
    """Divide a text into what everybody may read and what only staff may.

    A sentence that is there to give contact data goes as a whole; a name inside a story is replaced by the
    person's role, so that the public text still reads well. Places and organisations stay. ``known_names``
    are
    names found elsewhere in the same record. Any text is fine; without contact data it comes back unchanged.
    """
    findings = find_contacts(text, known_names)
    if not findings:
        return ContactSplit(text, "", [])
    known = tuple(
        dict.fromkeys([*known_names, *(f.value for f in findings if f.kind == NAME and " " in f.value)])
    )
    findings = find_contacts(text, known)
    roles = {f.value.split()[0].casefold(): f.role for f in findings if f.kind == NAME and f.role}
    public: list[str | None] = []
    moved: list[str] = []
    place = 0
    for line in text.split("\n"):
        inside = [f for f in findings if place <= f.start < place + len(line)]
        if not inside:
            public.append(line)
        else:
            kept, gone = _split_line(line, known, roles)
            public.append(kept if kept else None)
            moved += gone
        place += len(line) + 1
    return ContactSplit(_put_together(public, moved), "\n".join(dict.fromkeys(moved)), findings)


def _split_line(line: str, known: tuple[str, ...], roles: dict[str, str]) -> tuple[str, list[str]]:
    kept: list[str] = []
    moved: list[str] = []
    for sentence in sentences(line):
        found = find_contacts(sentence, known)
        if not found:
            whole_label = moved and _LABEL.match(sentence)
            (moved if whole_label else kept).append(sentence)
        elif all(f.kind == NAME for f in found) and not _is_footer(sentence) and len(sentence.split()) > 5:
            kept.append(_without_names(sentence, find_people(sentence, known), roles, moved))
        else:
            rest = _before_contact(sentence, found)
            if rest:
                kept.append(rest)
                moved.append(sentence[_cut_of(sentence, found) :].strip(" ,;(–-"))
            else:
                moved.append(sentence)
    return re.sub(r"\s+", " ", " ".join(kept)).strip(), moved


def _is_footer(sentence: str) -> bool:
    return bool(FOOTER.search(re.sub(r"^[•→–-]\s*", "", sentence)))


def _cut_of(sentence: str, found: list[Finding]) -> int:
    """Where the part of a sentence begins that gives contact data; 0 when it is the whole sentence."""
    first = found[0].start
    addresses = [m.end() for m in URL.finditer(sentence) if m.end() <= first]
    floor = addresses[-1] if addresses else 0
    cuts = [m.start() for m in _BREAK.finditer(sentence) if floor <= m.start() < first]
    if addresses:
        return cuts[0] if cuts else floor
    for cut in reversed(cuts):
        if _CONTACT.search(sentence[cut:first]) and len(sentence[:cut].split()) >= 4:
            return cut
    return 0


def _before_contact(sentence: str, found: list[Finding]) -> str:
    cut = _cut_of(sentence, found)
    head = sentence[:cut].rstrip(" ,;(–-")
    if len(head.split()) < 4 and not URL.search(head):
        return ""
    if _is_footer(sentence) and not URL.search(head):
        return ""
    return head if re.search(r"[.!?]$", head) or URL.search(head.split()[-1]) else head + "."


def _without_names(sentence: str, people: list[Person], roles: dict[str, str], moved: list[str]) -> str:
    for person in reversed(people):
        before, after = sentence[: person.start], sentence[person.end :]
        role = person.role or roles.get(person.name.split()[0].casefold(), "")
        moved.append(f"{person.name} ({role})" if role else person.name)
        own_role = re.search(rf"({re.escape(person.role)})[\s:]*$", before, re.I) if person.role else None
        if re.search(r"\([^()]{0,25}$", before) and re.match(r"[^()]{0,25}\)", after):
            before = before[: before.rindex("(")].rstrip()
            after = after[after.index(")") + 1 :]
        elif own_role:
            word = own_role.group(1)
            alone = not re.search(
                r"(?:s|en|et|vores|ny|nye|lokale|den|til|som)\s$", before[: own_role.start()], re.I
            )
            before = before[: own_role.start()] + (definite(word) if alone else word)
            before += "s" if person.genitive else ""
        elif re.search(r",\s*$", before) and person.role:
            before = (
                re.sub(r"\s*,\s*$", ", ", before)
                if after.startswith(",")
                else re.sub(r"\s*,\s*$", "", before)
            )
            after = after.lstrip(",") if before.endswith(", ") else after
            before = before.rstrip(", ")
        else:
            word = definite(role) if role else "en person"
            word = word[0].upper() + word[1:] if not before.strip('”"(• ') else word
            before += word + ("s" if person.genitive else "")
        sentence = before + after
    sentence = re.sub(r"\b([Ee])n person(?:, en person)* og en person\b", _persons, sentence)
    return re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"  +", " ", sentence)).strip()


def _persons(match: re.Match) -> str:
    count = match.group().casefold().count("en person")
    words = {2: "to personer", 3: "tre personer"}.get(count, "flere personer")
    return words.capitalize() if match.group(1) == "E" else words


def definite(role: str) -> str:
    """A role with its Danish definite ending: "projektleder" → "projektlederen"."""
    if role.endswith("en") or role.endswith("n") and not role.endswith(("ion", "mentn")):
        return role
    if role.endswith("mand"):
        return role + "en"
    return role + ("n" if role.endswith("e") else "en")


def _put_together(lines: list[str | None], moved: list[str]) -> str:
    """The public lines again; a lead-in whose contact data went goes with it."""
    kept: list[str] = []
    for index, line in enumerate(lines):
        if line is None:
            continue
        rest = [other for other in lines[index + 1 :] if other is None or other.strip()]
        orphaned = bool(rest) and all(other is None for other in rest)
        if line.strip() and orphaned and _LEAD_IN.search(line.strip()):
            head, mark, tail = line.strip().rpartition(". ")
            moved.insert(0, tail)
            if head:
                kept.append(head + mark.strip())
            continue
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if following is None and line.strip() and _LABEL.match(line) and any(c.isalpha() for c in line):
            moved.insert(0, line.strip())
            continue
        kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
