"""A colleague writes when they are away, and who stands in. Nobody gets to see more by it than they may already."""

from django.db import transaction

from ..privacy.access_log import Action, log_access
from .models import Assignment


@transaction.atomic
def set_away(*, assignment, away_from, away_until, covered_by, user, route=""):
    """Write the days of a holiday on ``assignment``, or take them off with ``None``. Raises ``ValidationError``."""
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    row.away_from, row.away_until, row.covered_by = away_from, away_until, covered_by
    row.full_clean(validate_unique=False)
    row.save(update_fields=["away_from", "away_until", "covered_by"])
    log_access(user=user, action=Action.CHANGE, objects=[row], route=route)
    return row
