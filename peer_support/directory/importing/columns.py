"""What a column of a table may be called, and how its cells are read.

Columns are named as the fields (``title``, ``section_1``), as the fields' labels in English or Danish, or by another
Danish word for them, in any spelling of capitals and spaces.
Several values in a cell are separated by semicolons or lines.
"""

import re
from datetime import date, datetime

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from ..models import DirectoryTerm, Initiative, InitiativeSection, Municipality, Region
from ..models_initiative import Stated
from ..search import words_of
from .entry import CHOICES, DATES, FLAGS, NUMBERS, SECTIONS, STATED, TERMS, TEXTS
from .links import usable
from .planning import label_of
from .spellings import spellings
from .text import LONGEST_TEXT

CONTACT = "contact"
LISTS = ("municipalities", "partners", "links", *TERMS)
COLUMNS = (*TEXTS, *CHOICES, *FLAGS, *DATES, *NUMBERS, *LISTS, *SECTIONS, CONTACT)
DANISH = {
    "title": ("navn", "titel"),
    "other_names": ("andre navne",),
    "summary": ("kort fortalt", "resumé"),
    "description": ("beskrivelse",),
    "operator": ("hvem driver det", "hvem står bag", "arrangør"),
    "chapter": ("kapitel i kilden", "kapitel"),
    "for_whom": ("målgruppe",),
    "peer_count": ("antal peers", "antal peer-støtter"),
    "started": ("startet", "start"),
    "training": ("uddannelse",),
    "supervision": ("sparring",),
    "recruitment": ("rekruttering",),
    "evaluation": (),
    "funding": ("økonomi", "finansiering"),
    "source": ("kilde til oplysningerne", "kilde"),
    "training_stated": ("uddannelse af peers", "uddannelse oplyst"),
    "supervision_stated": ("sparring oplyst", "supervision oplyst"),
    "recruitment_stated": ("rekruttering oplyst",),
    "evaluation_stated": ("evaluering", "evaluering oplyst"),
    "region": (),
    "status": (),
    "peer_support": ("er det peer-støtte", "peer-støtte"),
    "nationwide": ("hele landet", "landsdækkende"),
    "has_questionnaire": ("har spørgeskema", "spørgeskema"),
    "funding_ends": ("økonomien slutter", "finansiering slutter"),
    "information_date": ("dato for oplysningerne", "oplyst den"),
    "damaged_lines": ("linjer med manglende bogstaver", "linjer med tabte bogstaver"),
    "municipalities": ("kommune", "kommuner"),
    "partners": ("partnere", "samarbejdspartnere"),
    "links": ("link", "hjemmeside"),
    "forms": ("form", "støtteform", "støtteformer"),
    "settings": ("sted", "steder"),
    "audiences": ("hvem det er for", "for hvem", "målgrupper"),
    "relations": ("tilknytning",),
    CONTACT: ("kontakt", "kontaktperson"),
}
WORDS = {
    True: ("ja", "yes", "x", "1", "true", "sand"),
    False: ("nej", "no", "0", "false", "falsk"),
    "region": {},
    "status": {
        "planlagt": "planned",
        "pilot": "pilot",
        "i drift": "running",
        "igang": "running",
        "i gang": "running",
        "afsluttet": "ended",
    },
    "peer_support": {"ja": "yes", "nej": "no", "delvist": "partly"},
    "stated": {"ja": "yes", "nej": "none", "ingen": "none", "planlagt": "planned"},
}
NOT_STATED = ("ikke oplyst", "not stated", "?")


class CellError(ValueError):
    """A cell that cannot be read; the message says why, in the reader's language."""


def _plain(text):
    return "".join(words_of(str(text)))


def headers():
    """Return ``{plain spelling: field}`` of everything a column may be called."""
    known = {}
    for name, words in DANISH.items():
        known.update({_plain(word): name for word in words})
    for name in COLUMNS:
        if name != CONTACT:
            known.update({_plain(word): name for word in spellings(lazy(label_of, str)(name))})
    # A file made by a program names the fields themselves, so these come last and win.
    known.update({_plain(name): name for name in COLUMNS})
    return known


def field_of(heading, known):
    """Return the field that a column is for, or ``None``."""
    return known.get(_plain(heading))


