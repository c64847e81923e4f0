"""What the tests of accompaniment share: a trip, volunteers, and a link as a browser opens it."""

import datetime

from django.test import Client
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup import services_accompaniment as services
from peer_support.followup.links_accompaniment import address_of, offer_link
from peer_support.testing.factories import VolunteerFactory
from peer_support.testing.factories_followup_trips import AccompanimentFactory


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def asked(initiative, user, count=2, **values):
    """A trip and the offers of ``count`` volunteers who are asked, as the coordinator asks them."""
    trip = AccompanimentFactory(initiative=initiative, **values)
    people = [VolunteerFactory(initiative=initiative) for _ in range(count)]
    with scope_of(initiative.pk):
        done = services.ask_volunteers(trip=trip, volunteers=people, user=user)
    assert len(done.offers) == count
    return trip, done.offers


def link_to(offer):
    """The address of the one-time link of an offer."""
    with scope_of(offer.initiative_id):
        return address_of(offer_link(offer))


def press(address, answer="yes", number=0):
    """Open the link and press a button on it, from an address of one's own; returns the response."""
    client = Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")
    page = client.get(address)
    seen = page.context["seen"] if page.context else ""
    return client.post(address, {"answer": answer, "seen": seen})
