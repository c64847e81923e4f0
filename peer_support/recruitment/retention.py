"""How long requests for a talk are kept."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..privacy.erasure import erase
from ..privacy.retention import register_rule
from .models_enquiry import TalkRequest


def _over(before):
    """Requests that nobody has touched, and whose talk was held, before ``before``."""
    held = Q(agreed_for=None) | Q(agreed_for__lt=before.date())
    return TalkRequest.objects.filter(held, updated_at__lt=before)


register_rule(
    "talk",
    label=_("Requests for a talk"),
    months=3,
    why=_("The talk was held, or came to nothing."),
    find=_over,
    act=lambda request: erase(subject=request, route="purge", why="purge"),
)
