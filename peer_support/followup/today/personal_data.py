"""What today's list keeps: which lines a colleague has put off. It points at nobody; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ...privacy.registry import OnErasure, register
from .models import PutOff

register(
    PutOff,
    title=_("Lines of today's list that were put off"),
    on_erasure=OnErasure.STAY,
    staff="user",
    link="initiative",
    technical="id digest until at",
)
