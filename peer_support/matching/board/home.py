"""The board on the admin's front page: which answers are overdue, how many wait, what is asked. The most pressing first."""

from django.forms import Media
from django.urls import reverse
from wagtail.admin.ui.components import Component

from ...access.scopes import current_initiative_ids
from ...conf import peer_settings
from .. import people_queries
from ..models import Match
from ..models_match import State
from .base import PERMISSION
from .filters import overdue_condition


def is_shown_to(request):
    """Whether ``request.user`` works with matches."""
    return request.user.has_perm(PERMISSION) and bool(current_initiative_ids())


class MatchingPanel(Component):
    """Counts only: no person is shown, so nothing is written in the access log."""

    name = "peer_support_matching"
    order = 50
    template_name = "peer_support/matching/home_panel.html"

    @property
    def media(self):
        return Media(css={"all": ["peer_support/matching/board.css"]})

    def get_context_data(self, parent_context):
        waiting = people_queries.waiting()
        total = waiting.count()
        proposals = Match.objects.filter(state=State.PROPOSED)
        return {
            "overdue": proposals.filter(overdue_condition()).count(),
            "reminder_days": peer_settings.PROPOSAL_REMINDER_DAYS,
            "waiting": total,
            "longest": waiting.first().days_waiting() if total else 0,
            "asked": proposals.count(),
            "waiting_url": reverse("peer_support_matching:waiting"),
            "matches_url": reverse("peer_support_matching:matches"),
        }
