"""What signed papers and seen certificates write on a volunteer: the dates that matching and courses read.

The rooms that keep the papers are above this one; whoever keeps none types the dates on the volunteer instead.
"""

from django.db import transaction

from ..privacy.access_log import Action, log_access
from .models import Volunteer


@transaction.atomic
def note_contract(*, volunteer, on, until=None, user=None, route=""):
    """Write that the volunteer's contract holds from ``on`` until ``until``; ``on=None`` that there is none."""
    return _note(volunteer, user, route, contract_on=on, contract_until=until if on else None)


@transaction.atomic
def note_certificate(*, volunteer, seen_on, until=None, user=None, route=""):
    """Write that what is asked for was seen on ``seen_on`` and holds until ``until``; ``None`` that it was not."""
    values = {"certificate_seen_on": seen_on, "certificate_until": until if seen_on else None}
    return _note(volunteer, user, route, **values)


def _note(volunteer, user, route, **values):
    fresh = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if all(getattr(fresh, name) == value for name, value in values.items()):
        return fresh
    for name, value in values.items():
        setattr(fresh, name, value)
    # Only these: what else stands on the record may have a fault of its own, which is no reason to refuse a signature.
    fresh.save(update_fields=[*values, "updated_at"])
    log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    return fresh
