"""What an entry says about itself, as flags that an editor can filter on."""

from __future__ import annotations

import re

from .answers import NOT_PEER, sentences
from .model import EMPTY, Initiative
from .patterns import letters
from .reflow import plain

DAMAGED = "damaged_text"
NOT_PEER_SUPPORT = "not_peer_support"
NOT_DESCRIBED = "peer_support_not_described"
REFERS_TO = "refers_to"
INCOMPLETE = "form_mostly_empty"
ENDED = "ended"
CONTACT = "contact_moved"
DOUBTFUL_LINKS = "doubtful_links"
DOUBTFUL_TITLE = "title_uncertain"
TITLE_MISSING = "title_missing"

_PRACTICE = re.compile(
    r"peer|medbruger|\bMB\W|erfaringskompetence|brugererfaring|levede? erfaring|egne? erfaring|"
    r"selv (?:har |have )?(?:erfaring|været|haft|prøvet)|har haft (?:en )?psykisk|borger til borger|"
    r"bruger[ -]til[ -]bruger|"
    r"ligestille|ligesinde|mentor|selvhjælpsgruppe(?!r?\b.{0,5}net)|tidligere (?:bruger|kursist|deltager)",
    re.I,
)
_ENDED = re.compile(
    r"\b(?:projektet|tilbuddet|initiativet)\s+(?:er|blev|var)\s+(?:nu\s+)?(?:afsluttet|ophørt|nedlagt|lukket|"
    r"stoppet|indstillet)\b",
    re.I,
)
_REFER = re.compile(
    r"\b(?:henføres|henvises|henviser|refereres)\s+til\b|\b(?:se|jf\.?|jfr\.?)\s+(?:også\s+)?(?:skema\w*|"
    r"beskrivelse\w*|"
    r"under|initiativ\w*|projekt\w*|oven|neden)|\bbeskrevet (?:under|i|ved)\b|\budfyldte skema\b|"
    r"\bse\b.{0,40}\bovenfor",
    re.I,
)
_PLAIN_WORDS = frozenset(
    """
    projekt projektet center centre kommune region recovery psykiatri psykiatrien socialpsykiatrien
    socialpsykiatri støtte brugere borgere netværk støtten mentorer hovedstadens hovedstaden sjælland
    syddanmark midtjylland kommunes uddannelsen uddannelse skolen kursus aktiviteter tilbud peerstøtte
    """.split()
)


def says_not_peer_support(text: str) -> bool:
    """Whether an entry says in its own words that it is not peer support (not merely "not formal", "not
    only").
    """
    for sentence in sentences(plain(text)):
        match = NOT_PEER.search(sentence)
        if not match:
            continue
        after = sentence[match.end() :]
        if re.match(
            r"[\w-]*\s+(?:alene|kun|formaliseret|endnu udbredt|bare|udelukkende|som eneste)\b", after, re.I
        ):
            continue
        if re.search(
            r"\bikke\s+(?:kun|bare|alene|udelukkende)\b",
            sentence[max(0, match.start() - 5) : match.end()],
            re.I,
        ):
            continue
        return True
    return False


def describes_peer_support(text: str) -> bool:
    return bool(_PRACTICE.search(text))


def other_entries_named(initiative: Initiative, text: str, titles: list[str]) -> list[str]:
    """Titles of other entries that a sentence sends the reader to."""
    found: list[str] = []
    for sentence in sentences(plain(text)):
        if not _REFER.search(sentence):
            continue
        words = set(re.findall(r"[a-zæøå]{5,}", sentence.casefold()))
        best = ("", 0)
        for title in titles:
            if title == initiative.title:
                continue
            own = set(re.findall(r"[a-zæøå]{5,}", title.casefold())) - _PLAIN_WORDS
            own -= set(re.findall(r"[a-zæøå]{5,}", initiative.title.casefold())) if len(own) > 3 else set()
            hits = own & words
            share = len(hits) / len(own) if own else 0
            if letters(title) and letters(title) in letters(sentence):
                share = 2
            if share > best[1] and share >= 0.5:
                best = (title, share)
        if best[0] and best[0] not in found:
            found.append(best[0])
    return found


def set_flags(initiative: Initiative, text: str, titles: list[str]) -> None:
    """Write ``flags`` and ``refers_to`` of one initiative from its whole text."""
    flags = initiative.flags
    initiative.refers_to = other_entries_named(initiative, text, titles)
    empty = sum(1 for section in initiative.sections.values() if section.state == EMPTY)
    checks = (
        (DAMAGED, bool(initiative.damaged_lines)),
        (NOT_PEER_SUPPORT, says_not_peer_support(text)),
        (
            NOT_DESCRIBED,
            not initiative.has_questionnaire and not describes_peer_support(initiative.title + " " + text),
        ),
        (REFERS_TO, bool(initiative.refers_to)),
        (INCOMPLETE, initiative.has_questionnaire and empty >= 4),
        (ENDED, bool(_ENDED.search(text))),
        (CONTACT, bool(initiative.contact)),
        (DOUBTFUL_LINKS, any(link.doubtful for link in initiative.links)),
    )
    flags.extend(name for name, holds in checks if holds and name not in flags)
