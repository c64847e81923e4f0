"""Whose place is it while a pair pauses, and may the pair take it up again?"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision
from ..conf import peer_settings
from .models_match import Match
from .people_queries import takes_a_place


def place_free_from(paused_from, paused_until=None, at_once=False):
    """Return the day from which somebody else may have the volunteer's place.

    At once where the coordinator says so, or where the pause is agreed for longer than ``PAUSE_FREES_PLACE_WEEKS``;
    else when that many weeks have gone, should nobody have ended it.
    """
    weeks = timedelta(weeks=peer_settings.PAUSE_FREES_PLACE_WEEKS)
    if at_once or (paused_until and paused_until - paused_from > weeks):
        return paused_from
    return paused_from + weeks


def has_given_its_place(match, day=None):
    """Whether the place of ``match``, which is on pause or was when it ended, may be somebody else's on ``day``."""
    day = day or timezone.localdate()
    return bool(match.place_free_from and match.place_free_from <= day)


def may_take_up_again(match):
    """Whether the volunteer of the paused ``match`` still has a place for it."""
    others = Match.objects.filter(takes_a_place(), volunteer=match.volunteer_id).exclude(pk=match.pk).count()
    if not has_given_its_place(match) or others < match.volunteer.capacity:
        return Decision.yes()
    return Decision.no(
        "place_taken",
        gettext(
            "%(volunteer)s has somebody else by now, so there is no place just now. The two can wait until one is "
            "free, or %(volunteer)s takes one more: then choose why."
        )
        % {"volunteer": match.volunteer},
    )
