"""A spreadsheet between the steps of its import: encrypted, one user's, gone when it is over or after two hours."""

import json
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from ...access.scopes import all_initiatives
from ...directory.importing.notices import Notice
from ..models import PeopleUpload
from .applying import apply_import
from .reading import Row, Table


@dataclass
class Choices:
    """What the user has chosen so far."""

    mapping: list = field(default_factory=list)
    words: dict = field(default_factory=dict)
    overwrite: bool = False
    # What another room's import needs to know, such as which course.
    options: dict = field(default_factory=dict)


def keep_upload(*, table, mapping, kind, initiative, user, options=None):
    """Keep a table that was read; returns the :class:`PeopleUpload`. Others that are over are thrown away."""
    discard_expired()
    return PeopleUpload.objects.create(
        initiative=initiative,
        user=user,
        kind=kind,
        content=json.dumps(asdict(table)),
        choices=json.dumps(asdict(Choices(mapping, options=options or {}))),
    )


def discard_expired():
    """Delete every upload whose time is over, in every initiative; returns how many."""
    with all_initiatives("an upload whose time is over is of no use to anybody"):
        deleted, __ = PeopleUpload.objects.filter(expires_at__lt=timezone.now()).delete()
    return deleted


def table_of(upload):
    """Return the table that was kept."""
    data = json.loads(upload.content)
    return Table(
        data["headings"],
        [Row(**row) for row in data["rows"]],
        [Notice(**notice) for notice in data["notices"]],
    )


def choices_of(upload):
    """Return what was chosen."""
    return Choices(**json.loads(upload.choices))


def choose(upload, **changes):
    """Save what was chosen now."""
    choices = asdict(choices_of(upload)) | changes
    upload.choices = json.dumps(choices)
    upload.save(update_fields=["choices"])


def discard(upload):
    """Give the import up: nothing is kept of the file."""
    upload.delete()


@transaction.atomic
def confirm(*, upload, user, route="", apply=None):
    """Import what was kept, once: whoever confirms again gets the first result.

    ``apply(upload, choices)`` is another room's way to write it; it returns something with ``as_dict()``. Raises ``Refused`` where the people who are here have changed so that it is no longer possible.
    """
    locked = PeopleUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.done_at:
        return locked
    choices = choices_of(locked)
    result = apply(locked, choices) if apply else _apply_people(locked, choices, user, route)
    locked.content, locked.choices = "", ""
    locked.result, locked.done_at = result.as_dict(), timezone.now()
    locked.save()
    return locked


def _apply_people(upload, choices, user, route):
    return apply_import(
        table=table_of(upload),
        mapping=choices.mapping,
        kind=upload.kind,
        initiative=upload.initiative,
        user=user,
        words=choices.words,
        overwrite=choices.overwrite,
        route=route,
    )
