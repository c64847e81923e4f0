"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ...people.personal_data import CITIZEN, VOLUNTEER
from ...privacy.registry import OnErasure, register
from .models import ChangeChoice

register(
    ChangeChoice,
    title=_("Who may see the change"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    way="hidden shown_to_volunteer",
    link="initiative citizen volunteer",
    technical="id created_at updated_at",
)
