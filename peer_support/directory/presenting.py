"""An entry as people read it: facts with words, "not stated" apart from "none", and the questionnaire in order.

Used by the preview and by the admin's page of one entry. The restricted contact is not part of it.
"""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models_initiative import SECTION_TITLES, Initiative, InitiativeSection, Stated

State = InitiativeSection.State


@dataclass(frozen=True)
class Fact:
    """A label and what is said; ``stated`` is false where the source says nothing."""

    label: str
    value: str
    stated: bool = True


@dataclass
class Group:
    """Facts under a heading. What the source says nothing about is named in one line, not in one each."""

    heading: str
    facts: list
    unstated: str


@dataclass(frozen=True)
class Answer:
    """One of the questionnaire's sections; ``note`` says how it was answered where there is no text to read."""

    number: int
    title: str
    text: str = ""
    note: str = ""
    stated: bool = True


@dataclass
class EntryPage:
    """Everything a reader sees of an initiative. ``flags`` are for editors."""

    title: str
    other_names: str
    summary: str
    paragraphs: str
    flags: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    links: list = field(default_factory=list)
    partners: list = field(default_factory=list)


def flags_of(initiative):
    """Return ``[(code, words)]`` for what an editor should look at before the entry is published."""
    flags = []
    if initiative.damaged_lines:
        count = initiative.damaged_lines
        words = ngettext("%(count)d line has lost letters", "%(count)d lines have lost letters", count)
        flags.append(("damaged", words % {"count": count}))
    if initiative.peer_support == Initiative.PeerSupport.NO:
        flags.append(("not-peer-support", _("says itself that it is not peer support")))
    if any(link.doubtful for link in initiative.links.all()):
        flags.append(("doubtful-link", _("a link may belong to another initiative")))
    return flags


def entry_of(initiative):
    """Return the :class:`EntryPage` of an initiative, saved or not."""
    return EntryPage(
        title=initiative.title,
        other_names=initiative.other_names,
        summary=initiative.summary,
        paragraphs=initiative.description,
        flags=flags_of(initiative),
        groups=[_group(heading, facts) for heading, facts in _groups(initiative)],
        answers=_answers(initiative) if initiative.has_questionnaire or initiative.sections.all() else [],
        links=list(initiative.links.all()),
        partners=list(initiative.partners.all()),
    )


def _group(heading, facts):
    missing = [fact.label for fact in facts if not fact.stated]
    return Group(str(heading), [fact for fact in facts if fact.stated], ", ".join(missing))


def _fact(label, value):
    return Fact(str(label), str(value) if value else _("not stated"), bool(value))


def _field(initiative, name):
    label = capfirst(Initiative._meta.get_field(name).verbose_name)
    value = getattr(initiative, name)
    if hasattr(value, "all"):
        value = ", ".join(str(item) for item in value.all())
    elif hasattr(value, "year"):
        value = date_format(value, "j. F Y")
    elif value and hasattr(initiative, f"get_{name}_display"):
        value = getattr(initiative, f"get_{name}_display")()
    return _fact(label, value)


def _stated(initiative, name):
    """Return the fact of a pair of fields: a choice (yes, none, planned, not stated) and words about it."""
    choice, words = Stated(getattr(initiative, f"{name}_stated")), getattr(initiative, name)
    label = capfirst(Initiative._meta.get_field(f"{name}_stated").verbose_name)
    if not choice or choice == Stated.YES and words:
        return _fact(label, words)
    if not words:
        return _fact(label, choice.label)
    # Translators: an answer and what was written about it, e.g. "planned: a course of two days".
    return _fact(label, _("%(answer)s: %(words)s") % {"answer": choice.label, "words": words})


def _where(initiative):
    if initiative.nationwide:
        return _fact(_("Where"), _("the whole country"))
    places = ", ".join(municipality.name for municipality in initiative.municipalities.all())
    return _fact(_("Where"), places or initiative.get_region_display())


def _groups(initiative):
    yield (
        _("The offer"),
        [_where(initiative)]
        + [_field(initiative, name) for name in ("operator", "forms", "settings", "status", "started")],
    )
    yield _("Who it is for"), [_field(initiative, "audiences"), _field(initiative, "for_whom")]
    yield (
        _("The peers"),
        [_field(initiative, "peer_count"), _field(initiative, "relations")]
        + [_stated(initiative, name) for name in ("recruitment", "training", "supervision")],
    )
    yield (
        _("Money and effect"),
        [
            _field(initiative, "funding"),
            _field(initiative, "funding_ends"),
            _stated(initiative, "evaluation"),
        ],
    )
    yield (
        _("About this entry"),
        [_field(initiative, name) for name in ("peer_support", "source", "information_date", "chapter")],
    )


def _answers(initiative):
    given = {section.number: section for section in initiative.sections.all()}
    answers = []
    for number, title in SECTION_TITLES.items():
        section = given.get(number)
        state = State(section.state) if section else State.EMPTY
        if section and section.text:
            note = "" if state in (State.ANSWERED, State.EMPTY) else state.label
            answers.append(Answer(number, str(title), section.text, str(note)))
        else:
            note = State.EMPTY.label if state == State.ANSWERED else state.label
            answers.append(Answer(number, str(title), "", str(note), stated=False))
    return answers
