"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models import Match, MatchCall, MatchingPolicy, MatchRun
from .models_match import MatchEvent, State
from .models_policy import Exclusion

# What the other one of a pair has said, and texts about an ending or a pause, which are about two people (art. 15(4)).
_ABOUT_TWO = "ending_note pause_reason"
_SAID_BY = "{0}_answer {0}_answered_on {0}_after {0}_coming " + _ABOUT_TWO
NOT_FOR = {CITIZEN: _SAID_BY.format("volunteer"), VOLUNTEER: _SAID_BY.format("citizen")}
BOTH = {CITIZEN: "citizen", VOLUNTEER: "volunteer"}
# Where the other one said no, that is the other one's to tell; what the person said themselves is shown all the same.
_CAME_TO_NOTHING = (State.DECLINED, State.WITHDRAWN)


def _said_no(match, subject):
    """Of a match that came to nothing: all but when it was proposed, and what ``subject`` answered."""
    if match.state not in _CAME_TO_NOTHING:
        return ()
    side = subject._meta.model_name
    own = {f"{side}_answer", f"{side}_answered_on", f"{side}_coming", f"{side}_after"}
    return {column.name for column in match._meta.concrete_fields} - {"number", "proposed_at"} - own


_STEP = "at action from_state to_state facts"


def _own_calls(calls, subject):
    """Return the calls that ``subject`` asked for; those of the other side are the other's."""
    side = subject._meta.model_name
    return (
        calls.filter(side=side, **{f"match__{side}": subject.pk})
        if side in ("citizen", "volunteer")
        else calls.none()
    )


register(
    Match,
    title=_("Matches"),
    on_erasure=OnErasure.EMPTY,
    paths=BOTH,
    period="match_words person",
    not_for=NOT_FOR,
    kept_back=_said_no,
    profile="place first_meeting_place hours_a_week agreed_every",
    words="goals pause_reason ending_note",
    way="number state proposed_at citizen_answer citizen_answered_on volunteer_answer volunteer_answered_on "
    "first_meeting_on citizen_after volunteer_after active_from trial_until planned_end paused_from paused_until place_free_from "
    "ended_on ended_by ending_reasons first_meeting_at citizen_coming volunteer_coming",
    staff="proposed_by",
    link="initiative citizen volunteer run",
    # Which interests, how far, which times: shared by the two, and made from what both have told.
    index="points parts",
    technical="id version",
)
register(
    MatchEvent,
    title=_("Steps of a match"),
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "match__citizen", VOLUNTEER: "match__volunteer"},
    # A step says which side answered what. The person's own answers and the days stand with the match.
    not_for={CITIZEN: _STEP, VOLUNTEER: _STEP},
    way=_STEP,
    staff="user",
    link="initiative match",
    technical="id",
)
register(
    Exclusion,
    title=_("Who is not to be proposed to each other"),
    on_erasure=OnErasure.DELETE,
    paths=BOTH,
    # It says something about the other one.
    not_for={CITIZEN: "kind made_at", VOLUNTEER: "kind made_at"},
    way="kind made_at",
    link="initiative citizen volunteer",
    technical="id",
)
register(
    MatchRun,
    title=_("Saved plans"),
    on_erasure=OnErasure.STAY,
    staff="made_by",
    technical="id initiative policy made_at aim engine_version input_digest count points result",
)
register(
    MatchingPolicy,
    title=_("Rules of matching"),
    on_erasure=OnErasure.STAY,
    staff="made_by",
    technical="id initiative version made_at weight_interests weight_distance weight_time weight_hours "
    "weight_preferences waiting_points waiting_cap_days hysteresis aim contract_required certificate_required months",
)
register(
    MatchCall,
    title=_("Calls that were asked for"),
    on_erasure=OnErasure.STAY,
    rows=_own_calls,
    way="side about asked_at done_at",
    staff="done_by",
    link="initiative match",
    technical="id",
)
