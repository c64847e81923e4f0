"""What every screen about the people of an initiative shares: who may come in, for which initiative, and the log."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access.guards import require_permission
from ..access.scopes import current_initiative_ids
from ..directory.models import Initiative
from ..privacy.access_log import Action, log_access

SESSION_KEY = "peer_support_initiative"


def key_of(given):
    """Return a key that came with a form or an address as a number; 0, which nobody has, for anything else."""
    given = given or ""
    return int(given) if given.isdecimal() and len(given) < 19 else 0


class InitiativeScreen(WagtailAdminTemplateMixin, View):
    """A screen of the admin. Rows come from the open scope; a record outside it is not found.

    A subclass names ``permission``, ``home`` (the view's name and label that the breadcrumb begins with),
    ``tabs`` as ``[(view's name, label)]`` and which ``tab`` it is itself.
    """

    permission = ""
    home = ("", "")
    tabs = ()
    tab = ""
    not_assigned_template = "peer_support/matching/not_assigned.html"

    @classmethod
    def as_view(cls, **kwargs):
        return require_permission(cls.permission)(super().as_view(**kwargs))

    def dispatch(self, request, *args, **kwargs):
        if hasattr(self, request.method.lower()) and not self.initiatives:
            return TemplateResponse(request, self.not_assigned_template, self.get_context_data())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def initiatives(self):
        """The initiatives in the open scope, by name."""
        return list(Initiative.objects.filter(pk__in=current_initiative_ids()).order_by("title", "pk"))

    @cached_property
    def initiative(self):
        """The initiative the user looks at: asked for in the address, or the one from last time, or the first."""
        by_id = {str(initiative.pk): initiative for initiative in self.initiatives}
        asked = self.request.GET.get("initiative") or self.request.POST.get("initiative")
        if asked:
            if asked not in by_id:
                raise Http404
            self.request.session[SESSION_KEY] = asked
        return by_id.get(self.request.session.get(SESSION_KEY)) or self.initiatives[0]

    def log(self, objects, action=Action.LIST):
        """Write down that the user has seen these records on this screen."""
        match = self.request.resolver_match
        log_access(user=self.request.user, action=action, objects=objects, route=match.view_name)

    def crumbs(self):
        """Return the steps of the breadcrumb after ``home``, as ``(address, label)``; the last has no address."""
        return [("", self.get_page_title())]

    def get_breadcrumbs_items(self):
        name, label = self.home
        steps = [(reverse(name), str(label)), *self.crumbs()]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "tabs": [
                {"url": reverse(name), "label": label, "current": name == self.tab}
                for name, label in self.tabs
            ],
            "tabs_label": str(self.home[1]) or _("Screens"),
            "initiatives": self.initiatives,
            "initiative": self.initiative if self.initiatives else None,
        }
