"""How long requests for a talk are kept."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..privacy.erasure import erase
from ..privacy.retention import register_rule
from .models_consent import Consent
from .models_enquiry import TalkRequest


def _over(before):
    """Requests that nobody has touched, and whose talk was held, before ``before``."""
    held = Q(agreed_for=None) | Q(agreed_for__lt=before.date())
    return TalkRequest.objects.filter(held, updated_at__lt=before)


def _taken_back(before):
    """Requests whose yes was taken back before ``before``, where no other stands."""
    gone = Consent.objects.filter(talk__isnull=False, withdrawn_at__lt=before).values("talk")
    standing = Consent.objects.filter(talk__isnull=False, withdrawn_at=None).values("talk")
    return TalkRequest.objects.filter(pk__in=gone).exclude(pk__in=standing)


def _erase(request):
    erase(subject=request, route="purge", why="purge")


register_rule(
    "talk",
    label=_("Requests for a talk"),
    months=3,
    why=_("The talk was held, or came to nothing."),
    find=_over,
    act=_erase,
)
register_rule(
    "talk_taken_back",
    label=_("Requests for a talk whose yes was taken back"),
    months=1,
    why=_("They took their yes back, and were told that it is deleted. A month leaves time to regret it."),
    find=_taken_back,
    act=_erase,
)
