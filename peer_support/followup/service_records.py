"""What this room knows of a volunteer's service, for a reference letter: meetings, hours, accompaniments. Counts only."""

from django.db.models import Max
from django.utils.translation import ngettext

from ..agreements.records import register_record
from .models_accompaniment import Accompaniment, OfferState, TripState
from .models_meeting import Meeting, Outcome


@register_record
def meetings(volunteer, day):
    """How many days the volunteer met somebody, and for how long; a day that both sides wrote down counts once."""
    rows = Meeting.objects.filter(match__volunteer=volunteer, outcome=Outcome.MET, on__lte=day).order_by()
    days = list(rows.values("match", "on").annotate(longest=Max("minutes")).values_list("longest", flat=True))
    if not days:
        return []
    words = ngettext("%(count)d meeting", "%(count)d meetings", len(days)) % {"count": len(days)}
    hours = sum(minutes or 0 for minutes in days) // 60
    # Where some meetings have no length, the hours are the least there were.
    if hours:
        length = ngettext("at least %(hours)d hour", "at least %(hours)d hours", hours) % {"hours": hours}
        words = f"{words} ({length})"
    return [words]


@register_record
def trips(volunteer, day):
    """How many times the volunteer went with somebody."""
    went = {"offers__volunteer": volunteer, "offers__state": OfferState.ACCEPTED}
    count = Accompaniment.objects.filter(state=TripState.DONE, day__lte=day, **went).distinct().count()
    words = ngettext("accompaniment %(count)d time", "accompaniment %(count)d times", count)
    return [words % {"count": count}] if count else []
