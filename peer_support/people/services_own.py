"""What people change on their own record, by link. The coordinator sees that it was the person."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from . import merging, services
from .models import OwnChange, Volunteer

OWN_FIELDS = ("interests", "times", "hours_min", "hours_max", "channels", "languages", "travel_km")
# A pause by link lasts so many days, or until the person says.
PAUSES = {"14": 14, "30": 30, "91": 91, "open": None}
ROUTE = "people.services_own"


def _noted(person, what, fields):
    side = {"volunteer" if isinstance(person, Volunteer) else "citizen": person}
    return OwnChange.objects.create(
        initiative_id=person.initiative_id, what=what, fields=sorted(fields), **side
    )


def _refuse_ended(person):
    if person.status == "ended":
        raise NotAllowed(
            Decision.no("ended", _("We have said goodbye for now. Ring us if you would like to come back."))
        )


@transaction.atomic
def change_own_profile(*, person, values, base):
    """Write what fits the person now; ``values`` of :data:`OWN_FIELDS`, ``base`` the page's fingerprints.

    Returns the names that changed. Raises ``ValidationError`` where a value is wrong, and :class:`NotAllowed` where
    somebody else has changed the same meanwhile: nothing is written then, and the person looks once more.
    """
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    _refuse_ended(fresh)
    values = {name: value for name, value in values.items() if name in OWN_FIELDS}
    __, merge = merging.decide(fresh, values, base)
    if merge.conflicts:
        reason = _("The coordinator has changed this in the meantime. Look at it once more, and press again.")
        raise NotAllowed(Decision.no("stale", reason))
    untouched = {name for name in values if merging.fingerprint(name, values[name]) == base.get(name)}
    touched = {name: value for name, value in values.items() if name not in untouched}
    changed = services.update_person(person=fresh, values=touched, user=None, route=f"{ROUTE}.profile")
    if changed:
        _noted(fresh, OwnChange.What.PROFILE, changed)
    return changed


@transaction.atomic
def take_own_pause(*, person, length):
    """Take a pause from today; ``length`` is a key of :data:`PAUSES`. No reason is asked, and the wait goes on."""
    days = PAUSES[length]
    today = timezone.localdate()
    until = today + timedelta(days=days) if days else None
    paused = services.pause_person(
        person=person, user=None, starts=today, until=until, route=f"{ROUTE}.pause"
    )
    _noted(paused, OwnChange.What.PAUSE, ["paused_from", "paused_until"])
    return paused


@transaction.atomic
def end_own_pause(*, person):
    """End the pause. Pressed twice it has been ended once."""
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    _refuse_ended(fresh)
    if not fresh.paused_from:
        return fresh
    resumed = services.resume_person(person=fresh, user=None, route=f"{ROUTE}.resume")
    _noted(resumed, OwnChange.What.RESUME, ["paused_from", "paused_until"])
    return resumed


def recent_own_changes(person, limit=5):
    """Return the newest changes that ``person`` made themselves."""
    return list(person.own_changes.all()[:limit])
