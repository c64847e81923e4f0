"""Every write on the recruitment plan and the start-up steps: one transaction each, logged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..access.scopes import current_initiative_ids
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import refuse_cpr
from .models_plan import RecruitmentPlan, StartUpStep

PLAN_FIELDS = (
    "seeks",
    "channel",
    "what",
    "who",
    "starts_on",
    "ends_on",
    "cost",
    "goal",
    "source",
    "result",
    "done_on",
)
STEP_FIELDS = ("done_on", "responsible", "note", "next_step", "next_on")


def _refuse_numbers_of_people(values):
    errors = {}
    for name, value in values.items():
        if isinstance(value, str):
            try:
                refuse_cpr(value)
            except ValidationError as error:
                errors[name] = error
    if errors:
        raise ValidationError(errors)


def _in_scope(initiative):
    if initiative.pk not in current_initiative_ids():
        raise PermissionError("This initiative is not in the open scope.")


@transaction.atomic
def save_row(*, initiative, values, user, row=None, route=""):
    """Write ``values`` into ``row`` of the plan, or into a new one. Raises ``ValidationError`` by field."""
    _in_scope(initiative)
    values = {name: value for name, value in values.items() if name in PLAN_FIELDS}
    _refuse_numbers_of_people(values)
    created = row is None
    row = (
        RecruitmentPlan(initiative=initiative)
        if created
        else RecruitmentPlan.objects.select_for_update().get(pk=row.pk)
    )
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["initiative"])
    row.save()
    log_access(user=user, action=Action.CREATE if created else Action.CHANGE, objects=[row], route=route)
    return row


@transaction.atomic
def mark_row(*, row, done, user, route=""):
    """Tick ``row`` as done today, or open it again."""
    row = RecruitmentPlan.objects.select_for_update().get(pk=row.pk)
    row.done_on = (row.done_on or timezone.localdate()) if done else None
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=route)
    return row


@transaction.atomic
def delete_row(*, row, user, route=""):
    """Take ``row`` out of the plan."""
    log_access(user=user, action=Action.ERASE, objects=[row], route=route)
    row.delete()


@transaction.atomic
def save_step(*, initiative, step, values, user, route=""):
    """Write ``values`` of one start-up step; the first time makes its row. Raises ``ValidationError`` by field."""
    _in_scope(initiative)
    values = {name: value for name, value in values.items() if name in STEP_FIELDS}
    _refuse_numbers_of_people(values)
    row, created = StartUpStep.objects.select_for_update().get_or_create(initiative=initiative, step=step)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["initiative"])
    row.save()
    log_access(user=user, action=Action.CREATE if created else Action.CHANGE, objects=[row], route=route)
    return row
