"""Writing down what a person decides about their change: one transaction each, logged."""

from django.db import transaction

from ...access.decisions import NotAllowed
from ...people.models import Citizen
from ...privacy.access_log import Action, log_access
from . import rules
from .models import ChangeChoice


def _link_of(person):
    return {"citizen" if isinstance(person, Citizen) else "volunteer": person}


def choice_of(person):
    """Return what ``person`` has decided, a :class:`~.models.ChangeChoice`, or ``None`` where they have not."""
    return ChangeChoice.objects.filter(**_link_of(person)).first()


def _choose(person, user, route, decision, **values):
    if not decision:
        raise NotAllowed(decision)
    # The person's row is the lock: pressing twice makes one choice.
    person = type(person).objects.select_for_update().get(pk=person.pk)
    choice = choice_of(person)
    created = choice is None
    if created:
        choice = ChangeChoice(initiative_id=person.initiative_id, **_link_of(person))
    for name, value in values.items():
        setattr(choice, name, value)
    choice.save()
    log_access(user=user, action=Action.CREATE if created else Action.CHANGE, objects=[choice], route=route)
    return choice


@transaction.atomic
def hide(*, person, hidden, user=None, route=""):
    """Note whether ``person`` would rather not see their own change. Returns the choice."""
    return _choose(person, user, route, rules.may_choose(person), hidden=hidden)


@transaction.atomic
def show_to_volunteer(*, person, shown, user=None, route=""):
    """Note whether a citizen's volunteer may look at the change too; only the citizen says so. Returns the choice."""
    decision = rules.may_show(person) if shown else rules.may_choose(person)
    return _choose(person, user, route, decision, shown_to_volunteer=shown)
