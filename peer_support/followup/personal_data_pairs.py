"""What this room holds about calls, pauses and endings, field by field; see :mod:`peer_support.privacy.registry`."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import Citizen
from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models import EndingStep, FollowUp, FollowUpPlan, Pause


def _own_side(rows, subject):
    """What is written about one side of a match is that side's, and not the other's to read."""
    side = "citizen" if isinstance(subject, Citizen) else "volunteer"
    return rows.filter(side=side, **{f"match__{side}": subject.pk})


def _own_pauses(rows, subject):
    """A person's pauses, and those of their matches."""
    side = "citizen" if isinstance(subject, Citizen) else "volunteer"
    return rows.filter(Q(**{side: subject.pk}) | Q(**{f"match__{side}": subject.pk}))


register(
    FollowUp,
    title=_("Calls about a match"),
    on_erasure=OnErasure.EMPTY,
    rows=_own_side,
    paths={CITIZEN: "match__citizen", VOLUNTEER: "match__volunteer"},
    period="follow_up_words follow_up_words_old person",
    words="note",
    way="side kind state due_on outcome done_on created_at",
    staff="done_by",
    link="initiative match",
    technical="id round anchor own_day",
)
register(
    Pause,
    title=_("Pauses"),
    on_erasure=OnErasure.STAY,
    rows=_own_pauses,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    way="starts until ask_on over_on written_at",
    staff="covered_by_user written_by ended_by",
    link="initiative citizen volunteer match covered_by_volunteer",
    technical="id",
)
register(
    EndingStep,
    title=_("Steps of an ending"),
    on_erasure=OnErasure.STAY,
    rows=_own_side,
    paths={CITIZEN: "match__citizen", VOLUNTEER: "match__volunteer"},
    way="side kind state due_on choice done_on",
    staff="done_by",
    link="initiative match event conversation",
    technical="id",
)
register(
    FollowUpPlan,
    title=_("Follow-up plans"),
    on_erasure=OnErasure.STAY,
    technical="id initiative kind days citizen volunteer",
)
