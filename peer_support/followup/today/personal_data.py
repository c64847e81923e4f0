"""What today's list keeps: which lines a colleague has put off. It points at nobody; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ...privacy.clocks import register_clock
from ...privacy.registry import OnErasure, register
from .models import DAYS_KEPT, PutOff


def _days():
    text = ngettext("%(count)d day after it came back.", "%(count)d days after it came back.", DAYS_KEPT)
    return text % {"count": DAYS_KEPT}


register_clock("put_off", _days)

register(
    PutOff,
    title=_("Lines of today's list that were put off"),
    on_erasure=OnErasure.STAY,
    period="put_off",
    staff="user",
    link="initiative",
    technical="id digest until at",
)
