"""Weights, saved plans, and confirming what a plan proposes."""

from dataclasses import dataclass, field

from django.db import transaction

from ..access.decisions import NotAllowed
from ..people.models import Citizen, Volunteer
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import adapter, rules
from .models_match import Match
from .models_policy import MatchingPolicy, MatchRun, policy_with
from .services_match import proposed
from .services_steps import ROUTE, lock_initiative, lock_people


@dataclass(frozen=True)
class Refusal:
    """A pair of a plan that was not made: ``code`` of the rule and the sentence to show."""

    citizen: Citizen
    volunteer: Volunteer
    code: str
    sentence: str


@dataclass(frozen=True)
class Confirmation:
    """What came of confirming: the matches that were made, and the pairs that were refused, each with a reason."""

    made: list[Match] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic
def save_policy(*, initiative, values, user):
    """Save ``values`` (field names of :class:`MatchingPolicy`) as the next version, and return it.

    What is not in ``values`` is taken over from the version in force. Raises ``ValidationError`` for a value out of
    range, and ``ValueError`` for a name that is not a field one can set.
    """
    lock_initiative(initiative.pk)
    policy = policy_with(MatchingPolicy.current(initiative), values)
    policy.made_by = user if getattr(user, "pk", None) else None
    policy.full_clean(exclude=["version"], validate_unique=False)
    policy.save()
    log_access(user=user, action=LogAction.CREATE, objects=[policy], route=f"{ROUTE}.save_policy")
    return policy


@transaction.atomic
def save_run(*, initiative, policy, plan, user):
    """Save an engine ``plan`` with the weights it was made with, and return the :class:`MatchRun`.

    An unsaved ``policy`` (weights that were being tried) becomes the next version.
    """
    if policy.pk is None:
        policy.made_by = user if getattr(user, "pk", None) else None
        policy.save()
    run = MatchRun.objects.create(
        initiative=initiative,
        policy=policy,
        made_by=user if getattr(user, "pk", None) else None,
        **adapter.run_values(plan),
    )
    log_access(user=user, action=LogAction.CREATE, objects=[run], route=f"{ROUTE}.save_run")
    return run


@transaction.atomic
def confirm_run(*, run, citizen_ids=None, user):
    """Propose the pairs of a saved run, all of them or those of ``citizen_ids``; returns a :class:`Confirmation`.

    What has changed since the run was made is judged anew: each pair that a rule stops now is refused with its
    reason, and the others are made. Confirming twice makes nothing twice.
    """
    pairs = adapter.run_pairs(run)
    if citizen_ids is not None:
        wanted = {int(pk) for pk in citizen_ids}
        pairs = [(citizen, volunteer) for citizen, volunteer in pairs if citizen in wanted]
    citizen_ids, volunteer_ids = [c for c, __ in pairs], [v for __, v in pairs]
    lock_people(citizen_ids, volunteer_ids)
    citizens = Citizen.objects.in_bulk(citizen_ids)
    volunteers = Volunteer.objects.in_bulk(volunteer_ids)
    judge = rules.Judge(run.initiative_id, citizen_ids, volunteer_ids)
    result = Confirmation()
    for citizen_id, volunteer_id in pairs:
        citizen, volunteer = citizens.get(citizen_id), volunteers.get(volunteer_id)
        if citizen is None or volunteer is None:
            continue
        try:
            result.made.append(proposed(judge, citizen, volunteer, user, run))
        except NotAllowed as error:
            decision = error.decision
            result.refused.append(Refusal(citizen, volunteer, decision.code, decision.reason))
    return result
