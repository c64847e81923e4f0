"""How long this room keeps papers that are not in force any more."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..matching.models_match import State
from ..privacy.access_log import Action, log_access
from ..privacy.retention import register_rule
from .models import Paper
from .personal_data import delete_links

ROUTE = "purge"


def _over(before):
    """Papers that were replaced or taken back, and those of matches that ended, before that moment."""
    return Paper.objects.filter(
        Q(closed_at__lt=before) | Q(match__state=State.ENDED, match__ended_on__lt=before.date())
    )


def _delete(paper):
    log_access(user=None, action=Action.ERASE, objects=[paper], route=ROUTE)
    delete_links(Paper.objects.filter(pk=paper.pk))
    paper.delete()


register_rule(
    "paper",
    label=_("Papers that are not in force any more"),
    months=12,
    why=_("If somebody asks what was agreed, it is within a year."),
    find=_over,
    act=_delete,
)
