"""One trip: what it is, whom to ask and who is asked, the next step, and the way it has gone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...access.decisions import NotAllowed
from ...access.models_link import AccessLink
from ...courses import words
from ...matching.board.words import record_url
from ...people.models import Volunteer
from ...privacy.access_log import Action as LogAction
from .. import services_accompaniment as services
from ..fitting import fitting
from ..links_accompaniment import GOING, OFFER, going_link, offer_link, send_offer_link
from ..models_accompaniment import OfferState, TripState
from ..rules_accompaniment import Action, may, steps_now
from ..views_accompaniment_link import rough_area
from .base import TripScreen, url
from .cards import BUTTONS, HELP, led_to_words, next_step, offer_cards, way_of
from .forms import FORMS
from .views import take_faults

FIRST_SHOWN = 12
SERVICES = {
    Action.DONE: (services.record_done, gettext_lazy("It is written down. Ring and say thank you.")),
    Action.LED_TO: (services.say_what_it_led_to, gettext_lazy("It is written down.")),
    Action.NOT_DONE: (services.record_not_done, gettext_lazy("It is written down. It is nobody's fault.")),
    Action.CANCEL: (
        services.cancel_accompaniment,
        gettext_lazy("It is called off. Ring whoever goes along, and the citizen."),
    ),
    Action.RELEASE: (services.release, gettext_lazy("The request is open again. Choose whom to ask.")),
    Action.REOPEN: (services.reopen_accompaniment, gettext_lazy("The last step is taken back.")),
}


class TripPage(TripScreen):
    """The page of a trip. Each step is a form on it, sent to an address of its own."""

    template_name = "peer_support/followup/trip.html"

    def get(self, request, pk, action=None):
        if action is not None and action not in set(SERVICES):
            raise Http404
        return self.page(opened=action)

    def post(self, request, pk, action=None):
        if action is None:
            return self.http_method_not_allowed(request)
        if action not in set(SERVICES):
            raise Http404
        form = FORMS[action](request.POST, trip=self.trip, prefix=action)
        if not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self.page(opened=action, bound=form)
        service, said = SERVICES[Action(action)]
        try:
            service(trip=self.trip, user=request.user, **form.values())
        except NotAllowed as refusal:
            return self.back(refusal.decision.reason, messages.WARNING)
        except ValidationError as fault:
            take_faults(form, fault)
            return self.page(opened=action, bound=form)
        return self.back(said)

    def page(self, opened=None, bound=None):
        trip = self.trip
        offers = list(trip.offers.select_related("volunteer").order_by("asked_at", "pk"))
        asks = trip.state == TripState.OPEN and bool(may(trip, Action.ASK))
        fits = fitting(trip, limit=None if "all" in self.request.GET else FIRST_SHOWN) if asks else None
        self.log([trip, trip.citizen], LogAction.READ)
        self.log([offer.volunteer for offer in offers])
        if fits:
            self.log([fit.volunteer for fit in fits.possible])
        text, presses = next_step(trip, sum(offer.state == OfferState.ASKED for offer in offers))
        return self.render_to_response(
            {
                **self.get_context_data(),
                "trip": trip,
                "citizen_url": record_url(trip.citizen, self.request.user),
                "day": words.day(trip.day),
                "hours": words.hours(trip.day, trip.start_time, trip.minutes),
                "area": rough_area(trip),
                "next_text": text,
                "presses": presses,
                "steps": self._steps(opened, bound),
                "change_url": url("change", trip.pk) if may(trip, Action.CHANGE) else "",
                "again_url": f"{url('new')}?again={trip.pk}" if not may(trip, Action.CHANGE) else "",
                "offers": offer_cards(trip, offers, self._links(offers), self.request),
                "fits": [fit for fit in fits.possible if not self._is_asked(fit)] if fits else [],
                "asks": asks,
                "rest": fits.count - len(fits.possible) if fits else 0,
                "impossible": fits.impossible if fits else [],
                "led_to": led_to_words(trip),
                "way": way_of(trip.events.select_related("user", "volunteer")),
            }
        )

    def _is_asked(self, fit):
        return fit.offer is not None and fit.offer.state in (OfferState.ASKED, OfferState.DECLINED)

    def _links(self, offers):
        rows = AccessLink.objects.filter(
            target_model="peer_support.accompanimentoffer",
            target_id__in=[offer.pk for offer in offers],
            purpose__in=(OFFER, GOING),
            used_at=None,
            revoked_at=None,
        )
        return {(row.target_id, row.purpose): row for row in rows}

    def _steps(self, opened, bound):
        found = []
        for action, decision in steps_now(self.trip):
            if action == Action.CHANGE:
                continue
            form = bound if bound is not None and action == opened else None
            found.append(
                {
                    "code": action.value,
                    "label": BUTTONS[action],
                    "help": HELP.get(action, ""),
                    "decision": decision,
                    "form": form or FORMS[action](trip=self.trip, prefix=action.value),
                    "opened": action == opened,
                    "url": url("step", self.trip.pk, action.value),
                }
            )
        return found


class AskView(TripScreen):
    """Ask those who are ticked, all at once. Nobody is written to: each has a link that the coordinator sends."""

    http_method_names = ["post"]

    def post(self, request, pk):
        keys = [int(key) for key in request.POST.getlist("volunteer") if key.isdecimal() and len(key) < 19]
        people = list(Volunteer.objects.filter(pk__in=keys, initiative=self.initiative).order_by("pk"))
        if not people:
            return self.back(_("Tick whom you would like to ask."), messages.WARNING, "ask")
        try:
            asked = services.ask_volunteers(trip=self.trip, volunteers=people, user=request.user)
        except NotAllowed as refusal:
            return self.back(refusal.decision.reason, messages.WARNING)
        for offer in asked.offers:
            offer.accompaniment = self.trip
            offer_link(offer, user=request.user, fresh=True)
        for volunteer, decision in asked.refused:
            messages.warning(request, f"{volunteer}: {decision.reason}")
        if not asked.offers:
            return self.back()
        text = ngettext(
            "%(count)s is on the list. Send the link, or ring. Nobody has been written to.",
            "%(count)s are on the list. Send the links, or ring. Nobody has been written to.",
            len(asked.offers),
        )
        return self.back(text % {"count": len(asked.offers)}, anchor="asked")


class OfferView(TripScreen):
    """What the coordinator does with one who is asked: write the answer down, ask no longer, make a new link."""

    http_method_names = ["post"]

    def post(self, request, pk, offer):
        offer = get_object_or_404(self.trip.offers.select_related("volunteer"), pk=offer)
        offer.accompaniment = self.trip
        steps = {
            "yes": self._yes,
            "no": self._no,
            "take_back": self._take_back,
            "link": self._link,
            "mail": self._mail,
        }
        step = steps.get(request.POST.get("do"))
        if step is None:
            raise Http404
        try:
            said = step(offer)
        except NotAllowed as refusal:
            return self.back(refusal.decision.reason, messages.WARNING, "asked")
        return self.back(said, anchor="asked")

    def _yes(self, offer):
        answered = services.answer_offer(offer=offer, answer="yes", user=self.request.user)
        if answered.offer.state == OfferState.LATE:
            return _("Somebody else was first. It is written down that they wanted to.")
        going_link(answered.offer, user=self.request.user)
        return _("It is agreed. Tell the citizen who comes.")

    def _no(self, offer):
        services.answer_offer(offer=offer, answer="no", user=self.request.user)
        return _("The answer is written down. A no needs no reason.")

    def _take_back(self, offer):
        services.take_back_offer(offer=offer, user=self.request.user)
        return _("They are asked no longer. Their link says thank you.")

    def _link(self, offer):
        make = going_link if offer.state == OfferState.ACCEPTED else offer_link
        make(offer, user=self.request.user, fresh=True)
        return _("A new link is ready. The old one no longer works.")

    def _mail(self, offer):
        if not offer.volunteer.email:
            return _("There is no e-mail address. Copy the link instead.")
        try:
            send_offer_link(offer, user=self.request.user)
        except LookupError:
            return _("There is no link to send. Make one first.")
        return _("The mail is on its way. It says nothing of whom.")
