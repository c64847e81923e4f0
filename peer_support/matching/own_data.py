"""A person's matches, for their own data: their own answers and what was agreed, and nothing of the other one."""

from django.utils.translation import gettext as _

from ..people.own_data import Part, entries_of, register_own_data
from .models import Match, MatchCall

_ALL = (
    "state", "proposed_at", "first_meeting_on", "first_meeting_at", "first_meeting_place", "active_from", "trial_until",
    "planned_end", "hours_a_week", "place", "goals", "paused_from", "paused_until", "ended_on",
)  # fmt: skip


def _matches(person):
    side = person._meta.model_name
    own = (f"{side}_answer", f"{side}_answered_on", f"{side}_coming", f"{side}_after")
    return [
        Part(_("Matches"), entries=entries_of(Match, person, first=(*_ALL, *own))),
        Part(
            _("Calls you have asked for"), entries=entries_of(MatchCall, person, first=("about", "asked_at"))
        ),
    ]


register_own_data(_matches, models=["peer_support.match", "peer_support.matchcall"])
