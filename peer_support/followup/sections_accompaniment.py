"""What accompaniment shows on the pages of other rooms, and what it says when a record is to be closed."""

from django.utils.translation import gettext

from ..access.decisions import Decision
from ..courses import words
from ..courses.sections import register_enrolment_section
from ..people.models import Citizen
from ..people.presenting import register_section
from ..people.rules import register_ending_rule
from ..privacy.access_log import Action, log_access
from . import rules_accompaniment as rules
from .models_accompaniment import OPEN_TRIPS, Accompaniment, AccompanimentOffer, OfferState

PERMISSION = "peer_support.change_accompaniment"
ROUTE = "peer_support_trips:section"
SHOWN = 8
TEMPLATE = "peer_support/followup/trips_section.html"


def _url(name, *args):
    from .trips.base import url  # a screen; it stands above this in the room

    return url(name, *args)


def _rows(trips, user):
    if trips:
        log_access(user=user, action=Action.LIST, objects=trips, route=ROUTE)
    return [
        {
            "words": f"{words.day(trip.day)}, {words.hours(trip.day, trip.start_time, trip.minutes)}",
            "state": trip.get_state_display(),
            "url": _url("trip", trip.pk),
        }
        for trip in trips
    ]


@register_section
def trips_section(person, user):
    """A citizen's trips, and the button that plans one; the trips a volunteer goes or went along on."""
    if not user.has_perm(PERMISSION):
        return None
    if isinstance(person, Citizen):
        trips = list(Accompaniment.objects.filter(citizen=person).order_by("-day", "-start_time")[:SHOWN])
        new_url = f"{_url('new')}?citizen_id={person.pk}" if rules.may_create(person) else ""
    else:
        offers = AccompanimentOffer.objects.filter(volunteer=person, state=OfferState.ACCEPTED)
        trips = [
            offer.accompaniment
            for offer in offers.select_related("accompaniment").order_by("-accompaniment__day")[:SHOWN]
        ]
        new_url = ""
    if not trips and not new_url:
        return None
    return TEMPLATE, {"rows": _rows(trips, user), "new_url": new_url}


@register_enrolment_section
def enrolment_section(enrolment, user):
    """The trips in connection with a place in a course, and the button that plans one to the next session."""
    if enrolment.citizen_id is None or not user.has_perm(PERMISSION):
        return None
    trips = list(Accompaniment.objects.filter(enrolment=enrolment).order_by("-day", "-start_time")[:SHOWN])
    may = rules.may_create(enrolment.citizen)
    if not trips and not may:
        return None
    return TEMPLATE, {
        "rows": _rows(trips, user),
        "new_url": f"{_url('new')}?enrolment={enrolment.pk}" if may else "",
    }


@register_ending_rule
def no_open_trip(person):
    """Nobody's record is closed while a trip is planned with them."""
    if isinstance(person, Citizen):
        trip = Accompaniment.objects.filter(citizen=person, state__in=OPEN_TRIPS).first()
    else:
        offer = AccompanimentOffer.objects.filter(
            volunteer=person, state=OfferState.ACCEPTED, accompaniment__state__in=OPEN_TRIPS
        ).select_related("accompaniment")
        trip = next((row.accompaniment for row in offer[:1]), None)
    if trip is None:
        return None
    return Decision.no(
        "open_trip",
        gettext("%(trip)s is planned. Call it off there, or write how it went, before you close the record.")
        % {"trip": trip},
    )
