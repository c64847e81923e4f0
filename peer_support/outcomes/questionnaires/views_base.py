"""What the coordinator's screens of questionnaires share."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from ...access.decisions import NotAllowed
from ...people.screens import InitiativeScreen
from ...people.views.common import KINDS, get_person
from .models import Questionnaire
from .presenting import NAMESPACE

PERMISSION = "peer_support.change_questionnaire"
WITH = ("citizen", "volunteer", "text", "match", "enrolment__course", "initiative")


class AskScreen(InitiativeScreen):
    """A screen about questionnaires."""

    permission = PERMISSION
    header_icon = "form"
    home = (f"{NAMESPACE}:overview", _("Questionnaires"))
    tabs = (
        (f"{NAMESPACE}:overview", _("Who is asked")),
        (f"{NAMESPACE}:plan", _("Plan")),
    )

    def go_back(self, default):
        """Return to where the button stood (the form's ``next``, an address of this site), or to ``default``."""
        where = self.request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(where, allowed_hosts=None):
            where = default
        return HttpResponseRedirect(where)

    def attempt(self, deed, done):
        """Do ``deed()`` and say that it is ``done``, or why not; returns what it returned, or ``None``."""
        try:
            result = deed()
        except NotAllowed as refusal:
            messages.warning(self.request, refusal.decision.reason)
            return None
        messages.success(self.request, done)
        return result


class OfPerson(AskScreen):
    """A screen about one person: ``kind`` and ``pk`` are in the address."""

    @cached_property
    def person(self):
        return get_person(KINDS[self.kwargs["kind"]], self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.person.initiative


class OfOne(AskScreen):
    """A screen about one questionnaire of the open scope."""

    @cached_property
    def row(self):
        return get_object_or_404(Questionnaire.objects.select_related(*WITH), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.row.initiative


def today_url():
    """Return the address of today's list, where most of the buttons stand."""
    return reverse("peer_support_today:today")
