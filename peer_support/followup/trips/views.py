"""The overview of accompaniment, and making or changing a request."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...access.decisions import NotAllowed
from ...courses.models import Enrolment
from ...courses.queries import next_session
from ...people.models import Citizen
from ...people.screens import key_of
from .. import services_accompaniment as services
from ..models_accompaniment import Accompaniment, AccompanimentOffer, AskedBy, OfferState, TripState
from ..services_accompaniment import EDITABLE
from .base import TripScreen, TripsScreen, url
from .cards import line_of
from .forms import TripForm

PAST_SHOWN = 30
NOT_COPIED = ("day",)


def with_offers(trips):
    """Annotate ``trips`` with ``n_asked``: how many are asked and have not answered."""
    return trips.annotate(n_asked=Count("offers", filter=Q(offers__state=OfferState.ASKED)))


def goes_along(trips):
    """Return ``{trip id: volunteer}`` of those who go along, in one query."""
    rows = AccompanimentOffer.objects.filter(accompaniment__in=trips, state=OfferState.ACCEPTED)
    return {row.accompaniment_id: row.volunteer for row in rows.select_related("volunteer")}


class OverviewPage(TripsScreen):
    """What has to be done first: nobody found yet, how it went, and what is coming."""

    template_name = "peer_support/followup/trips.html"

    def get_page_title(self):
        return _("Accompaniment")

    def get(self, request):
        today = timezone.localdate()
        rows = with_offers(Accompaniment.objects.filter(initiative=self.initiative)).select_related("citizen")
        open_ones = list(
            rows.filter(state__in=(TripState.OPEN, TripState.ACCEPTED)).order_by("day", "start_time")
        )
        closed = rows.exclude(state__in=(TripState.OPEN, TripState.ACCEPTED)).order_by("-day", "-start_time")
        past = list(closed[:PAST_SHOWN])
        goes = goes_along([*open_ones, *past])
        for trip in [*open_ones, *past]:
            trip.goes = goes.get(trip.pk)
        lines = [line_of(trip, today) for trip in open_ones]
        # A request is about the citizen; whoever goes along is named beside them.
        self.log([*open_ones, *past, *{volunteer.pk: volunteer for volunteer in goes.values()}.values()])
        groups = (
            (_("Write how it went"), [x for x in lines if x.trip.state == "accepted" and x.trip.has_begun()]),
            (_("Nobody goes along yet"), [x for x in lines if x.trip.state == "open"]),
            (
                _("Somebody goes along"),
                [x for x in lines if x.trip.state == "accepted" and not x.trip.has_begun()],
            ),
        )
        return self.render_to_response(
            {
                **self.get_context_data(),
                "groups": [group for group in groups if group[1]],
                "past": [line_of(trip, today) for trip in past],
                "new_url": url("new"),
            }
        )


class NewTripPage(TripsScreen):
    """Write a request down: from a citizen's page, a place in a course, or an earlier trip."""

    template_name = "peer_support/followup/trip_form.html"

    def get_page_title(self):
        return _("New accompaniment")

    def _asked_for(self, model, name, **where):
        key = self.request.GET.get(name) or self.request.POST.get(name)
        return get_object_or_404(model, pk=key_of(key), **where) if key else None

    @cached_property
    def earlier(self):
        return self._asked_for(Accompaniment.objects.select_related("citizen", "enrolment__course"), "again")

    @cached_property
    def enrolment(self):
        rows = Enrolment.objects.select_related("course", "course__place", "citizen")
        found = self._asked_for(rows, "enrolment", citizen__isnull=False)
        return found or (self.earlier.enrolment if self.earlier else None)

    @cached_property
    def citizen(self):
        if self.earlier:
            return self.earlier.citizen
        if self.enrolment:
            return self.enrolment.citizen
        return self._asked_for(Citizen.objects.select_related("initiative"), "citizen_id")

    @cached_property
    def initiative(self):
        return self.citizen.initiative if self.citizen else super().initiative

    def get(self, request):
        return self.page(self.form())

    def form(self, data=None):
        return TripForm(data, initiative=self.initiative, citizen=self.citizen, initial=self.start_values())

    def start_values(self):
        """Return what is known already: from the earlier trip, or the next session of the course."""
        if self.earlier:
            return {name: getattr(self.earlier, name) for name in EDITABLE if name not in NOT_COPIED}
        if self.enrolment is None:
            return {}
        session = next_session(self.enrolment.course)
        values = {"asked_by": AskedBy.COURSE, "to_place": self.enrolment.course.place_words}
        place = self.enrolment.course.place
        values["to_postcode"] = self.enrolment.course.postcode or (place.postcode if place else "")
        if session:
            values |= {"day": session.date, "start_time": session.start_time, "minutes": session.minutes}
        return values

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        citizen = self.citizen or form.cleaned_data["citizen"]
        try:
            trip = services.create_accompaniment(
                citizen=citizen, values=form.values(), enrolment=self.enrolment, user=request.user
            )
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(form)
        except ValidationError as fault:
            take_faults(form, fault)
            return self.page(form)
        messages.success(request, _("The request is written down. Choose whom to ask."))
        return HttpResponseRedirect(url("trip", trip.pk))

    def page(self, form):
        if self.citizen:
            self.log([self.citizen])
        self.log_offered(form)
        keys = (("again", self.earlier), ("enrolment", self.enrolment), ("citizen_id", self.citizen))
        kept = next(((name, row.pk) for name, row in keys if row is not None), None)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "citizen": self.citizen,
                "course": self.enrolment.course if self.enrolment else None,
                "kept": kept,
                "back_url": url("trip", self.earlier.pk) if self.earlier else url("overview"),
            }
        )


def take_faults(form, error):
    """Put the service's faults on the form: on the field where there is one, and otherwise on top."""
    faults = error.error_dict if hasattr(error, "error_dict") else {None: error}
    for name, fault in faults.items():
        form.add_error(name if name in form.fields else None, fault)


class ChangeTripPage(TripScreen):
    template_name = "peer_support/followup/trip_form.html"

    def crumbs(self):
        return [(self.here(), str(self.trip)), ("", _("Change time and place"))]

    def get(self, request, pk):
        return self.page(TripForm(initiative=self.initiative, trip=self.trip))

    def post(self, request, pk):
        form = TripForm(request.POST, initiative=self.initiative, trip=self.trip)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(form)
        try:
            changed = services.change_accompaniment(
                trip=self.trip,
                values=form.values(),
                user=request.user,
                expected_version=form.cleaned_data["version"],
            )
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.page(form)
        except ValidationError as fault:
            take_faults(form, fault)
            return self.page(form)
        if changed.tell:
            return self.back(_("It is changed. Ring the one who goes along."), messages.WARNING)
        return self.back(_("It is changed."))

    def page(self, form):
        if self.trip.state not in (TripState.OPEN, TripState.ACCEPTED):
            raise Http404
        self.log([self.trip])
        return self.render_to_response(
            {**self.get_context_data(), "form": form, "citizen": self.trip.citizen, "back_url": self.here()}
        )
