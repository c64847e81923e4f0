"""Intro workshops: make, change, hold and call off."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from .models import CalledOff, IntroWorkshop, SessionState
from .planning import refuse_impossible_times
from .services_steps import ROUTE, in_scope, lock_initiative, refuse_stale, refuse_unless, same_initiative
from .signals import send_after_commit, workshop_changed

FIELDS = (
    "title",
    "date",
    "start_time",
    "minutes",
    "capacity",
    "place",
    "place_text",
    "town",
    "postcode",
    "coordinator",
    "is_public",
    "notes",
)
# A change in one of these is told to those who are invited.
_TOLD = {"date", "start_time", "minutes", "place", "place_text"}


def may_change_workshop(workshop):
    """Return whether ``workshop`` may be changed, held or called off: it is still planned."""
    if workshop.state == SessionState.HELD:
        return Decision.no("workshop_held", _("The workshop has been held."))
    if workshop.state == SessionState.CANCELLED:
        return Decision.no("workshop_cancelled", _("The workshop was called off."))
    return Decision.yes()


def _locked(workshop):
    return IntroWorkshop.objects.select_for_update(no_key=True, of=("self",)).get(pk=workshop.pk)


def _opened(workshop, expected_version):
    found = _locked(workshop)
    refuse_stale(found, expected_version)
    refuse_unless(may_change_workshop(found))
    return found


def _set(workshop, values):
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise ValueError(f"a workshop has no value called {unknown[0]!r}")
    for name, value in values.items():
        setattr(workshop, name, value)
    same_initiative(workshop.initiative_id, workshop.place)
    if workshop.place and not workshop.postcode:
        workshop.postcode = workshop.place.postcode
    workshop.full_clean(exclude=["number"], validate_unique=False, validate_constraints=False)
    refuse_impossible_times([workshop.date], workshop.start_time)


def _wrote(workshop, what, user, action=LogAction.CHANGE):
    workshop.version += 1
    workshop.save()
    log_access(user=user, action=action, objects=[workshop], route=f"{ROUTE}.{what}_workshop")
    return workshop


@transaction.atomic
def create_workshop(*, initiative, values, user, courses=()):
    """Make a workshop that leads to ``courses`` and return it. Raises ``ValidationError``."""
    in_scope(initiative)
    same_initiative(initiative.pk, *courses)
    workshop = IntroWorkshop(initiative=initiative)
    _set(workshop, values)
    lock_initiative(initiative.pk)
    top = IntroWorkshop.objects.filter(initiative=initiative).aggregate(n=models.Max("number"))["n"]
    workshop.number = (top or 0) + 1
    _wrote(workshop, "create", user, LogAction.CREATE)
    workshop.courses.set(courses)
    return workshop


@transaction.atomic
def change_workshop(*, workshop, values, user, courses=None, expected_version=None):
    """Write ``values`` and, where given, the ``courses`` it leads to; those invited are told of a new time or place."""
    workshop = _opened(workshop, expected_version)
    before = {name: getattr(workshop, name) for name in _TOLD}
    _set(workshop, values)
    _wrote(workshop, "change", user)
    if courses is not None:
        same_initiative(workshop.initiative_id, *courses)
        workshop.courses.set(courses)
    if before != {name: getattr(workshop, name) for name in _TOLD}:
        send_after_commit(workshop_changed, workshop, workshop=workshop, user=user)
    return workshop


@transaction.atomic
def hold_workshop(*, workshop, user, expected_version=None):
    """Write down that ``workshop`` was held. Who came stands on each enrolment."""
    workshop = _opened(workshop, expected_version)
    workshop.state = SessionState.HELD
    return _wrote(workshop, "hold", user)


@transaction.atomic
def cancel_workshop(*, workshop, reason, user, expected_version=None):
    """Call ``workshop`` off for a ``reason`` (:class:`CalledOff`)."""
    reason = CalledOff(reason).value
    workshop = _opened(workshop, expected_version)
    workshop.state, workshop.cancel_reason = SessionState.CANCELLED, reason
    _wrote(workshop, "cancel", user)
    send_after_commit(workshop_changed, workshop, workshop=workshop, user=user)
    return workshop
