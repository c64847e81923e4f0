"""What this room holds about meetings of pairs, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models_meeting import Meeting

register(
    Meeting,
    title=_("Meetings of a pair"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "match__citizen", VOLUNTEER: "match__volunteer"},
    period="meeting_words meeting_words_old person",
    # Each side writes for the coordinator; an export of the one must not hold what the other wrote. The person's own data
    # on a page show the own ones (see own_data).
    others="note feeling call_me call_done_at",
    way="on outcome minutes side way created_at",
    staff="call_done_by user",
    link="initiative match",
    technical="id",
)
