"""The registry of personal data: every field of every table about people, what it is, why we have it, and how it ends.

One list, and everything that must be complete is made from it: what a person gets to see of their own data (GDPR
art. 15 and 20), what is emptied when they are erased (art. 17), and the record of processing (art. 30). Each room
registers its own tables in its ``personal_data`` module; a field that nobody has classified fails the tests.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class OnErasure(StrEnum):
    """What becomes of a table's rows when their person is erased."""

    DELETE = "delete"
    EMPTY = "empty"
    STAY = "stay"


@dataclass(frozen=True)
class Kind:
    """A kind of personal data. ``emptied``: goes when the person is erased; else ``kept_because`` says why it stays."""

    code: str
    label: object
    why: object
    shown: bool = True
    emptied: bool = True
    kept_because: object = ""


CONTACT = Kind("contact", _("Name and contact"), _("To reach the person."))
PROFILE = Kind(
    "profile",
    _("Wishes, times and places"),
    _("To find somebody who fits, and a time and place that suit both."),
)
WORDS = Kind(
    "words", _("What was said and written"), _("To remember what was agreed, so that nobody is asked twice.")
)
PAPERS = Kind(
    "papers", _("Papers and checks"), _("To know that an agreement was made and a certificate was seen.")
)
WAY = Kind(
    "way",
    _("Steps and dates"),
    _("To see where the person is on the way, and what comes next."),
    emptied=False,
    kept_because=_("Without a name they only say that something happened, for the year's numbers."),
)
OTHERS = Kind(
    "others",
    _("About somebody else"),
    _("To know who made the contact."),
    shown=False,
)
LINK = Kind(
    "link",
    _("Which records belong together"),
    _("To find the person's own records."),
    shown=False,
    emptied=False,
    kept_because=_("It points at a record that is empty by then."),
)
STAFF = Kind(
    "staff",
    _("Who of the staff did it"),
    _("To be able to answer for what was done."),
    shown=False,
    emptied=False,
    kept_because=_("It is about a colleague, not about the person."),
)
INDEX = Kind(
    "index",
    _("Made from the other data"),
    _("To search and match without reading what is encrypted."),
    shown=False,
)
TECHNICAL = Kind(
    "technical",
    _("Technical"),
    _("To run the system."),
    shown=False,
    emptied=False,
    kept_because=_("It says nothing about anybody."),
)


@dataclass(frozen=True)
class Table:
    """One table: its fields by kind, and how its rows find the person they are about."""

    model: type
    title: object
    fields: dict
    on_erasure: OnErasure
    paths: dict = field(default_factory=dict)
    rows: Callable | None = None
    period: str = ""
    not_for: dict = field(default_factory=dict)
    kept_back: Callable | None = None
    about: object = ""
    ends: object = ""

    def shown_to(self, subject):
        """Return the names of the fields that ``subject`` gets to see: not what somebody else in the row has said."""
        kept_back = self.not_for.get(subject._meta.label_lower, ())
        return [name for name in self.named(shown=True) if name not in kept_back]

    def shown_in(self, row, subject):
        """Return the names of the fields that ``subject`` gets to see in this ``row``; empty where it is all another's."""
        kept_back = self.kept_back(row, subject) if self.kept_back else ()
        return [name for name in self.shown_to(subject) if name not in kept_back]

    def rows_of(self, subject):
        """Return the rows about ``subject``; empty where the table holds nothing about its kind of person.

        Not through the scope: the subject was found inside one, and its rows belong to the same initiative.
        """
        everything = self.model._base_manager
        if self.rows is not None:
            return self.rows(everything.all(), subject)
        path = self.paths.get(subject._meta.label_lower)
        if path is None:
            return everything.none()
        return everything.filter(pk=subject.pk) if path == "self" else everything.filter(**{path: subject.pk})

    def kind_of(self, name):
        """Return the :class:`Kind` of the field ``name``."""
        return self.fields[name]

    def named(self, *, shown=None, emptied=None):
        """Return the names of the fields whose kind is ``shown`` or ``emptied``."""
        return [
            name
            for name, kind in self.fields.items()
            if (shown is None or kind.shown == shown) and (emptied is None or kind.emptied == emptied)
        ]


_tables = {}
_words = {}


def register_words(model, **functions):
    """Say how fields of ``model`` read in words: ``answers_json=lambda row: "…"``, for what is kept as codes or JSON.

    The file and both pages of a person's data take their words from here. An empty text leaves the value as it is.
    """
    for name, function in functions.items():
        model._meta.get_field(name)
        _words[model, name] = function


def words_of(row, name):
    """Return the field ``name`` of ``row`` in the words that its room has registered; "" where it has not."""
    function = _words.get((type(row), name))
    return str(function(row) or "") if function else ""


def register(
    model,
    *,
    title,
    on_erasure,
    paths=None,
    rows=None,
    period="",
    not_for=None,
    kept_back=None,
    about="",
    ends="",
    **kinds,
):
    """Register a table. ``kinds``: the code of a :class:`Kind` and the fields of that kind, as one string of names.

    ``paths`` says how a row finds its person: ``{"peer_support.citizen": "match__citizen"}``, with ``"self"`` for the
    person's own table; ``rows(queryset, subject)`` does it where a look-up cannot. ``not_for`` names, for a kind of person, the fields in which somebody else speaks:
    ``{"peer_support.citizen": "volunteer_answer"}``, and ``kept_back(row, subject)`` returns such names where it hangs on the
    row. ``period`` names what ends it: the codes of rules of retention and of :mod:`.clocks`, with a space between; where
    there is none, the person's own end. A table without a subject, about people who have no record here (an ambassador, a
    contact), says whom it is ``about`` and how its rows end (``ends``). Raises ``ValueError`` for a field that is named twice
    or does not exist, and for ``about`` without ``ends``.
    """
    if bool(about) != bool(ends):
        raise ValueError(f"{model._meta.label}: say both whom it is about and how its rows end.")
    fields = {}
    for code, names in kinds.items():
        for name in names.split():
            if name in fields:
                raise ValueError(f"{model._meta.label}.{name} is classified twice.")
            model._meta.get_field(name)
            fields[name] = KINDS[code]
    hidden = {label: tuple(names.split()) for label, names in (not_for or {}).items()}
    _tables[model] = Table(
        model,
        title,
        fields,
        OnErasure(on_erasure),
        paths or {},
        rows,
        period,
        hidden,
        kept_back=kept_back,
        about=about,
        ends=ends,
    )
    return _tables[model]


KINDS = {
    kind.code: kind for kind in (CONTACT, PROFILE, WORDS, PAPERS, WAY, OTHERS, LINK, STAFF, INDEX, TECHNICAL)
}


def tables():
    """Return every registered :class:`Table`, in the order of registration."""
    return list(_tables.values())


def table_of(model):
    """Return the :class:`Table` of ``model``; ``KeyError`` where it is not registered."""
    return _tables[model]


def unclassified(candidates):
    """Return ``["app.model.field", …]`` of what nobody has classified in the models ``candidates``."""
    missing = []
    for model in candidates:
        known = _tables[model].fields if model in _tables else {}
        own = [*model._meta.concrete_fields, *model._meta.many_to_many]
        missing += [f"{model._meta.label}.{found.name}" for found in own if found.name not in known]
    return missing


def empty_value(column):
    """Return what the field ``column`` holds when it holds nothing about anybody."""
    if column.null:
        return None
    if isinstance(column, models.CharField | models.TextField):
        return ""
    if column.has_default():
        return column.get_default()
    raise ValueError(f"{column} has no empty value; delete the row instead.")
