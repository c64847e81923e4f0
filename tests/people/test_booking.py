"""Agreeing on a conversation: when, how, moved, called off, not met, and its entry in a calendar."""

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.people import pipeline, services, services_booking
from peer_support.people.models import Citizen, ConversationBooking, Step
from peer_support.testing.factories import CitizenFactory, ConversationBookingFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(
        initiative=initiative, status="enquiry", waiting_since=None, first_name="Zebedæus", phone="20203040"
    )


def fresh(person):
    with scope_of(person.initiative_id):
        return type(person).objects.get(pk=person.pk)


def step_of(person):
    with scope_of(person.initiative_id):
        return pipeline.current_step(fresh(person))


def post(client, citizen, tail="", **more):
    day = timezone.localdate() + datetime.timedelta(days=3)
    data = {
        "day": day.isoformat(),
        "time": "10:00",
        "minutes": "45",
        "how": "phone",
        "kind": "initial",
        "place": "",
    }
    return client.post(f"/admin/people/citizen/{citizen.pk}/book/{tail}", {**data, **more})


def bookings(citizen):
    with scope_of(citizen.initiative_id):
        return list(ConversationBooking.objects.filter(citizen=citizen).order_by("pk"))


def test_a_conversation_is_booked_moved_and_called_off(coordinator_client, citizen):
    assert post(coordinator_client, citizen).status_code == 302
    (booking,) = bookings(citizen)
    assert (booking.how, booking.minutes, booking.version) == ("phone", 45, 0)
    assert timezone.localtime(booking.booked_for).hour == 10 and step_of(citizen) == Step.BOOKED
    post(coordinator_client, citizen, time="11:30", how="video")
    (booking,) = bookings(citizen)
    assert (booking.how, booking.version) == ("video", 1)
    coordinator_client.post(f"/admin/people/citizen/{citizen.pk}/book/cancel/")
    assert bookings(citizen)[0].state == "cancelled" and step_of(citizen) == Step.ENQUIRY
    with scope_of(citizen.initiative_id):
        assert [row.step for row in citizen.steps.all()] == ["enquiry", "booked", "enquiry"]


def test_the_calendar_file_holds_the_case_number_and_no_name(coordinator_client, citizen):
    address = f"/admin/people/citizen/{citizen.pk}/book/calendar.ics"
    assert coordinator_client.get(address).status_code == 404
    post(coordinator_client, citizen, place="Zebedæus' køkken")
    response = coordinator_client.get(address)
    assert response["Content-Type"].startswith("text/calendar") and "no-store" in response["Cache-Control"]
    text = response.content.decode()
    for secret in ("Zebed", "20203040", "køkken"):
        assert secret not in text
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(citizen) in event["summary"] and event["sequence"] == 0
    assert event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(minutes=45)


@pytest.mark.parametrize(
    "typed",
    [{"day": "2020-01-01"}, {"day": ""}, {"how": "letter"}, {"place": "010190-1234"}, {"minutes": "2"}],
)
def test_what_cannot_be_is_said_on_its_field_and_nothing_is_lost(coordinator_client, citizen, typed):
    response = post(coordinator_client, citizen, **{"place": "Lokale 7", **typed})
    html = response.content.decode()
    assert response.status_code == 200 and "error-message" in html
    assert (typed.get("place") or "Lokale 7") in html and bookings(citizen) == []


def test_not_met_is_a_fact_once_the_time_has_come(coordinator_client, citizen):
    booking = ConversationBookingFactory(citizen=citizen)
    address = f"/admin/people/citizen/{citizen.pk}/book/missed/"
    coordinator_client.post(address)
    assert bookings(citizen)[0].state == "booked"
    with scope_of(citizen.initiative_id):
        ConversationBooking.objects.filter(pk=booking.pk).update(booked_for=timezone.now() - HOUR)
    coordinator_client.post(address)
    assert bookings(citizen)[0].state == "not_met" and step_of(citizen) == Step.ENQUIRY
    assert post(coordinator_client, citizen).status_code == 302 and len(bookings(citizen)) == 2


def test_writing_the_conversation_down_closes_what_is_due_and_leaves_what_is_to_come(in_scope, coordinator):
    for days, state in ((0, "held"), (4, "booked")):
        citizen = CitizenFactory(initiative=in_scope, status="enquiry", waiting_since=None)
        at = timezone.now() + datetime.timedelta(days=days)
        booking = ConversationBookingFactory(citizen=citizen, booked_for=at)
        held = services.hold_conversation(person=citizen, values={"notes": "Hej."}, user=coordinator)
        booking.refresh_from_db()
        assert booking.state == state
        assert (booking.conversation == held.conversation) == (state == "held")
        assert pipeline.current_step(Citizen.objects.get(pk=citizen.pk)) == Step.HELD


def test_a_closed_record_calls_its_booking_off_and_takes_no_new_one(in_scope, coordinator):
    citizen = CitizenFactory(initiative=in_scope, status="enquiry", waiting_since=None)
    booking = ConversationBookingFactory(citizen=citizen)
    services.end_person(person=citizen, user=coordinator)
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    with pytest.raises(NotAllowed):
        services_booking.book_conversation(
            person=citizen, at=timezone.now() + HOUR, how="phone", user=coordinator
        )


def test_conversations_to_hold_are_those_up_to_the_day_in_one_query(in_scope, django_assert_num_queries):
    now = timezone.now()
    for days in (-2, 0, 1):
        person = VolunteerFactory(initiative=in_scope, status="enquiry")
        ConversationBookingFactory(
            citizen=None, volunteer=person, booked_for=now + datetime.timedelta(days=days)
        )
    asked = VolunteerFactory(initiative=in_scope, status="enquiry")
    with django_assert_num_queries(1):
        found = [booking.person.number for booking in pipeline.conversations_to_hold(timezone.localdate())]
    assert len(found) == 2 and asked.number not in found
    assert [person.pk for person in pipeline.people_to_book(type(asked))] == [asked.pk]


def test_somebody_else_s_citizen_is_not_found(coordinator_client, other_initiative):
    stranger = CitizenFactory(initiative=other_initiative, status="enquiry")
    ConversationBookingFactory(citizen=stranger)
    for tail in ("", "cancel/", "missed/"):
        assert post(coordinator_client, stranger, tail).status_code == 404
    address = f"/admin/people/citizen/{stranger.pk}/book/calendar.ics"
    assert coordinator_client.get(address).status_code == 404
    assert bookings(stranger)[0].state == "booked"
