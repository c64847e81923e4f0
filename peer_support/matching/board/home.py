"""The board in one line on the admin's front page: how many wait, and whose answers are awaited."""

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from ...access.scopes import current_initiative_ids
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
        lines = [(self._waiting(total, waiting), reverse("peer_support_matching:waiting"))]
        asked = proposals.count()
        if asked:
            lines.append(
                (self._proposals(asked), f"{reverse('peer_support_matching:matches')}?state=proposed")
            )
        overdue = proposals.filter(overdue_condition()).count()
        if overdue:
            lines.append((self._overdue(overdue), f"{reverse('peer_support_matching:matches')}?overdue=on"))
        return {"lines": lines}

    def _waiting(self, total, waiting):
        if not total:
            return _("Nobody waits for a match just now")
        days = waiting.first().days_waiting()
        return ngettext(
            "%(count)s person waits, for %(days)s days now",
            "%(count)s people wait, the longest for %(days)s days",
            total,
        ) % {"count": total, "days": days}

    def _proposals(self, count):
        return ngettext(
            "%(count)s proposal waits for an answer", "%(count)s proposals wait for an answer", count
        ) % {"count": count}

    def _overdue(self, count):
        return ngettext(
            "%(count)s answer has been awaited for long",
            "%(count)s answers have been awaited for long",
            count,
        ) % {"count": count}
