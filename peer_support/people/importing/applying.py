"""Carry out an import: planned again inside the transaction, and then all of it or nothing."""

from dataclasses import asdict, dataclass

from django.db import transaction

from ...directory.importing.notices import Refused
from ...directory.models import Initiative
from .. import services
from .planning import CREATE, FILL, MODELS, SAME, plan_import


@dataclass(frozen=True)
class Imported:
    """How many people were taken in, how many were filled in, and how many were as the file says already."""

    created: int
    filled: int
    same: int

    def as_dict(self):
        return asdict(self)


@transaction.atomic
def apply_import(*, table, mapping, kind, initiative, user, words=None, overwrite=False, route=""):
    """Write what :func:`plan_import` plans now. Raises ``Refused`` with every notice where it is not possible."""
    # Two imports of one file, sent at once, stand in line here; the second finds the first one's people.
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    plan = plan_import(
        table=table, mapping=mapping, kind=kind, initiative=initiative, words=words, overwrite=overwrite
    )
    if not plan.possible:
        raise Refused(plan.notices)
    for row in plan.rows:
        if row.action == CREATE:
            services.create_person(
                model=MODELS[kind], initiative=initiative, values=row.values, user=user, route=route
            )
        elif row.action == FILL:
            services.update_person(person=row.person, values=row.values, user=user, route=route)
    return Imported(plan.count(CREATE), plan.count(FILL), plan.count(SAME))
