"""The draw: one lock, one slot, one row that is written once."""

from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from . import asking, rules, seals
from .models import Allocation, ParticipantState
from .writing import known, locked_participant, require, wrote


def _next_slot(site):
    """Return the first slot of the town's list that nobody holds. The study is locked, so that nobody takes it meanwhile."""
    taken = Allocation.objects.filter(site=site).aggregate(last=Max("slot"))["last"]
    return (taken or 0) + 1


@sensitive_variables()
@transaction.atomic
def allocate(*, participant, user, route=""):
    """Draw for ``participant`` and return the :class:`Allocation`. Nobody can undo it, or draw again.

    The study's row is locked first, so that draws come one after the other; the constraints on the table are the last
    wall. Raises :class:`~peer_support.access.decisions.NotAllowed` where the yes or the first questions are missing,
    and where the draw has been made.
    """
    participant = locked_participant(participant)
    require(rules.may_allocate(participant))
    study, site = participant.study, participant.site
    slot = _next_slot(site)
    allocation = Allocation.objects.create(
        initiative_id=participant.initiative_id,
        study=study,
        site=site,
        slot=slot,
        arm=seals.arm_for(study, site, slot).value,
        participant=participant,
        user=known(user),
    )
    participant.state = ParticipantState.ALLOCATED
    participant.save()
    asking.plan(participant, before=False)
    wrote(study, "allocate", user, about=[participant, allocation], route=route, town=site.code)
    return allocation
