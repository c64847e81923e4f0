"""Asked to go along, by link: what the page shows to whom, and what a button does."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.followup import services_accompaniment as services
from peer_support.followup.models_accompaniment import Accompaniment, AccompanimentOffer

from .trips import asked, link_to, press

pytestmark = pytest.mark.django_db
KIND = "En anden nåede det først. Tak, fordi du ville."


@pytest.fixture
def trip_and_offers(initiative, coordinator):
    return asked(
        initiative,
        coordinator,
        citizen__first_name="Zenobia",
        from_place="Skovvej 9, 2. tv.",
        purpose="Jeg er bange for at køre i bus alene.",
        how_to_meet="Jeg har et rødt tørklæde på.",
        what_is_asked="Gå med i bussen.",
    )


def text_of(response):
    return response.content.decode()


def test_before_the_yes_the_page_tells_when_and_roughly_where_and_nothing_of_whom(client, trip_and_offers):
    trip, (offer, __) = trip_and_offers
    page = text_of(client.get(link_to(offer)))
    assert "Gå med i bussen." in page
    assert "3000" in page
    for secret in ("Zenobia", "Skovvej", "tørklæde", "bange for", str(trip.citizen), trip.citizen.phone):
        assert secret not in page


def test_after_the_yes_the_page_tells_a_first_name_and_how_they_find_each_other(trip_and_offers, client):
    trip, (offer, __) = trip_and_offers
    answer = press(link_to(offer))
    assert answer.status_code == 302
    page = text_of(client.get(answer["Location"]))
    for told in ("Zenobia", "Skovvej 9", "rødt tørklæde"):
        assert told in page
    # What it is for stays with the coordinator.
    assert "bange for" not in page and trip.citizen.last_name not in page
    assert "no-store" in client.get(answer["Location"])["Cache-Control"]


def test_the_second_yes_gets_a_kind_sentence_and_is_remembered(trip_and_offers, initiative):
    trip, (first, second) = trip_and_offers
    press(link_to(first))
    answer = press(link_to(second))
    assert answer.status_code == 200 and KIND in text_of(answer)
    assert "Zenobia" not in text_of(answer)
    with scope_of(initiative.pk):
        assert AccompanimentOffer.objects.get(pk=second.pk).state == "late"
        assert AccompanimentOffer.objects.get(pk=second.pk).answered_at


def test_the_one_who_looks_after_somebody_said_yes_reads_the_kind_sentence(trip_and_offers, client):
    __, (first, second) = trip_and_offers
    press(link_to(first))
    assert KIND in text_of(client.get(link_to(second)))


def test_a_no_needs_no_reason_and_the_link_is_used(trip_and_offers, client, initiative):
    __, (offer, __) = trip_and_offers
    address = link_to(offer)
    assert press(address, "no").status_code == 200
    assert client.get(address).status_code == 410
    with scope_of(initiative.pk):
        assert AccompanimentOffer.objects.get(pk=offer.pk).state == "declined"


def test_a_look_answers_nothing(trip_and_offers, client, initiative):
    __, (offer, __) = trip_and_offers
    client.get(link_to(offer))
    client.head(link_to(offer))
    with scope_of(initiative.pk):
        assert AccompanimentOffer.objects.get(pk=offer.pk).state == "asked"


def test_who_saw_another_time_is_asked_to_look_once_more(trip_and_offers, client, initiative, coordinator):
    trip, (offer, __) = trip_and_offers
    address = link_to(offer)
    seen = client.get(address).context["seen"]
    with scope_of(initiative.pk):
        services.change_accompaniment(trip=trip, values={"start_time": datetime.time(15)}, user=coordinator)
    again = client.post(address, {"answer": "yes", "seen": seen})
    assert again.status_code == 409 and "15.00" in text_of(again)
    assert client.post(address, {"answer": "yes", "seen": again.context["seen"]}).status_code == 302


def test_who_is_asked_no_longer_reads_thanks_and_can_take_nothing(
    trip_and_offers, client, initiative, coordinator
):
    __, (offer, __) = trip_and_offers
    address = link_to(offer)
    with scope_of(initiative.pk):
        services.take_back_offer(offer=offer, user=coordinator)
    assert press(address).status_code == 409
    with scope_of(initiative.pk):
        assert Accompaniment.objects.get().state == "open"


@pytest.fixture
def going(trip_and_offers):
    """The trip, and the address of the page of the one who goes along."""
    trip, (offer, __) = trip_and_offers
    return trip, press(link_to(offer))["Location"].split("?")[0]


def test_i_cannot_after_all_opens_the_request_again_and_shows_nothing_more(going, client, initiative):
    trip, address = going
    page = text_of(client.post(address, {"do": "cannot"}, follow=True))
    assert "Zenobia" not in page and "Skovvej" not in page
    with scope_of(initiative.pk):
        trip.refresh_from_db()
        assert trip.state == "open"
    assert "Zenobia" not in text_of(client.get(address))


def test_afterwards_the_volunteer_tells_how_it_went(going, client, initiative):
    trip, address = going
    assert client.post(address, {"do": "went"}).status_code == 409  # it has not begun
    with time_machine.travel(trip.ends_at, tick=False):
        assert client.post(address, {"do": "not"}).status_code == 422  # no reason chosen
        client.post(address, {"do": "went", "led_to": ["got_there", "nonsense"]})
        page = text_of(client.get(address))
    assert "Zenobia" not in page
    with scope_of(initiative.pk):
        trip.refresh_from_db()
        assert (trip.state, trip.led_to, trip.closed_on) == ("done", ["got_there"], trip.day)


def test_links_that_do_not_hold_are_clear_pages_and_tell_nothing(trip_and_offers, client):
    __, (offer, other) = trip_and_offers
    address, going = link_to(offer), "/peer/foelgeskab/aftalt/"
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"{going}{token}/").status_code == 404  # of another purpose
    assert client.get(f"/peer/foelgeskab/{'x' * 32}/").status_code == 404
    links = AccessLink._base_manager
    links.filter(target_id=offer.pk).update(expires_at=timezone.now())
    assert client.get(address).status_code == 410
    links.filter(target_id=offer.pk).update(expires_at=None, revoked_at=timezone.now())
    assert client.post(address, {"answer": "yes"}).status_code == 410
