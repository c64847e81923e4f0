"""The recruitment plan and the start-up steps: when to look for volunteers first, and what is written by when."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..access.decisions import Decision
from ..matching import people_queries


@dataclass(frozen=True)
class Balance:
    """How many wait in an initiative, and how many free places its volunteers have."""

    waiting: int
    places: int


def balances_of(initiative_ids):
    """Return ``{initiative's key: Balance}`` with two queries, inside the open scope."""
    free = people_queries.free_volunteers().filter(initiative__in=initiative_ids).order_by()
    places = dict(free.values_list("initiative").annotate(n=Sum("free_places")))
    waits = people_queries.waiting().filter(initiative__in=initiative_ids).order_by()
    waiting = dict(waits.values_list("initiative").annotate(n=Count("pk")))
    return {pk: Balance(waiting.get(pk, 0), places.get(pk, 0)) for pk in initiative_ids}


def balance_of(initiative):
    """Return the :class:`Balance` of one initiative."""
    return balances_of([initiative.pk])[initiative.pk]


def may_invite_citizens(balance):
    """Volunteers first: whoever is invited should not wait for somebody who is not there."""
    if balance.waiting <= balance.places:
        return Decision.yes()
    waiting = ngettext("%(n)d citizen waits", "%(n)d citizens wait", balance.waiting) % {"n": balance.waiting}
    places = ngettext("%(n)d free place", "%(n)d free places", balance.places) % {"n": balance.places}
    return Decision.no(
        "volunteers_first",
        _(
            "%(waiting)s, and the volunteers have %(places)s. Look for volunteers before you invite more citizens."
        )
        % {"waiting": waiting, "places": places},
    )
