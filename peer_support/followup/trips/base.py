"""What every screen of accompaniment shares."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...people.screens import InitiativeScreen
from ..models_accompaniment import Accompaniment

PERMISSION = "peer_support.change_accompaniment"
NAMESPACE = "peer_support_trips"


def url(name, *args):
    """Return the address of a screen of accompaniment."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class TripsScreen(InitiativeScreen):
    """A screen of the room's accompaniments."""

    permission = PERMISSION
    header_icon = "arrow-right-full"
    home = (f"{NAMESPACE}:overview", _("Accompaniment"))
    tabs = ((f"{NAMESPACE}:overview", _("Accompaniment")),)
    tab = f"{NAMESPACE}:overview"


class TripScreen(TripsScreen):
    """A screen of one trip. The title is its number: a browser keeps titles in its history."""

    @cached_property
    def trip(self):
        rows = Accompaniment.objects.select_related("initiative", "citizen", "enrolment__course")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.trip.initiative

    def get_page_title(self):
        return str(self.trip)

    def here(self):
        return url("trip", self.trip.pk)

    def back(self, text="", level=messages.SUCCESS, anchor=""):
        """Return to the page of the trip with a sentence."""
        if text:
            messages.add_message(self.request, level, text)
        return HttpResponseRedirect(self.here() + (f"#{anchor}" if anchor else ""))
