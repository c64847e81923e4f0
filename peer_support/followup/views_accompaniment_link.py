"""Asked to go along: a page that tells when, roughly where, and what is asked, and nothing of whom.

A look shows the question; only a button answers it. The first who says yes goes along, and is led to a page with a
first name and how the two find each other.
"""

from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..access.links import use_up
from ..courses import words
from ..directory.models import Postcode
from ..privacy.access_log import Action, log_access
from ..public import throttle
from ..public.links import link_view
from ..public.shell import public_response
from . import rules_accompaniment as rules
from . import services_accompaniment as services
from .links_accompaniment import GOING, OFFER, address_of, going_link
from .models_accompaniment import AccompanimentOffer, LedTo, OfferState, TripEnding, TripState

OFFER_TEMPLATE = "peer_support/followup/link_accompaniment_offer.html"
GOING_TEMPLATE = "peer_support/followup/link_accompaniment.html"
OFFER_ROUTE, GOING_ROUTE = "peer_support:accompaniment_offer_link", "peer_support:accompaniment_link"
# What the one who goes along can say of why it did not happen.
ENDINGS = (
    TripEnding.CITIZEN_WISH,
    TripEnding.MOVED,
    TripEnding.MISSED,
    TripEnding.VOLUNTEER,
    TripEnding.OTHER,
)


def _offer_of(opened):
    rows = AccompanimentOffer.objects.select_related("accompaniment", "accompaniment__citizen", "volunteer")
    return rows.get(pk=opened.target.pk)


def seen_code(trip):
    """Return what the reader has agreed to, as the form sends it back: a day, a time and a length."""
    return f"{trip.day.isoformat()} {trip.start_time:%H.%M} {trip.minutes}"


def rough_area(trip):
    """Return the towns of the trip, never the addresses: "Helsingør", or "Helsingør → Hillerød"."""
    codes = [code for code in (trip.from_postcode, trip.to_postcode) if code]
    found = {row.pk: str(row) for row in Postcode.objects.filter(pk__in=codes)}
    towns = list(dict.fromkeys(found.get(code, code) for code in codes))
    return " → ".join(towns)


def _when(trip):
    return {
        "trip": trip,
        "day": words.day(trip.day),
        "week": words.week(trip.day, timezone.localdate()),
        "hours": words.hours(trip.day, trip.start_time, trip.minutes),
        "length": words.length(trip.minutes),
        "area": rough_area(trip),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(OFFER)
def offer_page(request, opened):
    """Show the question; a post with "yes" or "no" answers it and uses the link up in the same transaction."""
    offer = _offer_of(opened)
    answer = request.POST.get("answer")
    if request.method != "POST" or answer not in ("yes", "no"):
        return _question(request, offer)
    if not (allowed := throttle.allow(request, "post")):
        return _question(request, offer, refusal=allowed.reason, status=429)
    if answer == "yes" and request.POST.get("seen") != seen_code(offer.accompaniment):
        return _question(
            request,
            offer,
            refusal=_("The time has been changed. Look once more, and answer then."),
            status=409,
        )
    try:
        with transaction.atomic():
            use_up(opened.link)
            answered = services.answer_offer(offer=offer, answer=answer)
    except NotAllowed as refusal:
        return _question(request, offer, refusal=refusal.decision.reason, status=409)
    log_access(user=None, action=Action.CHANGE, objects=[offer], route=OFFER_ROUTE)
    if answered.offer.state == OfferState.ACCEPTED:
        return HttpResponseRedirect(f"{address_of(going_link(answered.offer))}?told=yes")
    return _question(request, _offer_of(opened), told=answered.offer.state)


def _question(request, offer, *, refusal="", told="", status=200):
    trip = offer.accompaniment
    decision = rules.may_accept(trip, offer)
    context = {
        **_when(trip),
        "offer": offer,
        "is_open": bool(decision) and not told,
        "told": told,
        "refusal": refusal,
        "reason": "" if decision else decision.reason,
        "is_late": told == OfferState.LATE or decision.code == "late",
        "seen": seen_code(trip),
    }
    if not told:
        log_access(user=None, action=Action.READ, objects=[offer], route=OFFER_ROUTE)
    return public_response(request, OFFER_TEMPLATE, context, status=status, personal=True)


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(GOING)
def going_page(request, opened):
    """The page of the one who goes along: with whom, where, how; "I cannot after all"; afterwards, how it went."""
    offer = _offer_of(opened)
    do = request.POST.get("do")
    if request.method != "POST" or do not in _STEPS:
        return _going(request, offer, told=request.GET.get("told", ""))
    if not (allowed := throttle.allow(request, "post")):
        return _going(request, offer, refusal=allowed.reason, status=429)
    if offer.state != OfferState.ACCEPTED:
        return _going(request, offer)
    try:
        told = _STEPS[do](request, offer)
    except NotAllowed as refusal:
        return _going(request, _offer_of(opened), refusal=refusal.decision.reason, status=409)
    if not told:
        return _going(request, offer, refusal=_("Choose one, and press again."), status=422)
    return HttpResponseRedirect(f"{request.path}?told={told}#told")


def _cannot(request, offer):
    services.release(trip=offer.accompaniment, offer=offer)
    return "cannot"


def _went(request, offer):
    led_to = [code for code in request.POST.getlist("led_to") if code in LedTo.values]
    services.record_done(trip=offer.accompaniment, led_to=led_to, volunteer=offer.volunteer)
    return "went"


def _did_not(request, offer):
    ending = request.POST.get("ending")
    if ending not in ENDINGS:
        return ""
    services.record_not_done(trip=offer.accompaniment, ending=ending, volunteer=offer.volunteer)
    return "not"


_STEPS = {"cannot": _cannot, "went": _went, "not": _did_not}


def _going(request, offer, *, refusal="", told="", status=200):
    trip = offer.accompaniment
    goes = offer.state == OfferState.ACCEPTED and trip.state == TripState.ACCEPTED
    context = {
        **_when(trip),
        "offer": offer,
        "goes": goes,
        "begun": trip.has_begun(),
        # With whom is told to the one who goes along, while it matters, and to nobody else.
        "first_name": trip.citizen.first_name if goes else "",
        "told": told,
        "refusal": refusal,
        "led_to": LedTo.choices,
        "endings": [(ending.value, ending.label) for ending in ENDINGS],
    }
    log_access(
        user=None,
        action=Action.READ,
        objects=[offer, *([trip.citizen] if goes else [])],
        route=GOING_ROUTE,
    )
    return public_response(request, GOING_TEMPLATE, context, status=status, personal=True)
