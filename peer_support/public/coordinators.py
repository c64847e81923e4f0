"""Whom a visitor can ring: the local coordinators, and when the crisis line answers, read once for a page."""

from django.db.models import F, Subquery

from ..directory.models import LocalCoordinator
from .models import CrisisHelp
from .once import is_kept, once

KEY = "local coordinators"


_TEXTS = ("hours", "hours_checked_on", "second_way")


def _rows():
    """The local coordinators, each with the texts of the crisis box."""
    helps = CrisisHelp.objects.order_by("pk")
    texts = {f"crisis_{name}": Subquery(helps.values(name)[:1]) for name in _TEXTS}
    return LocalCoordinator.objects.annotate(**texts)


def all_coordinators():
    """Return the local coordinators in their order, each with ``towns``: ``{code: name}`` of its municipalities."""
    return once(KEY, _read)


def _read():
    """Ask once for coordinators and towns together: a coordinator comes once for each town, or once without any."""
    found = {}
    for row in _rows().annotate(code=F("municipalities"), town=F("municipalities__name")):
        kept = found.setdefault(row.pk, row)
        kept.towns = {**getattr(kept, "towns", {}), **({row.code: row.town} if row.code else {})}
    return list(found.values())


def first_coordinator():
    """Return the first one in the list, or ``None``."""
    if is_kept(KEY):
        return next(iter(all_coordinators()), None)
    return once("first coordinator", lambda: _rows().first())


def crisis_help(request):
    """Return the texts of the crisis box. Every page shows them, so they are read with the first coordinator."""
    first = first_coordinator()
    if first is None:
        return CrisisHelp.load(request_or_site=request)
    texts = {name: getattr(first, f"crisis_{name}") for name in _TEXTS}
    return CrisisHelp(**{name: text for name, text in texts.items() if text is not None})


def coordinator_for(initiative_id, town_id):
    """Return the initiative's coordinator for the town (a municipality's code), or its first one, or ``None``."""
    rows = [row for row in all_coordinators() if row.initiative_id == initiative_id]
    return next((row for row in rows if town_id in row.towns), next(iter(rows), None))
