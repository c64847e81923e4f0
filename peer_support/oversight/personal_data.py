"""What this room holds, field by field; see :mod:`peer_support.privacy.registry`. It is about colleagues."""

from django.utils.translation import gettext_lazy as _

from ..privacy.registry import OnErasure, register
from .models import ReviewNote

register(
    ReviewNote,
    title=_("Notes on the review list"),
    on_erasure=OnErasure.STAY,
    period="access_log",
    staff="about_number by_number note verdict",
    technical="id at initiative_number rule day digest",
)
