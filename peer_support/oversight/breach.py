"""After a breach: how many people may be affected, what kinds of data, and which cases (GDPR, articles 33 and 34).

Everything is counted from the access log. Where there is doubt, somebody counts: a number that is too high can be put
right later, a person who is not told cannot.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from ..privacy.registry import CONTACT, OTHERS, PAPERS, PROFILE, WAY, WORDS, tables
from .cases import KINDS, labels_of, model_of, people_in_log
from .log import OWN_LINK, Action, log_of

# The law gives three days from the moment at which somebody knows (article 33, 1).
HOURS_TO_REPORT = 72
LINKS = "links"
DATA = (CONTACT, PROFILE, WORDS, PAPERS, WAY, OTHERS)


@dataclass(frozen=True)
class KindCount:
    """A kind of data: how many people's was opened, and how many at most, with those who stood in a list."""

    title: str
    opened: int
    at_most: int


@dataclass
class Extent:
    """What a breach may have touched. ``cases`` are the numbers of those whose record was opened, ``listed`` of the rest."""

    rows: int
    by_kind_of_person: dict
    opened: int
    at_most: int
    kinds: list
    cases: list
    listed: list
    gone: int = 0
    exported: int = 0
    first: datetime | None = None
    last: datetime | None = None
    initiatives: set = field(default_factory=set)


def rows_in(initiative_ids, *, since=None, until=None, account=""):
    """Return the rows of the log that a breach is about: a time, an account, or both.

    ``account`` is a colleague's number, ``"links"`` (whoever held a link), or empty: both. What jobs did at night and
    what was refused is left out.
    """
    rows = log_of(initiative_ids).exclude(action=Action.REFUSED).order_by()
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lte=until)
    by_link = Q(user_number=None, route__startswith=OWN_LINK)
    if account == LINKS:
        return rows.filter(by_link)
    if account:
        return rows.filter(user_number=int(account))
    return rows.filter(by_link | Q(user_number__isnull=False))


def extent_of(initiative_ids, rows):
    """Return the :class:`Extent` of ``rows``, in a number of queries that does not grow with them."""
    people = people_in_log(rows, initiative_ids)
    touched = list(
        rows.order_by("at").values_list("model", "object_id", "action", "at", "initiative_id_seen")
    )
    opened, anyone = defaultdict(set), defaultdict(set)
    gone, exported = set(), set()
    for label, key, action, __, __ in touched:
        who = people.get((label, key))
        if who is None:
            # The officer's own look at the log is about nobody.
            if key is not None:
                gone.add((label, key))
            continue
        anyone[label] |= who
        if action != Action.LIST:
            opened[label] |= who
        if action == Action.EXPORT:
            exported |= who
    everybody = set().union(*anyone.values())
    read = set().union(*opened.values())
    labels = labels_of(everybody, initiative_ids)
    return Extent(
        rows=len(touched),
        by_kind_of_person=dict(Counter(kind for kind, __ in everybody)),
        opened=len(read),
        at_most=len(everybody),
        kinds=_kinds(opened, anyone),
        cases=_in_order(read, labels),
        listed=_in_order(everybody - read, labels),
        gone=len(gone),
        exported=len(exported),
        first=touched[0][3] if touched else None,
        last=touched[-1][3] if touched else None,
        initiatives={row[4] for row in touched},
    )


def _kinds(opened, anyone):
    found = {kind.code: (set(), set()) for kind in DATA}
    for label, people in anyone.items():
        for code in _kinds_of(label):
            found[code][0].update(opened.get(label, ()))
            found[code][1].update(people)
    return [
        KindCount(str(kind.label), len(found[kind.code][0]), len(found[kind.code][1]))
        for kind in DATA
        if found[kind.code][1]
    ]


def _kinds_of(label):
    """Return the codes of the kinds of data that a record of this kind holds; those of a record nobody has sorted: all."""
    model = model_of(label)
    table = next((one for one in tables() if one.model is model), None)
    wanted = {kind.code for kind in DATA}
    return {kind.code for kind in table.fields.values()} & wanted if table else wanted


def _in_order(people, labels):
    places = {model: place for place, model in enumerate(KINDS)}
    known = [
        (places[kind], len(labels[kind, key]), labels[kind, key])
        for kind, key in people
        if (kind, key) in labels
    ]
    return [label for __, __, label in sorted(known)]


def deadline(known_since):
    """Return until when Datatilsynet must know: 72 hours after it was found."""
    return known_since + timedelta(hours=HOURS_TO_REPORT)
