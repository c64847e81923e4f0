"""What every screen of papers shares."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...access.decisions import NotAllowed
from ...people.models import Volunteer
from ...people.screens import InitiativeScreen
from ...people.views.common import list_url, person_url

NAMESPACE = "peer_support_agreements"
PERMISSION = "peer_support.change_paper"


def url(name, *args):
    """Return the address of a screen of papers."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class PapersScreen(InitiativeScreen):
    """A screen of the room."""

    permission = PERMISSION
    header_icon = "doc-full-inverse"
    home = (f"{NAMESPACE}:overview", _("Agreements"))
    tabs = (
        (f"{NAMESPACE}:overview", _("What is missing")),
        (f"{NAMESPACE}:texts", _("Texts")),
        (f"{NAMESPACE}:policy", _("What we ask for")),
    )

    def done(self, address, text="", level=messages.SUCCESS):
        """Lead on to ``address`` with a sentence."""
        if text:
            messages.add_message(self.request, level, text)
        return HttpResponseRedirect(address)

    def attempt(self, service, text, back, onward=None, **kwargs):
        """Call ``service`` and lead on with ``text``, or back with the sentence of its refusal.

        ``onward`` is an address, or a function of what the service returned.
        """
        try:
            result = service(user=self.request.user, route=self.route, **kwargs)
        except NotAllowed as refusal:
            return self.done(back, refusal.decision.reason, messages.WARNING)
        return self.done(onward(result) if callable(onward) else onward or back, text)

    @property
    def route(self):
        """The name of the view, as the access log keeps it."""
        return self.request.resolver_match.view_name


class VolunteerScreen(PapersScreen):
    """A screen about one volunteer; ``title`` is what it is for."""

    title = ""
    template_name = "peer_support/agreements/form.html"

    @cached_property
    def volunteer(self):
        return get_object_or_404(Volunteer.objects.select_related("initiative"), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.volunteer.initiative

    def get_page_title(self):
        return str(self.title)

    def get_page_subtitle(self):
        return str(self.volunteer)

    def crumbs(self):
        return [(self.back, str(self.volunteer)), ("", self.get_page_title())]

    def get_breadcrumbs_items(self):
        items = super().get_breadcrumbs_items()
        # The way here goes through the list of volunteers.
        items[-3] = {
            "url": list_url(Volunteer),
            "label": str(Volunteer._meta.verbose_name_plural).capitalize(),
        }
        return items

    @property
    def back(self):
        """The page of the volunteer."""
        return person_url(self.volunteer)
