"""Whom this room holds on to."""

from functools import partial

from django.db.models import Q

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.retention import register_reason_to_keep
from .models_match import OPEN_STATES, Match


def _needed(link, people, before):
    """Those with a proposal or a match, and those whose match ended since ``before``."""
    kept = Match.objects.filter(Q(state__in=OPEN_STATES) | Q(ended_on__gte=before.date()))
    return Q(pk__in=kept.values(link))


register_reason_to_keep(CITIZEN, partial(_needed, "citizen"))
register_reason_to_keep(VOLUNTEER, partial(_needed, "volunteer"))
