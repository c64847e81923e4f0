"""Write down a consent to a story, end it, and let the old records go."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from .models_story_consent import StoryConsent
from .rules_story_consent import may_withdraw

# Proof that somebody said yes, and no, is kept two years after the end (the time-limit for complaints and claims).
PROOF_DAYS = 2 * 365


@transaction.atomic
def record_consent(*, page_id, user, values, route=""):
    """Keep the consent ``values`` (the model's fields) to the story; an earlier one is replaced. Returns it."""
    _end(page_id, StoryConsent.Ending.REPLACED, user, route=route)
    consent = StoryConsent.objects.create(page_id=page_id, recorded_by=_known(user), **values)
    log_access(user=user, action=Action.CREATE, objects=[consent], route=route)
    return consent


@transaction.atomic
def withdraw_record(*, page_id, user, reason="", shown_on=(), route=""):
    """End the standing consent as withdrawn; returns it. Raises ``NotAllowed`` where there is none.

    The page itself is taken down by :func:`peer_support.pages.withdrawing.withdraw_story`, which calls this.
    """
    consent = _end(
        page_id, StoryConsent.Ending.WITHDRAWN, user, reason=reason, shown_on=list(shown_on), route=route
    )
    if consent is None:
        raise NotAllowed(may_withdraw(page_id))
    return consent


@transaction.atomic
def story_deleted(*, page_id, user=None, route=""):
    """End the standing consent because the story's page is gone; returns it or nothing."""
    return _end(page_id, StoryConsent.Ending.DELETED, user, route=route)


def _end(page_id, ending, user, *, reason="", shown_on=(), route=""):
    consent = StoryConsent.objects.standing().select_for_update().filter(page_id=page_id).first()
    if consent is None:
        return None
    consent.ended_at = timezone.now()
    consent.ending = ending
    consent.ended_by = _known(user)
    consent.reason = reason
    consent.shown_on = list(shown_on)
    consent.contact = ""
    consent.save()
    log_access(user=user, action=Action.CHANGE, objects=[consent], route=route)
    return consent


def _known(user):
    return user if getattr(user, "pk", None) else None


def erase_old_consents(*, now=None):
    """Delete the records that ended more than two years ago; returns how many. For the nightly job."""
    limit = (now or timezone.now()) - timedelta(days=PROOF_DAYS)
    with transaction.atomic():
        old = list(StoryConsent.objects.filter(ended_at__lt=limit))
        log_access(user=None, action=Action.ERASE, objects=old, route="purge_expired")
        StoryConsent.objects.filter(pk__in=[consent.pk for consent in old]).delete()
    return len(old)
