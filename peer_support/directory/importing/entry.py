"""One initiative on its way in, whatever file it came from, and its fields in one comparable form.

``values`` maps a field to plain data that JSON can hold:

- a text or a choice's code: ``str``; a date: ISO text or ``""``; yes or no: ``bool``
- ``municipalities`` and the terms (``forms``, ``settings``, ``audiences``, ``relations``): sorted lists of codes
- ``partners``: ``[[name, role], …]``; ``links``: ``[[url, label, doubtful], …]``
- ``section_1`` … ``section_8``: ``[state, text]``

A field that the source does not have is not in ``values`` and is left as it is.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from ..models import DirectoryTerm, InitiativeLink, InitiativePartner, InitiativeSection, Municipality
from ..models_initiative import SECTION_TITLES

TEXTS = (
    "title",
    "other_names",
    "summary",
    "description",
    "operator",
    "chapter",
    "for_whom",
    "peer_count",
    "started",
    "training",
    "supervision",
    "recruitment",
    "evaluation",
    "funding",
    "source",
)
STATED = ("training_stated", "supervision_stated", "recruitment_stated", "evaluation_stated")
CHOICES = ("region", "status", "peer_support", *STATED)
FLAGS = ("nationwide", "has_questionnaire")
DATES = ("funding_ends", "information_date")
NUMBERS = ("damaged_lines",)
TERMS = {"forms": "form", "settings": "setting", "audiences": "audience", "relations": "relation"}
SECTIONS = {f"section_{number}": number for number in SECTION_TITLES}


@dataclass
class ImportEntry:
    """``key`` is the natural key, ``line`` where it stands in the file, ``contact`` restricted text."""

    key: str
    line: int
    values: dict = field(default_factory=dict)
    contact: str = ""
    flags: list = field(default_factory=list)

    @property
    def title(self):
        return self.values.get("title", "")


def digest(value):
    """Return a short hash of a value in the form above."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def value_of(initiative, name):
    """Return what ``initiative``, saved or not, holds in field ``name``, in the form above."""
    if name in SECTIONS:
        found = [s for s in initiative.sections.all() if s.number == SECTIONS[name]]
        return [found[0].state, found[0].text] if found else [InitiativeSection.State.EMPTY.value, ""]
    if name in TERMS:
        return sorted(term.code for term in getattr(initiative, name).all())
    if name == "municipalities":
        return sorted(municipality.pk for municipality in initiative.municipalities.all())
    if name == "partners":
        return [[partner.name, partner.role] for partner in initiative.partners.all()]
    if name == "links":
        return [[link.url, link.label, link.doubtful] for link in initiative.links.all()]
    value = getattr(initiative, name)
    return (value.isoformat() if value else "") if name in DATES else value


def is_blank(value):
    """Whether a value, in the form above, says nothing."""
    return value in ("", [], False, 0, [InitiativeSection.State.EMPTY.value, ""])


def set_value(initiative, name, value):
    """Put ``value``, in the form above, into field ``name`` of the object in memory."""
    if name in SECTIONS:
        _set_section(initiative, SECTIONS[name], *value)
    elif name in TERMS:
        terms = DirectoryTerm.objects.filter(kind=TERMS[name], code__in=value)
        setattr(initiative, name, list(terms))
    elif name == "municipalities":
        initiative.municipalities = list(Municipality.objects.filter(pk__in=value))
    elif name == "partners":
        initiative.partners = [
            InitiativePartner(name=partner, role=role, sort_order=order)
            for order, (partner, role) in enumerate(value)
        ]
    elif name == "links":
        initiative.links = [
            InitiativeLink(url=url, label=label, doubtful=doubtful, sort_order=order)
            for order, (url, label, doubtful) in enumerate(value)
        ]
    elif name in DATES:
        setattr(initiative, name, date.fromisoformat(value) if value else None)
    else:
        setattr(initiative, name, value)


def _set_section(initiative, number, state, text):
    sections = {section.number: section for section in initiative.sections.all()}
    if number not in sections and is_blank([state, text]):
        return
    section = sections.setdefault(number, InitiativeSection(number=number))
    section.state, section.text, section.sort_order = state, text, number
    initiative.sections = [sections[n] for n in sorted(sections)]
