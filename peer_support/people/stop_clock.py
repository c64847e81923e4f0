"""A stop lasts until the person says otherwise, and nobody is reminded of them meanwhile: so the stop has a clock of its own.

A record that is left alone is asked about by nobody ("still registered?" leaves it out), so one that waits, is approved or
has a match would be kept for ever. After a year, and each year after it, a colleague decides whether what is kept is
needed still (GDPR art. 5(1)(e), storage limitation). The stop itself goes on: nothing is asked of the person.
"""

from dataclasses import dataclass

from django.utils import timezone

from .models import LegalHold
from .staleness import months_before
from .standing import stopped

MONTHS = 12


@dataclass(frozen=True)
class LongStop:
    """A person whose record has been left alone for ``times`` times :data:`MONTHS` months: so many years."""

    person: object
    times: int


def stopped_long(model, day=None):
    """Return a :class:`LongStop` for each of ``model`` in the open scope whose stop is a year old on ``day``, the oldest first.

    Whoever has ended has the clock of those who ended (``retention.py``), and a legal hold says already why the record is
    kept, and until when: neither is among them. One query.
    """
    day, kind = day or timezone.localdate(), model._meta.model_name
    held = LegalHold.objects.current(day).filter(**{f"{kind}__isnull": False})
    people = model.objects.filter(stopped(), restricted_on__lte=months_before(day, MONTHS))
    people = people.exclude(status="ended").exclude(pk__in=held.values(kind))
    return [LongStop(person, _times(person, day)) for person in people.order_by("restricted_on", "pk")]


def _times(person, day):
    times = 1
    while person.restricted_on <= months_before(day, MONTHS * (times + 1)):
        times += 1
    return times
