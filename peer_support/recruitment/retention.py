"""How long requests for a talk are kept, and what was said yes to by those who are erased."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..privacy.access_log import Action, log_access
from ..privacy.erasure import erase
from ..privacy.forgetting import ROUTE
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
    erase(subject=request, route=ROUTE, why="purge")


def _delete_proof(consent):
    """Delete it for good: there is nobody left to erase, so no entry of the ledger, but one of the access log."""
    log_access(user=None, action=Action.ERASE, objects=[consent], route=ROUTE)
    # The rule has looked at the row again just now, in this transaction; the door asks for no less than that.
    Consent.objects.filter(pk=consent.pk).delete_proof(before=timezone.now())


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
register_rule(
    "consent_proof",
    label=_("The note of what somebody said yes to, once they are erased"),
    months=24,
    # GDPR art. 7(1): the centre proves the yes for as long as somebody can complain or claim.
    why=_("That they said yes has to be shown afterwards too, if somebody asks. After that nobody needs it."),
    find=lambda before: Consent.objects.proof_before(before),
    act=_delete_proof,
)
