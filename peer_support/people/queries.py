"""Questions about people that several screens ask."""

from django.db.models import Count, F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

# A match's open states. The room of matches owns them; a test holds this list to its constraint.
OPEN_MATCH_STATES = ("proposed", "accepted", "met", "active", "paused")


def with_open_matches(queryset):
    """Annotate people with ``open_matches``, how many matches are going on or proposed."""
    return queryset.annotate(
        open_matches=Count("matches", filter=Q(matches__state__in=OPEN_MATCH_STATES), distinct=True)
    )


def has_open_match(person):
    """Whether a match is going on or proposed; asks the database only where the list has not counted already."""
    counted = getattr(person, "open_matches", None)
    if counted is None:
        return person.matches.filter(state__in=OPEN_MATCH_STATES).exists()
    return counted > 0


def with_free_places(volunteers):
    """Annotate volunteers with ``open_matches`` and ``free_places``, never below 0.

    A match on a long pause has given its place free: it is open, and takes no place.
    """
    free = Q(matches__state="paused", matches__place_free_from__lte=timezone.localdate())
    taken = Count("matches", filter=Q(matches__state__in=OPEN_MATCH_STATES) & ~free, distinct=True)
    return with_open_matches(volunteers).annotate(free_places=Greatest(F("capacity") - taken, 0))


def paused_on(day):
    """Return the condition that a pause holds on ``day``."""
    return Q(paused_from__lte=day) & (Q(paused_until=None) | Q(paused_until__gte=day))
