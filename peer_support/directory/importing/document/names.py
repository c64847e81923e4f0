"""Personal names in running text: which capitalised words are a person, and which a place or an organisation.

Signs for a person: a known first name, a role just before ("projektleder …"), an invitation ("kontakt …"), an
e-mail or telephone number close by, the name inside the e-mail address. Signs against: a word that names
organisations or places, an author with a year, a work that belongs to the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .first_names import FIRST_NAMES
from .patterns import EMAIL, phone_spans, url_spans

_CAPITAL = r"[A-ZÆØÅÄÖÜÉ][a-zæøåäöüéèáóíðþ]+(?:[-’'][A-ZÆØÅÄÖÜÉ]?[a-zæøåäöüéèáóí]+)*"
_PARTICLE = r"(?:af|von|van|der|den|de|da|la|el|al|bin|ibn|y)"
_WORD = rf"{_CAPITAL}(?![\w])"
_SEQUENCE = re.compile(rf"(?<![\w@.-]){_WORD}(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+)?(?:{_WORD}|[A-ZÆØÅ]\.))*")
_REFERENCE = re.compile(r"[A-ZÆØÅ][a-zæøå]+ [A-Z]{1,2}[,.].*(?:19|20)\d\d")
_ROLE_NOUN = (
    r"(?:leder|konsulent|koordinator|chef|formand|forkvinde|forperson|kontaktperson|medarbejder|psykolog|"
    r"tovholder|"
    r"sekretær|rådgiver|sygeplejerske|direktør|vejleder|underviser|instruktør|læge|pædagog|terapeut|"
    r"kasserer|ansvarlig|"
    r"supervisor|mentor|bestyrer|grundlægger|stifter|forstander|lærer|assistent|administrator)"
)
_ROLE_BEFORE = re.compile(rf"\b([a-zæøåA-ZÆØÅ-]*{_ROLE_NOUN}(?:en|n)?)[\s:,(]*$", re.I)
_ROLE_APPOSED = re.compile(
    rf"\b([a-zæøå-]*{_ROLE_NOUN})\s+(?:af|for|i|ved|hos)\s[^.;:!?\n]{{2,60}},\s*$", re.I
)
_ROLE_AFTER = re.compile(rf"^\s*[,(]\s*([a-zæøå-]*{_ROLE_NOUN})\b", re.I)
_INVITED = re.compile(
    r"(?:\bkontakt(?:e|es)?|\bkontaktperson\w*|\bring(?:e|es)?(?: til)?|\bskriv(?:e)?(?: til)?|\btil|\bhos|"
    r"\bved|v/|"
    r"\bmail(?:e)?(?: til)?|\binformation|\boplysninger|\bhilsen)\s*:?\s*$",
    re.I,
)
_LEADING = frozenset(
    """
    kontakt ring skriv mail tlf telefon hos ved til med hr fru frk yderligere mere flere læs se spørg mød
    find henvendelse information oplysninger dr cand mag leder
    """.split()
)
_ORGANISATION = re.compile(
    r"(?:center|centre|centret|centeret|centrum|forening\w*|fond|fonden|fondens|kommunes?|regions?|"
    r"regionen|skole|skolen|"
    r"projekt|projektet|netværk|netværket|klub|klubben|caf[eé]\w*|råd|rådet|afdeling\w*|psykiatri\w*|hus|"
    r"huset|sted|"
    r"stedet|gård|gården|værksted\w*|hospital\w*|universitet\w*|højskole\w*|aftenskole\w*|bibliotek\w*|"
    r"ministerie\w*|"
    r"styrelsen?|forvaltning\w*|udvalg\w*|kirke|kirken|dansk|danske|danmarks?|røde|kors|landsforening\w*|"
    r"selskab\w*|"
    r"institut\w*|museum|teater\w*|galleri\w*|hotel|aps|a/s|bostøtte\w*|botilbud\w*|væksthus\w*|"
    r"partnerskab\w*|"
    r"organisation\w*|peer|recovery|team|akademi\w*|lab|press|prentice|hall|social\w*|sundheds\w*|"
    r"frivillig\w*|idræt\w*|"
    r"ny|nye|nord|syd|øst|vest|nordvest|nørre|vester|øster|sønder|store|lille|gamle|sankt|skt|børne|unge|"
    r"ungdoms\w*|"
    r"alle|allé|gade|vej|plads|torv|stræde|boulevard|park|parken|by|byen|program|programme|guide|bog|bogen|"
    r"kursus|"
    r"uddannelse\w*|forsøg\w*|gruppe\w*|konto\w*|service|aktiviteter\w*|mindfulness|støtte\w*)$|^(?:det|"
    r"den|de|en|et|"
    r"vores|min|mit|din|dit|hver|alle|kære|god|godt|gode|første|anden|tredje)$",
    re.I,
)
_PLACES = frozenset(
    """
    aabenraa aalborg aarhus århus albertslund allerød amager assens ballerup billund bornholm brøndby
    brønderslev brørup danmark dragør egedal esbjerg fanø favrskov faxe fredensborg fredericia frederiksberg
    frederikshavn frederikssund furesø fyn gentofte gladsaxe glostrup greve gribskov guldborgsund haderslev
    halsnæs hedensted helsingør herlev herning hillerød hjørring holbæk holstebro horsens hovedstaden
    hvidovre høje-taastrup hørsholm ikast ishøj jammerbugt jylland kalundborg kerteminde kolding kbh
    københavn køge langeland lejre lemvig lolland lyngby mariagerfjord middelfart midtjylland morsø
    norddjurs nordjylland nyborg næstved odder odense odsherred randers rebild ringkøbing ringsted roskilde
    rudersdal rødovre samsø silkeborg sjælland skanderborg skive slagelse solrød sorø stevns struer
    svendborg syddanmark syddjurs sønderborg taastrup thisted tårnby tønder vallensbæk valby varde vejen
    vejle vejen vestsjælland viborg vesterbro nørrebro østerbro vordingborg ærø england usa australien norge
    sverige tyskland stanford europa norden facebook skype youtube instagram trygfonden januar februar marts
    april juni juli september oktober november december mandag tirsdag onsdag torsdag fredag lørdag søndag
    jul påske
    """.split()
)
# First names that are also words, flowers, towns or the like: alone they prove nothing.
_ALSO_WORDS = frozenset(
    """
    lykke sten line linea bitten rune stella victoria viktoria viola iris rosa sofia robin vita regina kate
    august klara jack kent mike milla magda luna leon julia maria else
    """.split()
)
_SURNAME = re.compile(
    r"(?:sen|gaard|gård|strup|holm|lund|berg|bæk|skov|dahl|toft|bjerg|kjær|kjold|skjold|rup|sson)s?$"
)
_AUTHOR_AFTER = re.compile(
    r"^[’']?s?\s*(?:\(?,?\s*(?:19|20)\d\d\b|,?\s*(?:ph\.?d|forfatter|forsker|professor)|\s+et al|"
    r"[^.\n]{0,40}\b(?:teori\w*|"
    r"ophavsmand|forfatter|udvikle[tr]))",
    re.I,
)
_AUTHOR_BEFORE = re.compile(
    r"(?:\b(?:filosof\w*|teoretiker\w*|forfatter\w*|forsker\w*|amerikanske|engelske|ifølge|af bogen|"
    r"[”\"],?))[^.\n]{0,25}$",
    re.I,
)


@dataclass(frozen=True)
class Person:
    """A name found in a text: where, the name, the role printed with it, and whether it stands in the
    genitive.
    """

    start: int
    end: int
    name: str
    role: str = ""
    genitive: bool = False


def find_people(text: str, known: tuple[str, ...] = ()) -> list[Person]:
    """Personal names in ``text``. ``known`` are names already found elsewhere, with small misspellings
    allowed.
    """
    emails = [match.span() for match in EMAIL.finditer(text)]
    phones = phone_spans(text)
    skip = url_spans(text) + emails
    found = []
    for match in _SEQUENCE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in skip):
            continue
        for start, end in _candidates(match.group()):
            person = _judge(text, match.start() + start, match.start() + end, emails, phones, known)
            if person:
                found.append(person)
                break
    return found


def _candidates(sequence: str):
    """Stretches of the capitalised words that could be a name: leading roles and invitations cut off."""
    words = list(re.finditer(r"\S+", sequence))
    while words and (words[0].group().casefold().rstrip(":") in _LEADING or _is_role(words[0].group())):
        words = words[1:]
    for begin in range(len(words)):
        if begin and words[begin].group().casefold() not in FIRST_NAMES:
            continue
        stop = min(len(words), begin + 4)
        for end in range(begin + 1, stop):
            if _ORGANISATION.search(words[end].group()) or words[end].group().casefold() in _PLACES:
                stop = end
                break
        if stop > begin:
            yield words[begin].start(), words[stop - 1].end()


def _is_role(word: str) -> bool:
    return bool(re.fullmatch(rf"[\w-]*{_ROLE_NOUN}(?:en|n)?", word, re.I))


def _judge(text, start, end, emails, phones, known) -> Person | None:
    name = text[start:end]
    words = [word for word in name.split() if word[0].isupper()]
    if not words or not name[0].isupper():
        return None
    before, after = text[max(0, start - 90) : start], text[end : end + 70]
    line_before, line_after = before.rpartition("\n")[2], after.partition("\n")[0]
    first, last = words[0].casefold(), words[-1].casefold()
    genitive = (
        last.endswith("s")
        and not last.endswith(("as", "es", "is", "us", "ss", "ns"))
        or last.endswith("sens")
    )
    role = _role(line_before, line_after)
    match = _matches_known(name, known)
    if match:
        return Person(start, end, name, role, name.casefold().rstrip("’'") != match and last.endswith("s"))
    first_known = first in FIRST_NAMES or first.partition("-")[0] in FIRST_NAMES
    if any(_ORGANISATION.search(word) or word.casefold() in _PLACES for word in words):
        return None
    near = any(start - 40 <= a <= end + 60 for a, _b in [*emails, *phones])
    mail = any(_in_address(words, text[a:b]) for a, b in emails if abs(a - end) < 120)
    invited = bool(_INVITED.search(line_before))
    if len(words) == 1:
        sure = first_known and ((invited and near) or (role and near) or mail and near)
        sure = sure or first_known and bool(re.search(rf"{_ROLE_NOUN}(?:en)?\s$", line_before, re.I))
        sure = sure or first_known and bool(re.search(r"v/\s*$|\bkontakt\s$", line_before, re.I))
        sure = sure or first_known and _stands_alone(name, line_before, after)
        return Person(start, end, name, role, genitive) if sure else None
    if re.match(r"\s*(?:kommune|gade|vej|plads|fonden|skole|center|hus)\b", after, re.I):
        return None
    if _REFERENCE.search(text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]):
        return None
    surname = bool(_SURNAME.search(last))
    if not (first_known or role or mail or (surname and (invited or near))):
        return None
    score = 2 * first_known + 2 * bool(role) + invited + near + 2 * mail + surname
    score -= 4 * bool(_AUTHOR_AFTER.search(line_after) or _AUTHOR_BEFORE.search(line_before))
    if re.match(r"[’']?s?\s+(?:[A-ZÆØÅ]{2,}|[A-ZÆØÅ][a-z]+[A-Z])", after) and last.endswith("s"):
        score -= 4
    if re.search(r"[”“\"]$", before) and re.match(r"[”“\"]", after):
        score -= 3
    return Person(start, end, name, role, genitive) if score >= 2 else None


def _stands_alone(name: str, before: str, after: str) -> bool:
    """A first name by itself in a story ("… fortæller Inger"), and not part of the name of a place."""
    if len(name) < 4 or name.casefold() in _ALSO_WORDS or before.endswith(("”", "“", '"', "’", "-", "/")):
        return False
    capital = re.search(r"(\S+)\s$", before)
    named = capital and capital.group(1)[:1].isupper() and capital.group(1).casefold() not in _LEADING
    return not named and not re.match(r"[-’'”“\"/]|\s+[A-ZÆØÅ]", after)


def _role(before: str, after: str) -> str:
    for pattern, where in ((_ROLE_BEFORE, before), (_ROLE_APPOSED, before), (_ROLE_AFTER, after)):
        match = pattern.search(where)
        if match:
            return match.group(1).casefold()
    return ""


def _in_address(words: list[str], address: str) -> bool:
    local = re.sub(r"^mailto:", "", address.casefold()).partition("@")[0]
    local = local.replace("oe", "ø").replace("aa", "å")
    parts = [word.casefold().replace("aa", "å") for word in words]
    return any(part in local for part in parts if len(part) > 2) or local == "".join(p[0] for p in parts)


def _matches_known(name: str, known: tuple[str, ...]) -> str:
    """The known name that this one is (also in the genitive, misspelt by a letter, or the first name
    alone).
    """
    low = name.casefold()
    for full in known:
        target = full.casefold()
        if low in (target, target + "s", target + "’s", target + "'s"):
            return target
        if " " in low and low.split()[0] == target.split()[0]:
            if SequenceMatcher(None, low.rstrip("s"), target.rstrip("s")).ratio() >= 0.88:
                return low if not low.endswith("s") or target.endswith("s") else low[:-1]
        first = target.split()[0]
        alone = first in FIRST_NAMES or not (_ORGANISATION.search(first) or first in _PLACES)
        if low in (first, first + "s") and alone and len(first) > 3:
            return first
    return ""
