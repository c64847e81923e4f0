"""The panel with the links of a match, on its page, and the calls that somebody has asked for there."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from ..people import links_panel
from .models import MatchCall
from .sections import register_match_section
from .services_calls import coming_to


@register_match_section
def calls_section(match, user):
    """Who would like to be rung, and who has said that they come to the first meeting."""
    calls = [
        {
            "call": call,
            "person": getattr(match, call.side),
            "about": call.get_about_display(),
            "when": date_format(localtime(call.asked_at), "SHORT_DATETIME_FORMAT"),
        }
        for call in MatchCall.objects.filter(match=match, done_at=None)
    ]
    coming = [getattr(match, side) for side in ("citizen", "volunteer") if coming_to(match, side)]
    if not match.is_open or not (calls or (coming and match.state == "accepted")):
        return None
    context = {
        "calls": calls,
        "coming": coming if match.state == "accepted" else [],
        "action_url": reverse("peer_support_matching:match_link", args=[match.pk]),
    }
    return "peer_support/matching/calls_panel.html", context


@register_match_section
def links_section(match, user):
    """The panel with the links that make sense now, and those that still open."""
    panel = links_panel.panel_of(match, reverse("peer_support_matching:match_link", args=[match.pk]))
    return (links_panel.TEMPLATE, panel) if panel else None
