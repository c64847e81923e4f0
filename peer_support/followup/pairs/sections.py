"""What the pages of a match and of a person show of calls, pauses and endings. Registered by import."""

from django.urls import reverse

from ...matching.models_match import State
from ...matching.sections import register_match_section
from ...people.presenting import register_section
from ...privacy.access_log import Action, log_access
from ..models import FollowUp, Pause
from ..models_follow_up import Side
from .views import rhythm_facts
from .views_ending import in_short, steps_of

PERMISSION = "peer_support.make_match"
TEMPLATES = "peer_support/followup/pairs"


@register_match_section
def ending_section(match, user):
    """The steps of the ending, and the way to go on with them."""
    if match.state != State.ENDED:
        return None
    steps = steps_of(match)
    if not steps:
        return None
    return f"{TEMPLATES}/_ending.html", {
        "steps": [{"row": step, "words": in_short(step)} for step in steps],
        "left": sum(step.state == "open" for step in steps),
        "url": reverse("peer_support_pairs:ending", args=[match.pk]),
    }


@register_match_section
def follow_up_section(match, user):
    """A calm timeline of calls for each side, and how the pair keeps its own agreement."""
    rows = list(
        FollowUp.objects.filter(match=match).exclude(state=FollowUp.State.CANCELLED).select_related("done_by")
    )
    if not rows and not match.is_open:
        return None
    log_access(
        user=user,
        action=Action.READ,
        objects=[row for row in rows if row.note],
        route="peer_support_matching:match",
    )
    open_rows = [row for row in rows if row.state == FollowUp.State.OPEN]
    return f"{TEMPLATES}/_follow_up.html", {
        "sides": [
            {
                "label": side.label,
                "person": getattr(match, side.value),
                "rows": [r for r in rows if r.side == side],
            }
            for side in Side
        ],
        "next": open_rows[0] if open_rows else None,
        "facts": rhythm_facts(match),
        "add_url": reverse("peer_support_pairs:add_call", args=[match.pk]) if match.is_open else "",
        "plan_url": reverse("peer_support_pairs:plan")
        if user.has_perm("peer_support.change_followupplan")
        else "",
    }


def _pauses(user, **of):
    rows = list(
        Pause.objects.filter(**of).select_related(
            "covered_by_user", "covered_by_volunteer", "match", "citizen"
        )
    )
    if not rows:
        return None
    current = next((row for row in rows if not row.is_over), None)
    covering = [row.covered_by_volunteer for row in rows if row.covered_by_volunteer_id]
    log_access(user=user, action=Action.READ, objects=[*rows, *covering], route="peer_support_pairs:pauses")
    return f"{TEMPLATES}/_pauses.html", {
        "current": current,
        "over": [row for row in rows if row.is_over],
        "url": reverse("peer_support_pairs:pause", args=[current.pk]) if current else "",
        "cover_url": reverse("peer_support_pairs:pause_cover", args=[current.pk]) if current else "",
    }


@register_match_section
def pauses_of_match(match, user):
    """The pauses of a match."""
    return _pauses(user, match=match)


@register_section
def pauses_of_person(person, user):
    """The pauses of a person, for those who follow matches."""
    if not user.has_perm(PERMISSION):
        return None
    return _pauses(user, **{person._meta.model_name: person})
