"""What an import would do, row by row. Reads only; :mod:`.applying` writes what is planned here."""

import difflib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...directory.importing.notices import Notice
from .. import merging, rules
from ..contact import contact_tokens
from ..models import Citizen, Interest, Language, Volunteer
from .columns import by_code

SOURCE = "import"
MODELS = {"citizen": Citizen, "volunteer": Volunteer}
VOCABULARIES = {"interests": Interest, "languages": Language}
CREATE, FILL, SAME, WRONG = "create", "fill", "same", "wrong"
LEAVE_OUT = "leave_out"


@dataclass
class PlannedRow:
    """``values`` to write: all of a new person's, or the changes of one who is here (``person``)."""

    number: int
    action: str = CREATE
    values: dict = field(default_factory=dict)
    person: object = None


@dataclass(frozen=True)
class UnknownWord:
    """A word that is in no list, the rows it stands in, and what may be meant: ``[(pk, name), …]``."""

    key: str
    column: str
    word: str
    rows: tuple
    suggestions: tuple


@dataclass
class Plan:
    rows: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    unknown: list = field(default_factory=list)

    @property
    def possible(self):
        """Whether it can be carried out: nothing is wrong, and every word is known or left out on purpose."""
        return not self.unknown and all(notice.level != "error" for notice in self.notices)

    def count(self, action):
        return sum(row.action == action for row in self.rows)


def plan_import(*, table, mapping, kind, initiative, words=None, overwrite=False):
    """Return the :class:`Plan` for ``table``.

    ``mapping`` has a column's code (or an empty text) per heading. ``words`` answers what unknown words mean:
    ``{"interests:guitarspil": pk or LEAVE_OUT}``. A person who is here already is filled in where something is
    unknown; with ``overwrite`` the file's values replace what stands.
    """
    plan = Plan(notices=list(table.notices))
    if not _mapping_is_usable(mapping, kind, plan):
        return plan
    reader = _Reader(mapping, kind, words or {}, plan)
    here = _Here(MODELS[kind], initiative)
    for row in table.rows:
        planned = PlannedRow(row.number)
        plan.rows.append(planned)
        values = reader.read(row)
        if values is None:
            planned.action = WRONG
            continue
        found = here.find(row.number, values, plan)
        if found is WRONG:
            planned.action = WRONG
        elif found is None:
            _plan_new(planned, values, MODELS[kind], initiative, plan)
        else:
            _plan_known(planned, values, found, overwrite, plan)
    plan.unknown = reader.unknown()
    plan.notices.sort(key=lambda notice: notice.line)
    return plan


def _mapping_is_usable(mapping, kind, plan):
    chosen = [code for code in mapping if code]
    columns = by_code(kind)
    twice = {code for code in chosen if chosen.count(code) > 1}
    for code in sorted(twice):
        plan.notices.append(
            Notice.error(_("Two columns are set to “%(name)s”. Choose one.") % {"name": columns[code].label})
        )
    if not {"name", "first_name"} & set(chosen):
        plan.notices.append(Notice.error(_("Choose the column with the first name or the whole name.")))
    if not {"phone", "email"} & set(chosen):
        plan.notices.append(Notice.error(_("Choose a column with a telephone number or an e-mail address.")))
    return not plan.notices or all(notice.level != "error" for notice in plan.notices)


class _Reader:
    """Turns cells into values, and collects words that no list has."""

    def __init__(self, mapping, kind, answers, plan):
        self.columns = [by_code(kind).get(code) for code in mapping]
        self.answers, self.plan = answers, plan
        self.lists = {
            code: {row.name.casefold(): row for row in model.objects.all()}
            for code, model in VOCABULARIES.items()
        }
        self.by_pk = {code: {row.pk: row for row in names.values()} for code, names in self.lists.items()}
        self._unknown = {}

    def read(self, row):
        """Return the row's values, or ``None`` after noting what is wrong with it."""
        values, right = {}, True
        for column, cell in zip(self.columns, row.cells, strict=True):
            if column is None or not cell:
                continue
            try:
                values[column.code] = column.read(cell)
            except ValidationError as error:
                right = False
                for message in error.messages:
                    self.note(row.number, column.label, message)
        for code in VOCABULARIES:
            if code in values:
                values[code] = self._known_words(code, values[code], row.number)
        return _spread(values) if right else None

    def note(self, number, label, message):
        text = _("%(column)s: %(fault)s") % {"column": capfirst(str(label)), "fault": message}
        self.plan.notices.append(Notice.error(text, number))

    def _known_words(self, code, words, number):
        rows = []
        for word in words:
            found = self.lists[code].get(word.casefold())
            if found is None:
                answer = self.answers.get(f"{code}:{word.casefold()}")
                if answer == LEAVE_OUT:
                    continue
                found = self.by_pk[code].get(answer)
            if found is None:
                self._unknown.setdefault((code, word.casefold()), (word, []))[1].append(number)
            elif found not in rows:
                rows.append(found)
        return rows

    def unknown(self):
        return [self._suggest(code, folded, *found) for (code, folded), found in self._unknown.items()]

    def _suggest(self, code, folded, word, numbers):
        close = difflib.get_close_matches(folded, self.lists[code], n=3, cutoff=0.55)
        inside = [name for name in self.lists[code] if folded in name.split() or name in folded.split()]
        rows = [self.lists[code][name] for name in dict.fromkeys([*close, *inside])]
        return UnknownWord(
            f"{code}:{folded}", code, word, tuple(numbers), tuple((row.pk, row.name) for row in rows[:4])
        )


