"""Requests for talks: taken in, answered, agreed, held, declined."""

from django.db import transaction

from ..access.decisions import Decision, NotAllowed
from ..access.scopes import current_initiative_ids
from ..people.rules import may_take_in
from ..privacy.access_log import Action, log_access
from . import rules_talk as rules
from .models_enquiry import TalkRequest


def _require(decision: Decision):
    if not decision:
        raise NotAllowed(decision)


@transaction.atomic
def create_talk(*, initiative, values, user=None, route=""):
    """Take a request in. Raises ``ValidationError`` where a value is wrong, ``NotAllowed`` where none is taken."""
    _require(may_take_in(initiative))
    if initiative.pk not in current_initiative_ids():
        raise PermissionError("This initiative is not in the open scope.")
    talk = TalkRequest(initiative=initiative, **values)
    talk.full_clean(exclude=["initiative", "number"], validate_unique=False, validate_constraints=False)
    talk.save()
    log_access(user=user, action=Action.CREATE, objects=[talk], route=route)
    return talk


@transaction.atomic
def move_talk(*, talk, to, user, agreed_for=None, notes=None, route=""):
    """Take the next step with a request; ``agreed_for`` is the day, needed to agree. Returns the request as it is now."""
    fresh = TalkRequest.objects.select_for_update().get(pk=talk.pk)
    _require(rules.may_move(fresh, to, agreed_for))
    fresh.state = to
    if agreed_for is not None:
        fresh.agreed_for = agreed_for
    if notes is not None:
        fresh.notes = notes
    fresh.full_clean(exclude=["initiative", "number"], validate_unique=False, validate_constraints=False)
    fresh.save()
    log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    return fresh


@transaction.atomic
def change_talk(*, talk, values, user, route=""):
    """Write ``values`` of a request; its steps are :func:`move_talk`."""
    fresh = TalkRequest.objects.select_for_update().get(pk=talk.pk)
    changed = [name for name, value in values.items() if getattr(fresh, name) != value]
    for name in changed:
        setattr(fresh, name, values[name])
    fresh.full_clean(exclude=["initiative", "number"], validate_unique=False, validate_constraints=False)
    if changed:
        fresh.save()
        log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    return fresh
