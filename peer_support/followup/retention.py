"""What this room forgets: what was noted about pairs and about trips. That they met, were rung or went, and when, stays."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..matching.retention import MONTHS_AFTER_MATCH, matches_over
from ..privacy.forgetting import register_words_rule
from .models import FollowUp
from .models_accompaniment import OPEN_TRIPS, Accompaniment
from .models_meeting import Meeting

_AFTER = _("It was for the match, and the match is over. That you talked, and when, stays.")
_AFTER_MET = _("It was for the match, and the match is over. That they met, and when, stays.")
_OLD = _("After a year it is no longer true, also where the match goes on.")


def _trips_over(before):
    """Trips that were closed before that moment, and those that nobody closed whose day was before it."""
    day = before.date()
    return Accompaniment.objects.filter(Q(closed_on__lt=day) | Q(state__in=OPEN_TRIPS, day__lt=day))


register_words_rule(
    "follow_up_words",
    label=_("Notes about calls, when the match is over"),
    months=MONTHS_AFTER_MATCH,
    why=_AFTER,
    find=lambda before: FollowUp.objects.filter(match__in=matches_over(before)),
)
register_words_rule(
    "follow_up_words_old",
    label=_("Notes about calls, while the match goes on"),
    months=12,
    why=_OLD,
    find=lambda before: FollowUp.objects.filter(
        Q(done_on__lt=before.date()) | Q(done_on=None, created_at__lt=before)
    ),
)
register_words_rule(
    "meeting_words",
    label=_("Notes about meetings, when the match is over"),
    months=MONTHS_AFTER_MATCH,
    why=_AFTER_MET,
    find=lambda before: Meeting.objects.filter(match__in=matches_over(before)),
)
register_words_rule(
    "meeting_words_old",
    label=_("Notes about meetings, while the match goes on"),
    months=12,
    why=_OLD,
    find=lambda before: Meeting.objects.filter(created_at__lt=before),
)
register_words_rule(
    "trip_words",
    label=_("Where to and what for, of an accompaniment that is over"),
    months=6,
    why=_("Half a year afterwards nobody needs to find the way. That they went, and what it led to, stays."),
    find=_trips_over,
)
