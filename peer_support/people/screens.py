"""What every screen about the people of an initiative shares: who may come in, for which initiative, and the log."""

from django.forms import ModelChoiceField
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
from ..privacy.access_log import CHOICE, Action, log_access
from ..privacy.registry import tables

SESSION_KEY = "peer_support_initiative"


def key_of(given):
    """Return a key that came with a form or an address as a number; 0, which nobody has, for anything else."""
    given = given or ""
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def offered_in(*forms):
    """Return everybody whom these forms let one choose, each once: their names stand on the screen.

    They are the rows of every choice whose records are about a person, as the registry says; a course or a place is not.
    """
    about_people = {table.model for table in tables() if table.paths}
    choices = [
        field for form in forms for field in form.fields.values() if isinstance(field, ModelChoiceField)
    ]
    rows = [row for field in choices if field.queryset.model in about_people for row in field.queryset]
    return list({(type(row), row.pk): row for row in rows}.values())


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

    def log_offered(self, *forms, people=()):
        """Write down that the user has seen everybody whom these forms let one choose; see :func:`offered_in`.

        ``people`` are those whom a form offers as plain choices, which it does not tell.
        """
        route = self.request.resolver_match.view_name + CHOICE
        shown = [*offered_in(*forms), *people]
        log_access(user=self.request.user, action=Action.LIST, objects=shown, route=route)

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
