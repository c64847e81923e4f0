"""Calls that somebody asked for, first of all on today's list."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...matching.models import MatchCall
from ..models_meeting import Meeting, MeetingSide
from .registry import RING, Line, register_source
from .sources_matching import open_match


def _person_of(side, match):
    return match.volunteer if side == MeetingSide.VOLUNTEER else match.citizen


def calls_asked_for_at_meetings(day):
    """Rule: whoever pressed "call me" when they wrote down a meeting is rung first of all."""
    rows = Meeting.objects.filter(call_me=True, call_done_at=None).exclude(side=MeetingSide.COORDINATOR)
    rows = rows.select_related("match__citizen", "match__volunteer").order_by("created_at", "pk")
    return [
        _asked_for(row, timezone.localdate(row.created_at), _("the meetings"), f"meeting-{row.pk}")
        for row in rows
    ]


def calls_asked_for_by_link(day):
    """Rule: whoever answered "let us talk" on a link is rung first of all."""
    rows = MatchCall.objects.filter(done_at=None).select_related("match__citizen", "match__volunteer")
    return [
        _asked_for(row, timezone.localdate(row.asked_at), row.get_about_display(), f"call-{row.pk}")
        for row in rows.order_by("asked_at", "pk")
    ]


def _asked_for(row, asked_on, about, key):
    person = _person_of(row.side, row.match)
    return Line(
        RING,
        _("%(person)s would like you to ring, about %(about)s") % {"person": person, "about": about},
        _("Open the match"),
        open_match(row.match),
        due=asked_on,
        order=0,
        person=(row.match, person),
        initiative_id=row.initiative_id,
        key=key,
    )


register_source("calls_at_meetings", gettext_lazy("Calls asked for at meetings"), calls_asked_for_at_meetings)
register_source("calls_by_link", gettext_lazy("Calls asked for by link"), calls_asked_for_by_link)
