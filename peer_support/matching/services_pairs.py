"""Pairs that are not to be proposed: ruled out by an answer, an ending or a coordinator, and let in again."""

from django.db import transaction
from django.utils.translation import gettext

from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from .models_match import OPEN_STATES, Match
from .models_policy import Exclusion
from .services_steps import ROUTE, lock_people, refuse

# What a coordinator has said about a pair is not overwritten by what a match came to.
_STRONGER = (Exclusion.Kind.RELATIVE, Exclusion.Kind.OTHER)


def ruled_out(citizen_id, volunteer_id, initiative_id, kind):
    """Write the exclusion of a pair once; the caller holds the lock on both people."""
    exclusion, made = Exclusion.objects.get_or_create(
        citizen_id=citizen_id,
        volunteer_id=volunteer_id,
        defaults={"initiative_id": initiative_id, "kind": kind},
    )
    if not made and exclusion.kind != kind and exclusion.kind not in _STRONGER:
        exclusion.kind = kind
        exclusion.save(update_fields=["kind"])
    return exclusion


@transaction.atomic
def exclude_pair(*, citizen, volunteer, kind=Exclusion.Kind.OTHER, user):
    """Rule out that ``citizen`` and ``volunteer`` are proposed to each other, and return the :class:`Exclusion`.

    Refused where they belong to different initiatives or have an open match with each other.
    """
    lock_people([citizen.pk], [volunteer.pk])
    if citizen.initiative_id != volunteer.initiative_id:
        refuse("other_initiative", gettext("The two belong to different initiatives."))
    open_match = Match.objects.filter(citizen=citizen, volunteer=volunteer, state__in=OPEN_STATES).first()
    if open_match:
        refuse(
            "open_match",
            gettext("%(citizen)s and %(volunteer)s have a proposal or a match. Withdraw or end it first.")
            % {"citizen": citizen, "volunteer": volunteer},
        )
    exclusion = ruled_out(citizen.pk, volunteer.pk, citizen.initiative_id, Exclusion.Kind(kind))
    log_access(
        user=user, action=LogAction.CHANGE, objects=[citizen, volunteer], route=f"{ROUTE}.exclude_pair"
    )
    return exclusion


@transaction.atomic
def lift_exclusion(*, citizen, volunteer, user):
    """Let a ruled-out pair be proposed again; returns whether it was ruled out until now."""
    lock_people([citizen.pk], [volunteer.pk])
    __, by_model = Exclusion.objects.filter(citizen=citizen, volunteer=volunteer).delete()
    if by_model:
        log_access(
            user=user, action=LogAction.CHANGE, objects=[citizen, volunteer], route=f"{ROUTE}.lift_exclusion"
        )
    return bool(by_model)
