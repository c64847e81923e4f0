"""What stands out in a week of the log, as lines with one sentence each, for the data officer to look at.

A line is no accusation. It says what was done and what is usual, and somebody asks. The rules stand in :mod:`.rules`;
others add their own with :func:`register_review_rule`.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import median
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Count, TextField, Value
from django.db.models.functions import Cast, Concat, TruncHour
from django.utils import timezone

from ..access.models import Assignment
from ..directory.models import Initiative
from ..privacy.models import AccessLogEntry
from .cases import labels_of, people_in_log
from .log import Action, attempts_of, between, log_of, names_of, start_of
from .models import ReviewNote

DAYS = 7
# What is usual for a colleague is read from so many weeks before.
WEEKS_OF_HABIT = 8
# Opened with a purpose; a list shows whoever is on it.
OPENED = (Action.READ, Action.SEARCH, Action.CHANGE, Action.ERASE, Action.EXPORT)
DESK = AccessLogEntry._meta.label_lower


class Row(NamedTuple):
    """A row of the log, as the rules read it."""

    at: datetime
    user: int
    action: str
    model: str
    object_id: int | None
    initiative: int | None
    route: str

    @property
    def day(self):
        return timezone.localdate(self.at)

    @property
    def record(self):
        return (self.model, self.object_id)


@dataclass(frozen=True)
class Finding:
    """What a rule has found: ``count`` is how much, so that a line which grows comes back."""

    rule: str
    initiative_id: int
    user: int
    day: date
    count: int
    sentence: str
    records: frozenset = frozenset()
    mark: str = ""

    @property
    def digest(self):
        said = f"{self.rule}|{self.initiative_id}|{self.user}|{self.day}|{self.count}|{self.mark}"
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class Line:
    """A finding as the screen shows it, with what has been written about it."""

    finding: Finding
    title: str
    initiative: str
    cases: list
    notes: list = field(default_factory=list)

    @property
    def is_open(self):
        """Whether nobody has looked at it yet."""
        return not self.notes

    @property
    def verdict(self):
        return self.notes[-1].verdict if self.notes else ""


class Week:
    """The log of some days of some initiatives, read once, in a number of queries that does not grow with the rows."""

    def __init__(self, initiative_ids, last=None, days=DAYS):
        self.initiative_ids = tuple(initiative_ids)
        self.last = last or timezone.localdate()
        self.first = self.last - timedelta(days=days - 1)

    def _rows(self, rows):
        rows = between(rows, self.first, self.last).exclude(user_number=None).exclude(model=DESK)
        values = rows.order_by("at", "pk").values_list(
            "at", "user_number", "action", "model", "object_id", "initiative_id_seen", "route"
        )
        return [Row(*row) for row in values]

    @cached_property
    def rows(self):
        """The rows that colleagues have made, oldest first; not what the data officer has looked at."""
        return self._rows(log_of(self.initiative_ids).exclude(action=Action.REFUSED))

    @cached_property
    def attempts(self):
        """The rows where somebody asked for a record of another initiative."""
        return self._rows(attempts_of(self.initiative_ids))

    @cached_property
    def names(self):
        """The names of the colleagues, ``{number: name}``."""
        return names_of({row.user for row in (*self.rows, *self.attempts)})

    @cached_property
    def last_names(self):
        """The colleagues' own last names, ``{number: last name}``."""
        users = get_user_model()._default_manager.filter(pk__in=self.names)
        return {user.pk: getattr(user, "last_name", "") for user in users}

    @cached_property
    def people(self):
        """Whom the records of these days are about, ``{(label, key): {(person model, key)}}``."""
        log = between(log_of(self.initiative_ids), self.first, self.last).exclude(model=DESK)
        return people_in_log(log, self.initiative_ids)

    @cached_property
    def colleagues(self):
        """Whose task lies here, ``{initiative id: {number}}``: for whom a record elsewhere is another's."""
        found = defaultdict(set)
        tasks = Assignment.objects.filter(initiative__in=self.initiative_ids)
        for user, initiative in tasks.values_list("user_id", "initiative_id"):
            found[initiative].add(user)
        return found

    @cached_property
    def habits(self):
        """How many records a colleague opens in an hour at work: ``{(initiative, number): (median, busiest, hours)}``."""
        since = start_of(self.first) - timedelta(weeks=WEEKS_OF_HABIT)
        rows = log_of(self.initiative_ids).filter(
            at__gte=since, at__lt=start_of(self.first), action__in=OPENED, user_number__isnull=False
        )
        record = Concat("model", Value(" "), Cast("object_id", TextField()), output_field=TextField())
        hours = (
            rows.order_by()
            .annotate(hour=TruncHour("at"))
            .values("initiative_id_seen", "user_number", "hour")
            .annotate(records=Count(record, distinct=True))
        )
        found = defaultdict(list)
        for hour in hours:
            found[hour["initiative_id_seen"], hour["user_number"]].append(hour["records"])
        return {who: (median(counts), max(counts), len(counts)) for who, counts in found.items()}


_rules = {}


def register_review_rule(code, *, title, order=50):
    """Decorator: let ``function(week) -> [Finding, …]`` add to the review list under ``title``."""

    def decorator(function):
        _rules[code] = (order, title, function)
        return function

    return decorator


def rules():
    """Return ``{code: (order, title, function)}`` in the order in which they are shown."""
    return dict(sorted(_rules.items(), key=lambda item: (item[1][0], item[0])))


def review_list(initiative_ids, last=None, days=DAYS):
    """Return the :class:`Line` list of the ``days`` up to ``last`` (default: today), what nobody has looked at first."""
    if not initiative_ids:
        return []
    week = Week(initiative_ids, last, days)
    found = [(code, title, one) for code, (__, title, rule) in rules().items() for one in rule(week)]
    people = {who for __, __, one in found for record in one.records for who in week.people.get(record, ())}
    labels = labels_of(people, week.initiative_ids)
    titles = dict(Initiative.objects.filter(pk__in=week.initiative_ids).values_list("pk", "title"))
    notes = defaultdict(list)
    rows = ReviewNote.objects.filter(digest__in=[one.digest for __, __, one in found])
    for note in rows.filter(initiative_number__in=week.initiative_ids).order_by("pk"):
        notes[note.digest].append(note)
    lines = [
        Line(
            one,
            str(title),
            titles.get(one.initiative_id, ""),
            _cases(one, week, labels),
            notes.get(one.digest, []),
        )
        for __, title, one in found
    ]
    return sorted(lines, key=lambda line: (not line.is_open, -line.finding.day.toordinal()))


def _cases(finding, week, labels):
    people = {who for record in finding.records for who in week.people.get(record, ())}
    known = [(who[0].__name__, labels[who]) for who in people if who in labels]
    return [label for __, label in sorted(known, key=lambda one: (one[0], len(one[1]), one[1]))]


def open_lines(initiative_ids):
    """Return how many lines of the last week nobody has looked at."""
    return sum(line.is_open for line in review_list(initiative_ids))
