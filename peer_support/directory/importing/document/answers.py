"""The state of an answer: given, empty, or only pointing somewhere else."""

from __future__ import annotations

import re

from .model import ANSWERED, DEFERRED, EMPTY, LINK_ONLY, NOT_APPLICABLE, REFERS
from .patterns import BARE_DOMAIN, EMAIL, URL, letters
from .reflow import plain

_PEER = r"peer[\s–-]*(?:to[\s–-]*peer[\s–-]*)?(?:st\w+|\w*)"
NOT_PEER = re.compile(
    rf"\b(?:er|yder|udbyder|tilbyder|bruger|anvender|anvendt|brugt|benytter|har)\s+(?:\w+\s+){{0,2}}?ikke\s+"
    rf"(?:(?:længere|endnu|noget|nogen|egentlig|egentligt|direkte|anvendt|brugt|haft|"
    rf"i egentlig forstand)\s+){{0,2}}"
    rf"(?:et\s+|en\s+)?{_PEER}\b|"
    rf"\bikke\s+(?:anvend\w+|brug\w+|benytt\w+|tale om|et udtryk for|beskrives som)\s+{_PEER}\b",
    re.I,
)
_NOT_APPLICABLE = re.compile(
    r"\bkan ikke (?:udfyldes?|besvares?)\b|\bikke (?:relevant|aktuel\w*)\b|\birrelevant\b|\bbortfalder\b|"
    r"^(?:n/?a|i/?r)\.?$|\bhar ikke (?:nogen )?peer",
    re.I,
)
_REFERS = re.compile(
    r"\b(?:svaret|besvaret|beskrevet|nævnt|fremgår|dækket)\b.{0,60}\b(?:oven|over|tidligere|neden|"
    r"foregående|forrige|"
    r"under|punkt|spørgsmål|afsnit|skema)|\b(?:se|jf\.?|jfr\.?)\s+(?:også\s+|"
    r"venligst\s+)?(?:svar\w*\s+)?(?:oven|"
    r"tidligere|neden|under|forrige|foregående|punkt|pkt|spørgsmål|svar|afsnit|besvarelse|første|"
    r"beskrivelse)|"
    r"\b(?:henvises|henføres|henviser)\s+til\b|^(?:som |samme som )?(?:ovenfor|ovenstående)\b|"
    r"\bfremgår af (?:det )?",
    re.I,
)
_DEFERRED = re.compile(
    r"\bsvar\w*\b.{0,30}\b(?:vil kunne|kan først|kommer|følger|gives senere)|\bendnu ikke\b|"
    r"\bendnu for tidligt|"
    r"\bfor tidligt at\b|\ber (?:jeg |vi )?(?:aktuelt |lige nu |pt\.? )?ved at\b|\bunder (?:udarbejdelse|"
    r"udvikling)\b|"
    r"\bafventer\b|\b(?:kommer|følger|gives|besvares) (?:senere|når)|\beftersendes\b|"
    r"\bforventes (?:at foreligge|klar)|"
    r"\b(?:ved|kender) (?:vi )?(?:det )?(?:først|endnu)\b|\bikke (?:begyndt|startet|i gang) endnu|"
    r"\b(?:kan|vil) først (?:besvares|beskrives|opgøres|svares|gives)",
    re.I,
)
_POINTER = re.compile(
    r"\b(?:yderligere|mere|flere|nærmere)\s+(?:info\w*|oplysninger|viden)|\b(?:læs|se|find|"
    r"hør)\s+(?:også\s+)?(?:mere|her|på)|"
    r"\bhjemmeside\w*|\bweb\w*|\blink\b|\bfindes (?:her|på)",
    re.I,
)
_EMPTY = re.compile(r"(?:[-–—.…/•*\s]|ikke udfyldt|intet svar|ubesvaret|ikke besvaret)*", re.I)


def sentences(text: str) -> list[str]:
    """A rough split into sentences; abbreviations like "bl.a." and "ca." do not end one."""
    parts = re.split(r"(?<=[.!?…])[”’\")]*\s+(?=[A-ZÆØÅ”“\"•(0-9])", text)
    out: list[str] = []
    for part in parts:
        if out and re.search(
            r"\b(?:bl\.?a|ca|f\.?eks|fx|tlf|nr|kl|pt|p\.t|kr|dvs|evt|mv|inkl|jf|st|dr|hr|max|min|pr|sml|vedr|"
            r"[A-ZÆØÅ])\.$",
            out[-1],
            re.I,
        ):
            out[-1] += " " + part
        else:
            out.append(part)
    return [part.strip() for part in out if part.strip()]


def state_of(text: str) -> str:
    """Which of the six states an answer has, judged by its own words.

    "refers" sends the reader elsewhere in the form, "deferred" promises an answer later, "not_applicable"
    says that the question does not fit, "link_only" holds nothing but an address.
    """
    body = plain(text)
    if _EMPTY.fullmatch(body) or not any(char.isalnum() for char in body):
        return EMPTY
    parts = sentences(body)
    words = len(body.split())
    if URL.search(body) or BARE_DOMAIN.search(body) and _POINTER.search(body):
        rest = EMAIL.sub("", URL.sub("", body))
        if words <= 45 and all(_points(part) for part in parts) or len(letters(rest)) < 12:
            return LINK_ONLY
    first = parts[0]
    if words <= 30 and (_NOT_APPLICABLE.search(first) or NOT_PEER.search(first)):
        return NOT_APPLICABLE
    if (
        words <= 40
        and _REFERS.search(first)
        and all(_REFERS.search(part) or len(part) < 40 for part in parts)
    ):
        return REFERS
    if words <= 70 and _DEFERRED.search(first):
        return DEFERRED
    return ANSWERED


def _points(sentence: str) -> bool:
    has_address = bool(URL.search(sentence) or BARE_DOMAIN.search(sentence) or EMAIL.search(sentence))
    return has_address and (bool(_POINTER.search(sentence)) or len(letters(URL.sub("", sentence))) < 12)
