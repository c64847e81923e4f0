"""A person's matches, for their own data: their own answers and what was agreed, and nothing of the other one."""

from django.utils.translation import gettext as _

from ..people.own_data import Part, register_own_data, rows_of
from .models import Match, MatchCall
from .models_match import State

_ALL = (
    "state", "proposed_at", "first_meeting_on", "first_meeting_at", "first_meeting_place", "active_from", "trial_until",
    "planned_end", "hours_a_week", "place", "goals", "paused_from", "paused_until", "ended_on",
)  # fmt: skip
# Where the other one said no, that is the other one's to tell; what the person said themselves is shown all the same.
_CAME_TO_NOTHING = (State.DECLINED, State.WITHDRAWN)


def _matches(person):
    side = person._meta.model_name
    own = (f"{side}_answer", f"{side}_answered_on", f"{side}_coming", f"{side}_after")
    matches = Match.objects.filter(**{side: person}).order_by("proposed_at", "pk")
    entries = []
    for match in matches:
        names = ("proposed_at",) if match.state in _CAME_TO_NOTHING else _ALL
        entries.append(rows_of(match, (*names, *own)))
    calls = MatchCall.objects.filter(side=side, **{f"match__{side}": person}).order_by("asked_at", "pk")
    return [
        Part(_("Matches"), entries=entries),
        Part(
            _("Calls you have asked for"),
            entries=[rows_of(call, ("about", "asked_at", "done_at")) for call in calls],
        ),
    ]


register_own_data(_matches, models=["peer_support.match", "peer_support.matchcall"])
