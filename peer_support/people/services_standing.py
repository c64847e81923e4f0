"""Leave a record alone, and use it again (GDPR art. 18). One press, no reason asked, in force from that moment."""

from django.db import transaction
from django.utils import timezone

from ..privacy.access_log import Action, log_access
from . import listeners, rules
from .audit import audited
from .models import OwnChange, Volunteer
from .standing import changes_allowed


@audited
@transaction.atomic
def stop_use(*, person, user, route="", by_person=False):
    """Leave the record alone from now on. Twice is the same as once. Returns the person as it is now."""
    fresh = _locked(person)
    rules.require(rules.may_stop_use(fresh))
    if fresh.restricted_on is None:
        _write(fresh, timezone.localdate(), user, route, by_person and OwnChange.What.STOP)
    return fresh


@audited
@transaction.atomic
def lift_stop(*, person, user, route="", by_person=False):
    """Use the record again. Twice is the same as once. Returns the person as it is now."""
    fresh = _locked(person)
    if fresh.restricted_on is not None:
        _write(fresh, None, user, route, by_person and OwnChange.What.GO_ON)
        listeners.tell_lifted(fresh, user)
    return fresh


def _locked(person):
    return type(person).objects.select_for_update().get(pk=person.pk)


def _write(person, day, user, route, what):
    person.restricted_on = day
    with changes_allowed():
        person.save(update_fields=["restricted_on", "updated_at"])
    log_access(user=user, action=Action.CHANGE, objects=[person], route=route)
    if what:
        side = {"volunteer" if isinstance(person, Volunteer) else "citizen": person}
        OwnChange.objects.create(
            initiative_id=person.initiative_id, what=what, fields=["restricted_on"], **side
        )
