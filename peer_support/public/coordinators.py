"""Whom a visitor can ring: the local coordinators, read once for a page however many parts of it name one."""

from ..directory.models import LocalCoordinator
from .once import is_kept, once

KEY = "local coordinators"


def all_coordinators():
    """Return the local coordinators in their order, with their towns."""
    return once(KEY, lambda: list(LocalCoordinator.objects.prefetch_related("municipalities")))


def first_coordinator():
    """Return the first one in the list, or ``None``."""
    if is_kept(KEY):
        return next(iter(all_coordinators()), None)
    return once("first coordinator", lambda: LocalCoordinator.objects.first())


def coordinator_for(initiative_id, town_id):
    """Return the initiative's coordinator for the town (a municipality's code), or its first one, or ``None``."""
    rows = [row for row in all_coordinators() if row.initiative_id == initiative_id]
    near = [row for row in rows if town_id in {town.pk for town in row.municipalities.all()}]
    return next(iter([*near, *rows]), None)
