"""The front of the desk, the seals, and the panel on the admin's front page."""

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from ..privacy.models import AccessLogEntry, AccessLogSeal
from .cases import held_cases
from .log import officer_of
from .review import open_lines
from .screens import PERMISSION, ROUTE, OfficerScreen
from .state import seal_state


class DeskPage(OfficerScreen):
    """How many lines wait, how the seals are, and the way to everything else."""

    tab = f"{ROUTE}:desk"
    template_name = "peer_support/oversight/desk.html"

    def get_page_title(self):
        return _("Data officer")

    def crumbs(self):
        return []

    def get(self, request):
        self.log_look()
        last = AccessLogSeal.objects.order_by("-pk").first()
        waiting = AccessLogEntry.objects.filter(pk__gt=last.last_entry if last else 0).count()
        return self.render_to_response(
            {
                **self.get_context_data(),
                "lines": open_lines(self.initiative_ids),
                "last": last,
                "waiting": waiting,
                "held": held_cases(self.initiative_ids),
            }
        )


class SealsPage(OfficerScreen):
    """Every seal counted through."""

    tab = f"{ROUTE}:desk"
    template_name = "peer_support/oversight/seals.html"

    def get_page_title(self):
        return _("Seals of the log")

    def get(self, request):
        self.log_look()
        return self.render_to_response({**self.get_context_data(), "state": seal_state()})


class ReviewPanel(Component):
    """How many lines wait, on the front page of the admin."""

    name = "peer_support_review"
    order = 12
    template_name = "peer_support/oversight/panel.html"

    @property
    def media(self):
        return Media(css={"all": ["peer_support/matching/board.css"]})

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"lines": open_lines(officer_of(request.user)), "url": reverse(f"{ROUTE}:review")}


def is_shown_to(request):
    """Whether ``request.user`` is the data officer of an initiative."""
    return request.user.has_perm(PERMISSION) and bool(officer_of(request.user))


def homepage_panels(request, panels):
    """Put the review list on the front page of data officers."""
    if is_shown_to(request):
        panels.append(ReviewPanel())
