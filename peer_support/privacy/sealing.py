"""Seals on the access log: a chain of keyed digests over the rows, made in the background.

Each row could name the one before it, but then all requests of a site would queue for one lock. So rows are written
freely and sealed a little later, in the order of their numbers: a seal holds how many rows it covers and
HMAC-SHA-256(key, previous digest ‖ rows). The key is not in the database, so that somebody who can write there cannot
make a seal that fits (Schneier & Kelsey, "Secure audit logs to support computer forensics", 1999).
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db import connection, transaction
from django.utils import timezone

from ..conf import peer_settings
from .keys import index_key
from .log_guard import purging
from .models import AccessLogEntry, AccessLogSeal

# A transaction that began earlier may still bring a row with a lower number; none of ours lasts this long.
SETTLED = timedelta(minutes=10)
BATCH = 5000
DAYS_A_MONTH = 30.44
_FIELDS = (
    "pk",
    "at",
    "user_number",
    "action",
    "model",
    "object_id",
    "initiative_id_seen",
    "route",
)


@dataclass(frozen=True)
class Broken:
    """A seal that does not fit its rows (``rows``), or does not follow the one before it (``chain``)."""

    seal: AccessLogSeal
    fault: str


def _line(values):
    pk, at, *rest = values
    return "|".join([str(pk), at.astimezone(UTC).isoformat(), *("" if v is None else str(v) for v in rest)])


def _digest(previous, rows):
    seal = hmac.new(index_key(), f"log seal|{previous}".encode(), hashlib.sha256)
    count = 0
    for values in rows:
        seal.update(b"\n" + _line(values).encode())
        count += 1
    return seal.hexdigest(), count


def _rows(**limits):
    return AccessLogEntry.objects.filter(**limits).order_by("pk").values_list(*_FIELDS)


def seal_log(*, now=None, batch=BATCH):
    """Seal the rows that nothing can come before any more; returns how many. Safe to run twice at once: one is refused
    by the unique digest or waits for the other's lock."""
    now = now or timezone.now()
    sealed = 0
    while True:
        with transaction.atomic():
            last = AccessLogSeal.objects.select_for_update().order_by("-pk").first()
            rows = list(_rows(pk__gt=last.last_entry if last else 0)[:batch])
            settled = _settled(rows, now - SETTLED)
            if not settled:
                return sealed
            previous = last.digest if last else ""
            digest, count = _digest(previous, settled)
            AccessLogSeal.objects.create(
                first_entry=settled[0][0],
                last_entry=settled[-1][0],
                count=count,
                previous=previous,
                digest=digest,
            )
            sealed += count


def _settled(rows, until):
    """Return the rows before the first one that is too young."""
    young = next((place for place, row in enumerate(rows) if row[1] > until), len(rows))
    return rows[:young]


def broken_seals():
    """Return a :class:`Broken` for every seal that does not fit, oldest first; the oldest may follow a purge."""
    found, previous = [], None
    for seal in AccessLogSeal.objects.order_by("pk"):
        if previous is not None and seal.previous != previous:
            found.append(Broken(seal, "chain"))
        rows = _rows(pk__gte=seal.first_entry, pk__lte=seal.last_entry)
        digest, count = _digest(seal.previous, rows.iterator())
        if count != seal.count or not hmac.compare_digest(digest, seal.digest):
            found.append(Broken(seal, "rows"))
        previous = seal.digest
    return found


def purge_log(*, now=None):
    """Take out sealed rows older than ``ACCESS_LOG_MONTHS``, with their seals; returns how many rows.

    Whole seals only, so that what stays still fits. The newest seal stays: the chain goes on from it.
    """
    now = now or timezone.now()
    before = now - timedelta(days=peer_settings.ACCESS_LOG_MONTHS * DAYS_A_MONTH)
    with transaction.atomic():
        seals = list(AccessLogSeal.objects.select_for_update().filter(at__lt=before).order_by("pk"))
        newest = AccessLogSeal.objects.order_by("-pk").first()
        over = [seal for seal in seals if seal != newest]
        if not over:
            return 0
        with purging(connection):
            rows = AccessLogEntry.objects.filter(pk__lte=over[-1].last_entry)
            count = rows._raw_delete(rows.db)
            seals = AccessLogSeal.objects.filter(pk__lte=over[-1].pk)
            seals._raw_delete(seals.db)
    return count