def _spread(values):
    """Return ``values`` with the columns that mean several fields spread over them."""
    if "hours" in values:
        low, high = values.pop("hours")
        values.setdefault("hours_min", low)
        values.setdefault("hours_max", high)
    if "name" in values:
        first, __, last = values.pop("name").rpartition(" ")
        values.setdefault("first_name", first or last)
        values.setdefault("last_name", last if first else "")
    return values


class _Here:
    """Who is in the initiative already, and who came earlier in the same file."""

    def __init__(self, model, initiative):
        self.model = model
        self.people = model.objects.filter(initiative=initiative)
        self.by_token, self.by_id, self.in_file = {}, {}, {}
        columns = ("pk", "contact_index", "external_source", "external_id")
        for pk, tokens, source, external_id in self.people.values_list(*columns):
            for token in tokens.split():
                self.by_token.setdefault(token, []).append(pk)
            if external_id and source == SOURCE:
                self.by_id[external_id] = pk

    def find(self, number, values, plan):
        """Return the person this row is about, ``None`` for a new one, or ``WRONG`` after noting why."""
        external_id = values.get("external_id", "")
        tokens = set(contact_tokens(values.get("phone"), values.get("email")).values())
        earlier = self._earlier(number, external_id, tokens, values)
        if earlier:
            text = _("The same person stands in row %(row)d. Keep one of the two rows.") % {"row": earlier}
            plan.notices.append(Notice.error(text, number))
            return WRONG
        if external_id in self.by_id:
            return self.people.get(pk=self.by_id[external_id])
        pks = {pk for token in tokens for pk in self.by_token.get(token, ())}
        same_contact = list(self.people.filter(pk__in=pks))
        for person in same_contact:
            other_id = person.external_id if person.external_source == SOURCE else ""
            if _same_name(person.first_name, values) and not (external_id and other_id):
                return person
        return self._only_contact(number, same_contact, external_id, plan)

    def _earlier(self, number, external_id, tokens, values):
        keys = {f"id {external_id}"} if external_id else set()
        if not external_id:
            keys = {f"{token} {values.get('first_name', '').casefold()}" for token in tokens}
        earlier = min((self.in_file[key] for key in keys if key in self.in_file), default=0)
        for key in keys:
            self.in_file.setdefault(key, number)
        return earlier

    def _only_contact(self, number, same_contact, external_id, plan):
        if not same_contact:
            return None
        values = {"person": ", ".join(str(person) for person in same_contact)}
        if external_id:
            text = ngettext(
                "%(person)s has the same telephone number or e-mail address, but is somebody else.",
                "%(person)s have the same telephone number or e-mail address, but are others.",
                len(same_contact),
            )
            plan.notices.append(Notice.warning(text % values, number))
            return None
        text = ngettext(
            "%(person)s has the same telephone number or e-mail address, but another first name. Is it the same "
            "person? Then write the same name. Are they two? Then give the row a number in another system.",
            "%(person)s have the same telephone number or e-mail address, but other first names. Is it one of "
            "them? Then write the same name. Is it somebody else? Then give the row a number in another system.",
            len(same_contact),
        )
        plan.notices.append(Notice.error(text % values, number))
        return WRONG


def _same_name(stored, values):
    return stored.strip().casefold() == values.get("first_name", "").strip().casefold()


def _plan_new(planned, values, model, initiative, plan):
    if values.get("external_id"):
        values["external_source"] = SOURCE
    plain = {name: value for name, value in values.items() if name not in VOCABULARIES}
    person = model(initiative=initiative, **plain)
    wanted = "waiting_since" if model is Citizen else "approved_on"
    if plain.get(wanted):
        decision = rules.may_finish(person)
        if not decision:
            plan.notices.append(Notice.error(decision.reason, planned.number))
            planned.action = WRONG
            return
        values["status"] = Citizen.Status.WAITING if model is Citizen else Volunteer.Status.APPROVED
    if _is_right(person, planned, plan):
        planned.values = values


def _plan_known(planned, values, person, overwrite, plan):
    planned.person = person
    wanted = {name: value for name, value in values.items() if name not in ("status", "external_id")}
    changes, __ = merging.decide(person, wanted)
    kept = []
    for name in list(changes):
        if not overwrite and not _is_unknown(person, name):
            kept.append(str(person._meta.get_field(name).verbose_name))
            del changes[name]
    for name, value in changes.items():
        if name not in VOCABULARIES:
            setattr(person, name, value)
    planned.values, planned.action = changes, FILL if changes else SAME
    if kept:
        text = _("%(person)s is here already. What stands is kept: %(fields)s.")
        fields = {"person": person, "fields": ", ".join(kept)}
        plan.notices.append(Notice.info(text % fields, planned.number))
    _is_right(person, planned, plan)


def _is_unknown(person, name):
    value = merging.current(person, name)
    field = person._meta.get_field(name)
    return value in (None, "", [], 0) or (bool(field.choices) and value == field.get_default())


def _is_right(person, planned, plan):
    """Whether the record would be right; notes every fault on the row."""
    try:
        person.full_clean(exclude=["initiative", "number"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            label = capfirst(str(person._meta.get_field(name).verbose_name)) if name != "__all__" else ""
            for sentence in sentences:
                text = (
                    _("%(column)s: %(fault)s") % {"column": label, "fault": sentence} if label else sentence
                )
                plan.notices.append(Notice.error(text, planned.number))
        planned.action = WRONG
        return False
    return True
