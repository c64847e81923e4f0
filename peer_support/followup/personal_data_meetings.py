"""What this room holds about meetings of pairs, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models_meeting import Meeting


def _of_the_other(meeting, subject):
    """Each side writes for the coordinator: what the other one wrote is theirs. That the two met is the person's too."""
    return () if meeting.side == subject._meta.model_name else ("note", "feeling", "call_me", "call_done_at")


register(
    Meeting,
    title=_("Meetings of a pair"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "match__citizen", VOLUNTEER: "match__volunteer"},
    period="meeting_words meeting_words_old person",
    kept_back=_of_the_other,
    words="note feeling call_me call_done_at",
    way="on outcome minutes side way created_at",
    staff="call_done_by user",
    link="initiative match",
    technical="id",
)
