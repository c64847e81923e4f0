"""Put a line of today's list off, and bring it back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ...access.decisions import NotAllowed
from ...access.scopes import all_initiatives
from .models import DAYS_KEPT, PutOff
from .rules import may_put_off


@transaction.atomic
def put_off(*, initiative, digest, until, user):
    """Show the line again on the morning of ``until``; returns the :class:`PutOff`. Raises ``NotAllowed``.

    Colleagues of the initiative see who put it off. Putting off again moves the day.
    """
    decision = may_put_off(until, timezone.localdate())
    if not decision:
        raise NotAllowed(decision)
    values = {"until": until, "user": user, "at": timezone.now()}
    return PutOff.objects.update_or_create(initiative=initiative, digest=digest, defaults=values)[0]


def bring_back(*, initiative, digest):
    """Show the line again at once; returns whether it was put off."""
    return bool(PutOff.objects.filter(initiative=initiative, digest=digest).delete()[0])


def forget_old(days=DAYS_KEPT):
    """Delete what came back more than ``days`` ago; returns how many."""
    with all_initiatives("old rows of every initiative are forgotten"):
        return PutOff.objects.filter(until__lt=timezone.localdate() - timedelta(days=days)).delete()[0]
