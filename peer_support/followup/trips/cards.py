"""Trips in words: one line for each of the overview, the offers of one, and the way it has gone."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...courses import words
from ..links_accompaniment import GOING, OFFER, address_of
from ..models_accompaniment import Accompaniment, AccompanimentOffer, LedTo, OfferState, TripState
from ..rules_accompaniment import Action

BUTTONS = {
    Action.DONE: gettext_lazy("They went"),
    Action.LED_TO: gettext_lazy("What it led to"),
    Action.NOT_DONE: gettext_lazy("It did not happen"),
    Action.CHANGE: gettext_lazy("Change time and place"),
    Action.RELEASE: gettext_lazy("The volunteer cannot after all"),
    Action.CANCEL: gettext_lazy("Call it off"),
    Action.REOPEN: gettext_lazy("Take the last step back"),
}
HELP = {
    Action.DONE: gettext_lazy("Nobody is written to. Ring and say thank you."),
    Action.RELEASE: gettext_lazy(
        "It is nobody's fault. You ask somebody else, those who said yes too late first."
    ),
    Action.CANCEL: gettext_lazy("Ring whoever goes along, and the citizen."),
    Action.REOPEN: gettext_lazy("The step stays in the list of what has happened."),
}
_EVENTS = {
    "create": gettext_lazy("The request was written down"),
    "change": gettext_lazy("Time, place or words were changed"),
    "accept": gettext_lazy("%(who)s said yes and goes along"),
    "decline": gettext_lazy("%(who)s said no thank you"),
    "take_back": gettext_lazy("%(who)s is asked no longer"),
    "release": gettext_lazy("%(who)s cannot after all"),
    "done": gettext_lazy("They went"),
    "not_done": gettext_lazy("It did not happen"),
    "cancel": gettext_lazy("Called off"),
    "reopen": gettext_lazy("The last step was taken back"),
    "led_to": gettext_lazy("What it led to was written down"),
}


@dataclass(frozen=True)
class Line:
    """A trip as the overview shows it. ``presses``: something has to be done today or tomorrow."""

    trip: Accompaniment
    day: str
    hours: str
    next_step: str
    presses: bool


def line_of(trip, today=None):
    """Return the :class:`Line` of a trip with ``n_asked`` and ``goes`` (the volunteer, or ``None``)."""
    today = today or timezone.localdate()
    text, presses = next_step(trip, trip.n_asked, today)
    return Line(
        trip, words.day(trip.day), words.hours(trip.day, trip.start_time, trip.minutes), text, presses
    )


def next_step(trip, asked, today=None, now=None):
    """Return ``(sentence, whether it presses)``: what a trip needs next, with ``asked`` volunteers who can still answer."""
    today = today or timezone.localdate()
    if trip.state == TripState.OPEN:
        if trip.has_begun(now):
            return _("The time is over, and nobody went along. Call it off, or find another day."), True
        soon = (trip.day - today).days <= 2
        if not asked:
            return _("Choose whom to ask."), soon
        text = ngettext(
            "%(count)s is asked and has not answered yet.",
            "%(count)s are asked and have not answered yet.",
            asked,
        )
        return text % {"count": asked}, soon
    if trip.state == TripState.ACCEPTED:
        if trip.has_begun(now):
            return _("Write how it went."), True
        return _("Everything is ready."), False
    return "", False


@dataclass(frozen=True)
class OfferCard:
    """One volunteer who is asked: ``address`` of the link that can be sent, ``said`` what they answered and when."""

    offer: AccompanimentOffer
    said: str
    address: str
    can_answer: bool
    can_take_back: bool


def offer_cards(trip, offers, links, request):
    """Return an :class:`OfferCard` per offer. ``links``: ``{(offer id, purpose): link}`` that still hold."""
    found = []
    for offer in offers:
        purpose = GOING if offer.state == OfferState.ACCEPTED else OFFER
        shown = offer.state in (OfferState.ASKED, OfferState.ACCEPTED)
        link = links.get((offer.pk, purpose)) if shown else None
        is_open = trip.state == TripState.OPEN and not trip.has_begun()
        found.append(
            OfferCard(
                offer=offer,
                said=_said(offer),
                address=address_of(link, request) if link else "",
                can_answer=is_open and offer.state != OfferState.TAKEN_BACK,
                can_take_back=trip.state == TripState.OPEN and offer.state == OfferState.ASKED,
            )
        )
    return found


def _said(offer):
    moment = offer.answered_at or offer.asked_at
    facts = {"day": date_format(timezone.localtime(moment), "j. F, H.i")}
    texts = {
        OfferState.ASKED: _("asked %(day)s"),
        OfferState.ACCEPTED: _("said yes %(day)s"),
        OfferState.DECLINED: _("said no thank you %(day)s"),
        OfferState.RELEASED: _("could not after all, %(day)s"),
        OfferState.TAKEN_BACK: _("is asked no longer"),
        OfferState.LATE: _("said yes %(day)s, after somebody else")
        if offer.answered_at
        else _("had not answered when somebody else said yes"),
    }
    return texts[OfferState(offer.state)] % facts


def way_of(events):
    """Return ``[(moment, what, who)]`` of a trip's events."""
    found = []
    for event in events:
        if event.action == "ask":
            count = event.facts.get("asked", 0)
            what = ngettext("%(count)s volunteer was asked", "%(count)s volunteers were asked", count) % {
                "count": count
            }
        else:
            what = str(_EVENTS[event.action]) % {"who": event.volunteer or _("A volunteer")}
        who = event.user.get_full_name() or event.user.get_username() if event.user else ""
        found.append((event.at, what, who))
    return found


def led_to_words(trip):
    """Return the labels of what a trip led to."""
    names = dict(LedTo.choices)
    return [str(names[code]) for code in trip.led_to if code in names]
