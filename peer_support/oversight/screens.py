"""What the data officer's screens share: whose desk it is, and that a look at it is written down."""

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from ..directory.models import Initiative
from ..people.screens import InitiativeScreen
from ..privacy.models import AccessLogEntry
from .log import officer_of
from .services import log_desk

ROUTE = "peer_support_oversight"
PERMISSION = "peer_support.view_accesslogentry"


class OfficerScreen(InitiativeScreen):
    """A screen for the initiatives whose data officer somebody is. No scope of people is open on it."""

    permission = PERMISSION
    header_icon = "view"
    home = (f"{ROUTE}:desk", gettext_lazy("Data officer"))
    tabs = (
        (f"{ROUTE}:desk", gettext_lazy("Overview")),
        (f"{ROUTE}:review", gettext_lazy("Review list")),
        (f"{ROUTE}:log", gettext_lazy("Access log")),
        (f"{ROUTE}:breach", gettext_lazy("After a breach")),
    )
    not_assigned_template = "peer_support/oversight/not_assigned.html"

    def dispatch(self, request, *args, **kwargs):
        # What is shown and the row that says so are one: where it cannot be written, nothing is shown.
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            return response

    @cached_property
    def initiatives(self):
        """The initiatives whose data officer the user is, by name."""
        return list(Initiative.objects.filter(pk__in=officer_of(self.request.user)).order_by("title", "pk"))

    @cached_property
    def initiative_ids(self):
        return [one.pk for one in self.initiatives]

    @cached_property
    def initiative(self):
        """The first one: these screens are about all of them at once."""
        return self.initiatives[0]

    def log_look(self, action=AccessLogEntry.Action.READ, initiative_ids=None):
        """Write down that the user has looked at the log."""
        ids = self.initiative_ids if initiative_ids is None else initiative_ids
        route = self.request.resolver_match.view_name
        log_desk(user=self.request.user, action=action, initiative_ids=ids, route=route)
