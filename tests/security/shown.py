"""Whose words an answer shows, and whether the access log says so.

Every record of the world gets a mark of its own in all its words, so that an answer tells not only that somebody's words
are in it, but whose: a citizen's name is never taken for a volunteer's.
"""

import re

from peer_support.agreements.models import PaperPolicy
from peer_support.followup.models_keeping import Skill
from peer_support.people.models import Citizen, MeetingPlace, Volunteer
from peer_support.people.models_person import index_text
from peer_support.people.seen import records_about
from peer_support.privacy.models import AccessLogEntry

from .site_routes import routes
from .world import person_models

PEOPLE = (Citizen, Volunteer)
# What an initiative calls its places and its papers, and what one can be good at: words of the house, about nobody.
ABOUT_NOBODY = (MeetingPlace, PaperPolicy, Skill)
MARK = re.compile(r"zqv(\d+)x")
# A telephone number has the mark in its last four digits.
NUMBER = re.compile(r"5199(\d{4})")
SPACES = re.compile(r"(?<=\d)[\s\u00a0](?=\d)")


def own_screens():
    """Return the package's own addresses, and the front page of the admin, where rooms have panels."""
    return [route for route in routes() if route.is_ours or route.name == "wagtailadmin_home"]


def mark_all(key):
    """Mark every word of the records of the initiative with ``key``; returns ``{mark: (kind of record, key)}``."""
    marks = {}
    for model in person_models():
        if model in ABOUT_NOBODY:
            continue
        for row in model._base_manager.filter(initiative_id=key).order_by("pk"):
            mark = 1000 + len(marks)
            changed = _marked(row, mark)
            if changed:
                model._base_manager.filter(pk=row.pk).update(**changed)
                marks[mark] = (model._meta.label_lower, row.pk)
    return marks


def _marked(row, mark):
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    words = {name: value for name, value in values.items() if isinstance(value, str) and "zqv" in value}
    changed = {name: value.replace("zqv", f"zqv{mark}x") for name, value in words.items()}
    if "phone" in values:
        changed["phone"] = f"5199{mark}"
    if isinstance(row, PEOPLE):
        changed["name_index"] = index_text(changed["first_name"], changed["last_name"])
    return changed


def marks_in(text):
    """Return the marks that ``text`` holds."""
    return {int(mark) for mark in [*MARK.findall(text), *NUMBER.findall(SPACES.sub("", text))]}


class Log:
    """The access log as the user with ``number`` writes it, read request by request."""

    def __init__(self, number):
        self.number = number
        self.read()

    def read(self):
        """Return ``{(kind of record, key)}`` of the rows written since the last time."""
        rows = AccessLogEntry.objects.filter(pk__gt=getattr(self, "last", 0)).order_by("pk")
        rows = list(rows.values_list("pk", "user_number", "model", "object_id"))
        self.last = rows[-1][0] if rows else self.last
        return {(model, pk) for __, number, model, pk in rows if number == self.number}


class Judge:
    """Says which marks of an answer the rows of the log do not cover."""

    def __init__(self, key):
        self.marks = mark_all(key)
        # What the log may say for it to stand on the person's own sheet of who has looked.
        self.about = {
            (model._meta.label_lower, person.pk): _records(person)
            for model in PEOPLE
            for person in model._base_manager.filter(initiative_id=key)
        }

    def shown_in(self, text):
        """Return the records, ``{(kind, key)}``, whose words ``text`` holds."""
        return {self.marks[mark] for mark in marks_in(text) if mark in self.marks}

    def faults(self, text, logged):
        """Return the records whose words ``text`` holds and of which the rows ``logged`` do not tell."""
        return {record for record in self.shown_in(text) if not self._is_told(record, logged)}

    def _is_told(self, record, logged):
        """A person is told of by a row of their own or of what is about them; other words by the record's own row, or
        by the row of a person whom the record is about."""
        if record in self.about:
            return bool(self.about[record] & logged)
        return record in logged or any(
            person in logged for person, records in self.about.items() if record in records
        )


def _records(person):
    return {
        (label, key["pk"] if isinstance(key, dict) else key)
        for label, keys in records_about(person)
        for key in keys
    }
