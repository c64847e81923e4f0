"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models import ProgressStar, StarReading

register(
    ProgressStar,
    title=_("Progress star"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    words="areas_text",
    way="shown_to_volunteer",
    link="initiative citizen volunteer",
    technical="id next_key created_at updated_at",
)
register(
    StarReading,
    title=_("Days of a progress star"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "star__citizen", VOLUNTEER: "star__volunteer"},
    words="answers_text",
    way="on way",
    staff="user",
    link="initiative star",
    technical="id created_at updated_at",
)
