"""Two people write on the same record: what each of them changed is kept, and where both changed the same, it is asked.

A page carries a fingerprint of every value it was built from. When it comes back, a value whose record still has
that fingerprint can be written. Where the record has moved on, an untouched value is left alone, and a
touched one becomes a :class:`Conflict`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Manager, Model, QuerySet
from django.utils.crypto import salted_hmac

from ..privacy.fields import Unreadable

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Conflict:
    """Both changed ``name``: ``theirs`` stands in the record, ``yours`` came with the page."""

    name: str
    theirs: object
    yours: object


@dataclass
class Merge:
    """What came of one page: names written, names another user had changed, and the open questions."""

    saved: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    errors: dict = field(default_factory=dict)

    @property
    def complete(self):
        """Whether everything on the page stands in the record now."""
        return not (self.conflicts or self.errors)


def tidy(value):
    """Return ``value`` as it is stored: one kind of line break, no spaces around text."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def current(obj, name):
    """Return the stored value of ``name``; rows for a relation to many."""
    value = getattr(obj, name)
    return list(value.all()) if isinstance(value, Manager) else value


def _canonical(value):
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, (list, tuple, set, QuerySet)):
        return ",".join(sorted(str(item.pk if isinstance(item, Model) else item) for item in value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(tidy(value))


def fingerprint(name, value):
    """Return a short keyed hash that tells whether two values of a field are the same."""
    return salted_hmac(
        "peer_support.people.merging", f"{name}\0{_canonical(value)}", algorithm="sha256"
    ).hexdigest()[:16]


def fingerprints(obj, names):
    """Return the fingerprint of every named value of ``obj``."""
    return {name: fingerprint(name, getattr(obj, name)) for name in names}


def decide(obj, values, base=None, choices=None):
    """Return ``(changes, merge)``: what of ``values`` may be written on ``obj``, and what may not and why.

    ``base`` holds the page's fingerprints (``None``: there was no page, nothing can clash), ``choices`` the answers to
    earlier conflicts: :data:`MINE` or :data:`THEIRS` per name. An unreadable value is never written over.
    """
    changes, merge = {}, Merge()
    for name, value in values.items():
        value, stored = tidy(value), current(obj, name)
        now, new = fingerprint(name, stored), fingerprint(name, value)
        if new == now or isinstance(stored, Unreadable):
            continue
        choice = (choices or {}).get(name)
        moved_on = base is not None and base.get(name) != now
        if choice == THEIRS or (moved_on and new == base.get(name)):
            merge.elsewhere.append(name)
        elif moved_on and choice != MINE:
            merge.conflicts.append(Conflict(name, stored, value))
        else:
            changes[name] = value
    return changes, merge
