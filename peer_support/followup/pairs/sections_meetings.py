"""The meetings of a pair on the page of its match, as each side has told of them."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from ...matching.sections import register_match_section
from ...privacy.access_log import Action, log_access
from .. import rules_meeting as rules
from ..models_meeting import Meeting, MeetingSide
from ..views_meeting_link import length_in_words

SHOWN = 8


def _row(meeting, match):
    person = None if meeting.side == MeetingSide.COORDINATOR else getattr(match, meeting.side)
    words = (
        meeting.get_outcome_display(),
        length_in_words(meeting.minutes),
        meeting.get_feeling_display() if meeting.feeling else "",
    )
    return {
        "meeting": meeting,
        "day": capfirst(date_format(meeting.on, "l j. F")),
        "words": ", ".join(filter(None, words)),
        "who": person or meeting.get_side_display(),
        "person": person,
        "rung_url": reverse("peer_support_pairs:meeting_rung", args=[meeting.pk])
        if meeting.wants_call
        else "",
    }


@register_match_section
def meetings_section(match, user):
    """The newest meetings, each with who wrote it; whoever would like a call has a button beside it."""
    rows = list(Meeting.objects.filter(match=match)[:SHOWN])
    may_log = rules.may_log(match)
    if not rows and not may_log:
        return None
    log_access(user=user, action=Action.READ, objects=rows, route="peer_support_matching:match")
    return "peer_support/followup/pairs/_meetings.html", {
        "rows": [_row(meeting, match) for meeting in rows],
        "add_url": reverse("peer_support_pairs:meeting", args=[match.pk]) if may_log else "",
    }
