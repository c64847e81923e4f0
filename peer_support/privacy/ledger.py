"""The ledger of erasures as a file of its own, to be kept outside the backup: a backup that is restored has an older ledger.

The file holds no names: the kind and number of each record, the number of its initiative, when and why. A digest tells a
file that was cut off or changed, and a keyed one a file of another site, whose numbers are other people's here.
"""

import hashlib
import hmac
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .keys import index_key
from .models import ErasureRecord
from .registry import tables

SCHEMA = 1


class LedgerError(Exception):
    """A file could not be read or written. The text says why, and what to do; nothing was changed."""


@dataclass(frozen=True)
class Entry:
    """One erasure: ``model`` ("peer_support.citizen") and ``number`` of the record, its ``initiative``, when and why."""

    model: str
    number: int
    initiative: int | None
    at: str
    why: str

    @property
    def key(self):
        return self.model, self.number

    @property
    def moment(self):
        """When it was; ``ValueError`` where that is no moment, or one to come."""
        found = datetime.fromisoformat(self.at)
        if timezone.is_naive(found) or found > timezone.now() + timedelta(days=1):
            raise ValueError(self.at)
        return found


def save(path):
    """Write the ledger to ``path``, whole or not at all, for the owner's eyes only; returns how many entries.

    A file that is there is replaced only where it knows nothing that the site does not: else a restored backup would be
    saved over the newer ledger that it needs. Raises :class:`LedgerError`.
    """
    path = Path(path)
    entries = _own()
    if path.exists():
        there = _read(path, any_key=True)
        missing = sum(
            key not in entries or entry.moment > entries[key].moment for key, entry in there.items()
        )
        if missing:
            text = ngettext(
                "%(file)s knows of %(count)d erasure that this site does not know. Was a backup restored? Then load the "
                "file first. Nothing was saved.",
                "%(file)s knows of %(count)d erasures that this site does not know. Was a backup restored? Then load the "
                "file first. Nothing was saved.",
                missing,
            )
            raise LedgerError(text % {"file": path, "count": missing})
    try:
        _write(path, _as_text(list(entries.values())))
    except OSError as fault:
        raise LedgerError(
            _("%(file)s cannot be written: %(fault)s.") % {"file": path, "fault": fault.strerror}
        ) from fault
    return len(entries)


def load(path, *, any_key=False):
    """Add what the file at ``path`` knows and the site does not, all or nothing; returns how many entries were added.

    ``any_key``: take it also where it was written with another index key. Raises :class:`LedgerError`.
    """
    found = _read(Path(path), any_key=any_key)
    with transaction.atomic():
        own = _own()
        added = [entry for key, entry in found.items() if key not in own]
        ErasureRecord.objects.bulk_create(
            ErasureRecord(
                model=entry.model,
                object_id=entry.number,
                initiative_number=entry.initiative,
                at=entry.moment,
                why=entry.why,
            )
            for entry in added
        )
        for key, entry in found.items():
            if key in own and entry.moment > own[key].moment:
                renew(entry.model, entry.number, entry.moment)
    return len(added)


def renew(model, number, at):
    """Let the entry of a record say ``at``: a restored backup gives a number anew, and its second owner was erased too."""
    models.QuerySet(ErasureRecord).filter(model=model, object_id=number).update(at=at)


def _own():
    return {
        (row.model, row.object_id): Entry(
            row.model, row.object_id, row.initiative_number, row.at.isoformat(), row.why
        )
        for row in ErasureRecord.objects.order_by("pk")
    }


def _canonical(entries):
    return json.dumps(entries, sort_keys=True, separators=(",", ":")).encode()


def _seal(content):
    """Return the keyed digest; an empty text where the site has no key, which must not stop an erasure."""
    try:
        return hmac.new(index_key(), b"erasure ledger|" + content, hashlib.sha256).hexdigest()
    except ImproperlyConfigured:
        return ""


def _as_text(entries):
    rows = [asdict(entry) for entry in entries]
    content = _canonical(rows)
    digest = hashlib.sha256(content).hexdigest()
    return json.dumps({"schema": SCHEMA, "digest": digest, "seal": _seal(content), "entries": rows}, indent=1)


def _write(path, text):
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _read(path, *, any_key):
    """Return ``{(model, number): Entry}`` of a file that is whole."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["schema"] != SCHEMA:
            raise LedgerError(
                _(
                    "%(file)s was written by another version. Use the version that wrote it. Nothing was changed."
                )
                % {"file": path}
            )
        content = _canonical(held["entries"])
        entries = [_checked(Entry(**row)) for row in held["entries"]]
        whole = hashlib.sha256(content).hexdigest() == held["digest"]
        whole = whole and len({entry.key for entry in entries}) == len(entries)
        seal = held["seal"]
    except FileNotFoundError as fault:
        raise LedgerError(_("There is no file %(file)s.") % {"file": path}) from fault
    except OSError as fault:
        raise LedgerError(
            _("%(file)s cannot be opened: %(fault)s.") % {"file": path, "fault": fault.strerror}
        ) from fault
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise _damaged(path) from fault
    if not whole:
        raise _damaged(path)
    if not any_key and not hmac.compare_digest(str(seal).encode(), _seal(content).encode()):
        raise LedgerError(
            _(
                "%(file)s was written by another site, or with another index key. The numbers of another site are other "
                "people here. Are you sure that it is this site's? Then add --other-key. Nothing was changed."
            )
            % {"file": path}
        )
    _known(path, entries)
    return {entry.key: entry for entry in entries}


def _checked(entry):
    """Return ``entry`` where each part is what it should be; ``ValueError`` otherwise."""
    numbers = (entry.number, 1 if entry.initiative is None else entry.initiative)
    # True is a number too, to Python.
    if not all(type(number) is int and 0 < number < 2**63 for number in numbers):
        raise ValueError
    if not isinstance(entry.model, str) or not isinstance(entry.why, str) or len(entry.why) > 10:
        raise ValueError
    entry.moment  # noqa: B018
    return entry


def _known(path, entries):
    unknown = {entry.model for entry in entries} - {table.model._meta.label_lower for table in tables()}
    if unknown:
        raise LedgerError(
            _(
                "%(file)s names a kind of record that this site does not know: %(kinds)s. Use the version that wrote it. "
                "Nothing was changed."
            )
            % {"file": path, "kinds": ", ".join(sorted(unknown))}
        )


def _damaged(path):
    return LedgerError(
        _(
            "%(file)s is not a whole ledger of erasures. It may be cut off or changed. Take another copy. Nothing was "
            "changed."
        )
        % {"file": path}
    )
