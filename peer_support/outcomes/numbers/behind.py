"""The rows behind a number: each a record, a sentence that says what it counts for, and the address where it opens.

Records are shown by their case number. Whoever was erased still counts; there is a sentence, and nothing to open.
"""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...courses.models import Enrolment, GroupCourse, IntroWorkshop
from ...followup.models_accompaniment import Accompaniment
from ...matching.models import Match
from ...people.models import Citizen, Volunteer
from . import counting
from .registry import Behind, Figure, register_figure

MODELS = {
    counting.CITIZEN: (Citizen, "people_citizen_modeladmin_inspect"),
    counting.VOLUNTEER: (Volunteer, "people_volunteer_modeladmin_inspect"),
    counting.MATCH: (Match, "peer_support_matching:match"),
    counting.ENROLMENT: (Enrolment, "peer_support_courses:enrolment"),
    counting.COURSE: (GroupCourse, "peer_support_courses:course"),
    counting.WORKSHOP: (IntroWorkshop, "peer_support_courses:workshop"),
    counting.TRIP: (Accompaniment, "peer_support_trips:trip"),
}
_COLUMNS = {"id", "initiative", "number", "erased_on"}


def day(value):
    """Return a date as readers see it."""
    return date_format(value, "DATE_FORMAT")


def define(code, group, label, definition, unit, counted, says, **rest):
    """Register a figure that is counted by ``counted`` (a :class:`~.counting.Counting`), and return it.

    ``says(item, amount)`` is the sentence of one row behind it.
    """

    def rows(question, row="", period=None):
        return behind(counted.found_in(question, row, period), says)

    return register_figure(Figure(code, group, label, definition, unit, counted.count, rows=rows, **rest))


def define_parts(whole, parts, *, sums_up=True):
    """Register the parts of the figure ``whole``: ``{code: (label, definition, counted, says)}``."""
    for code, (label, definition, counted, says) in parts.items():
        define(
            code,
            whole.group,
            label,
            definition,
            whole.unit,
            counted,
            says,
            additive=whole.additive,
            part_of=whole.code,
            sums_up=sums_up,
            about_people=whole.about_people,
        )


def behind(found, says):
    """Return the list of :class:`Behind` of ``found``, ``[(item, amount)]``, the earliest first.

    One query per kind of record, whatever the number of rows. Encrypted columns are not read.
    """
    found = sorted(found, key=lambda pair: (pair[0].day, pair[0].ref))
    records = _records({item.ref for item, __ in found})
    rows = []
    for item, amount in found:
        record = records[item.ref]
        erased = getattr(record, "erased_on", None)
        sentence = says(item, amount)
        if erased:
            sentence = _("%(sentence)s (erased since)") % {"sentence": sentence}
        url = "" if erased else reverse(MODELS[item.ref[0]][1], args=[item.ref[1]])
        rows.append(Behind(record, sentence, url, amount))
    return rows


def _records(refs):
    keys = defaultdict(list)
    for kind, key in refs:
        keys[kind].append(key)
    found = {}
    for kind, ids in keys.items():
        model = MODELS[kind][0]
        columns = [field.name for field in model._meta.concrete_fields if field.name in _COLUMNS]
        for record in models.QuerySet(model).filter(pk__in=ids).only(*columns):
            found[kind, record.pk] = record
    return found


def on_the(text):
    """Return a function that writes ``text`` with the day of the item in it, as ``%(day)s``."""
    return lambda item, amount: text % {"day": day(item.day)}


def with_days(text):
    """Return a function that writes ``text`` with ``%(day)s`` and ``%(days)s``, the number of days."""
    return lambda item, amount: text % {"day": day(item.day), "days": amount}


def with_hours(text):
    """Return a function that writes ``text`` with ``%(day)s`` and ``%(hours)s``."""
    from .wording import number

    return lambda item, amount: text % {"day": day(item.day), "hours": number(Decimal(amount))}


def picking(counted, pick):
    """Return ``counted``, of those items only that ``pick`` lets through."""
    return replace(counted, pick=pick)