class CellReader:
    """Reads cells into the form of :mod:`.entry`; looks the words up once per file."""

    def __init__(self):
        self.municipalities = {}
        for municipality in Municipality.objects.all():
            for spelling in (municipality.pk, municipality.pk.lstrip("0"), municipality.name):
                self.municipalities[_plain(spelling)] = municipality.pk
        self.terms = {kind: {} for kind in TERMS.values()}
        for term in DirectoryTerm.objects.all():
            self.terms[term.kind][_plain(term.code)] = self.terms[term.kind][_plain(term.name)] = term.code
        self.choices = {name: self._choices(name) for name in CHOICES}

    def _choices(self, name):
        if name == "region":
            return {
                **{_plain(code): code for code in Region.values},
                **{_plain(label): code for code, label in Region.choices},
                **{_plain(label.removeprefix("Region ")): code for code, label in Region.choices},
            }
        choices = (
            Stated.choices
            if name in STATED
            else {"status": Initiative.Status, "peer_support": Initiative.PeerSupport}[name].choices
        )
        words = {_plain(code): code for code, __ in choices if code}
        words.update({_plain(word): code for code, label in choices for word in spellings(label)})
        return {**words, **{_plain(k): v for k, v in WORDS["stated" if name in STATED else name].items()}}

    def read(self, name, cell):
        """Return the value of a cell for field ``name``; ``CellError`` where it cannot be understood."""
        if isinstance(cell, str) and len(cell) > LONGEST_TEXT:
            raise CellError(_("the text is longer than %(count)d characters") % {"count": LONGEST_TEXT})
        if name in DATES:
            return self._date(cell)
        if name in FLAGS:
            return self._flag(cell)
        text = _as_text(cell)
        if name in CHOICES:
            return self._choice(name, text)
        if name in NUMBERS:
            return self._number(text)
        if name == "municipalities":
            return sorted({self._known(self.municipalities, part) for part in _parts(text)})
        if name in TERMS:
            return sorted({self._known(self.terms[TERMS[name]], part) for part in _parts(text)})
        if name == "partners":
            return [_partner(part) for part in _parts(text)]
        if name == "links":
            return [_link(part) for part in re.split(r"[;\s]+", text) if part]
        if name in SECTIONS:
            state = InitiativeSection.State.ANSWERED if text else InitiativeSection.State.EMPTY
            return [state.value, text]
        return _fits(name, text)

    def _choice(self, name, text):
        if not text or _plain(text) in map(_plain, NOT_STATED):
            return ""
        return self._known(self.choices[name], text)

    def _known(self, words, text):
        try:
            return words[_plain(text)]
        except KeyError:
            raise CellError(_("“%(value)s” is not a word we know here") % {"value": text[:60]}) from None

    def _flag(self, cell):
        if isinstance(cell, bool):
            return cell
        word = str(cell).strip().casefold()
        if not word or word in WORDS[False] or word in NOT_STATED:
            return False
        if word in WORDS[True]:
            return True
        raise CellError(_("write yes or no"))

    def _number(self, text):
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) < 7):
            raise CellError(_("write a whole number"))
        return int(text)

    def _date(self, cell):
        if isinstance(cell, (datetime, date)):
            return cell.strftime("%Y-%m-%d")
        text = str(cell).strip()
        if not text:
            return ""
        for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
            try:
                return datetime.strptime(text, pattern).date().isoformat()
            except ValueError:
                continue
        raise CellError(_("write the date as 24.12.2026"))


def _as_text(cell):
    """What a spreadsheet shows for a cell: no point nought after a whole number, no hour after a date."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.strftime("%Y-%m-%d") if isinstance(cell, (datetime, date)) else str(cell)


def _fits(name, text):
    longest = Initiative._meta.get_field(name).max_length if name != CONTACT else None
    if longest and len(text) > longest:
        raise CellError(_("the text is longer than %(count)d characters") % {"count": longest})
    return text


def _parts(text):
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _partner(text):
    name, role = re.fullmatch(r"(.*?)\s*(?:\(([^()]*)\))?", text, re.S).groups()
    if len(name) > 200 or len(role or "") > 200:
        raise CellError(_("the text is longer than %(count)d characters") % {"count": 200})
    return [name or text, role or ""]


def _link(text):
    url = usable(text)
    if url is None:
        raise CellError(_("“%(value)s” is not a web address") % {"value": text[:80]})
    return [url, "", False]
