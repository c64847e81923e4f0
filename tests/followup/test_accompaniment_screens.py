"""The coordinator's screens of accompaniment, and who is offered as fitting; real requests on real addresses."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup import services_accompaniment as services
from peer_support.followup.fitting import bits_of, fitting
from peer_support.followup.models_accompaniment import Accompaniment, AccompanimentOffer
from peer_support.people import rules as people_rules
from peer_support.people.times import Span, spans_of
from peer_support.testing.factories import CitizenFactory, ExclusionFactory, VolunteerFactory
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory
from peer_support.testing.factories_followup_trips import AccompanimentFactory, AccompanimentOfferFactory

from .trips import asked, in_days

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"peer_support_trips:{name}", args=args)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


# Who fits


@pytest.fixture
def tuesday(initiative):
    """A trip on a Tuesday from ten to twelve, with a citizen who speaks no language in particular."""
    day = timezone.localdate() + datetime.timedelta(days=7)
    day += datetime.timedelta(days=(1 - day.weekday()) % 7)
    return AccompanimentFactory(initiative=initiative, day=day)


def names(trip):
    with scope_of(trip.initiative_id):
        return [fit.volunteer.first_name for fit in fitting(trip).possible]


def test_who_is_free_at_that_very_time_stands_first(tuesday, initiative):
    for name, times in (("Anden", "on 10-12"), ("Ukendt", ""), ("Fri", "ti 9-13"), ("Halv", "ti 11-13")):
        VolunteerFactory(initiative=initiative, first_name=name, times=times)
    found = names(tuesday)
    assert found[0] == "Fri" and found[-1] == "Anden" and len(found) == 4


def test_a_trip_past_midnight_goes_on_the_next_day(initiative):
    trip = AccompanimentFactory.build(
        initiative=initiative, citizen=None, number=1, day=datetime.date(2026, 8, 9), start_time=datetime.time(23),
        minutes=120,
    )  # fmt: skip
    assert spans_of(bits_of(trip)) == [Span(0, 0, 2), Span(6, 46, 48)]


def test_who_must_not_be_asked_is_not_offered(tuesday, initiative):
    kept = VolunteerFactory(initiative=initiative, first_name="Kan", capacity=0)
    VolunteerFactory(initiative=initiative, first_name="Pause", paused_from=timezone.localdate())
    VolunteerFactory(initiative=initiative, first_name="Slut", status="ended")
    VolunteerFactory(initiative=initiative, first_name="Uden", contract_on=None)
    VolunteerFactory(initiative=initiative, first_name="Telefon", channels=2)
    VolunteerFactory(initiative=initiative, first_name="Mand", gender=2)
    related = VolunteerFactory(initiative=initiative, first_name="Søster")
    ExclusionFactory(initiative=initiative, citizen=tuesday.citizen, volunteer=related, kind="relative")
    VolunteerFactory(first_name="Andetsteds")
    with scope_of(initiative.pk):
        tuesday.gender_wish = 1
        tuesday.save()
        found = fitting(tuesday)
    # Somebody with no place for a match can still go along once.
    assert [fit.volunteer for fit in found.possible] == [kept]
    assert sum(count for __, count in found.impossible) == 5


def test_both_ends_of_the_trip_lie_within_what_a_volunteer_travels(tuesday, initiative):
    VolunteerFactory(initiative=initiative, first_name="Kort", travel_km=5)
    VolunteerFactory(initiative=initiative, first_name="Lang", travel_km=400)
    with scope_of(initiative.pk):
        Accompaniment.objects.update(from_postcode="3000", to_postcode="8000")
        tuesday.refresh_from_db()
    assert names(tuesday) == ["Lang"]


def test_the_number_of_queries_does_not_grow_with_the_volunteers(
    tuesday, initiative, django_assert_max_num_queries
):
    for _number in range(2):
        VolunteerFactory(initiative=initiative)
    with scope_of(initiative.pk), django_assert_max_num_queries(14) as few:
        fitting(tuesday)
    for _number in range(12):
        VolunteerFactory(initiative=initiative, times="ti 9-13")
    with scope_of(initiative.pk), django_assert_max_num_queries(len(few.captured_queries)):
        assert fitting(tuesday).count == 14


# The screens


def test_from_a_citizen_to_somebody_who_goes_along_and_what_it_led_to(coordinator_client, initiative):
    citizen = CitizenFactory(initiative=initiative)
    volunteer = VolunteerFactory(initiative=initiative)
    client = coordinator_client
    assert f"citizen_id={citizen.pk}" in page(
        client, reverse("people_citizen_modeladmin_inspect", args=[citizen.pk])
    )
    values = {
        "citizen_id": citizen.pk,
        "asked_by": "citizen",
        "day": in_days(2).isoformat(),
        "start_time": "10:00",
        "minutes": "90",
        "from_postcode": "3000",
        "gender_wish": "0",
        "purpose": "Det er svært at gå alene.",
    }
    answer = client.post(url("new"), values)
    with scope_of(initiative.pk):
        trip = Accompaniment.objects.get()
    assert answer["Location"] == url("trip", trip.pk)
    assert volunteer.first_name in page(client, url("trip", trip.pk))
    client.post(url("ask", trip.pk), {"volunteer": [volunteer.pk]})
    shown = page(client, url("trip", trip.pk))
    assert "/peer/foelgeskab/" in shown
    with scope_of(initiative.pk):
        offer = AccompanimentOffer.objects.get()
    client.post(url("offer", trip.pk, offer.pk), {"do": "yes"})
    assert "/peer/foelgeskab/aftalt/" in page(client, url("trip", trip.pk))
    # It has not begun, so nobody can say how it went.
    client.post(url("step", trip.pk, "done"), {"done-led_to": ["again"]})
    with scope_of(initiative.pk):
        assert Accompaniment.objects.get().state == "accepted"
        Accompaniment.objects.update(day=in_days(-1))
    client.post(url("step", trip.pk, "done"), {"done-led_to": ["again"], "done-note": "Gik godt."})
    with scope_of(initiative.pk):
        trip.refresh_from_db()
        assert (trip.state, trip.led_to, trip.led_to_note) == ("done", ["again"], "Gik godt.")
    assert page(client, url("overview")).count(str(trip.citizen)) == 1


def test_a_place_in_a_course_leads_to_a_trip_to_its_next_session(coordinator_client, initiative):
    course = GroupCourseFactory(initiative=initiative, state="running", starts_on=in_days(-7), sessions=4)
    enrolment = EnrolmentFactory(course=course, state="enrolled")
    shown = page(coordinator_client, reverse("peer_support_courses:enrolment", args=[enrolment.pk]))
    assert f"enrolment={enrolment.pk}" in shown
    form = coordinator_client.get(url("new"), {"enrolment": enrolment.pk}).context["form"]
    assert form.initial["asked_by"] == "course" and form.initial["day"] >= timezone.localdate()


def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_lost(coordinator_client, initiative):
    citizen = CitizenFactory(initiative=initiative)
    values = {
        "citizen_id": citizen.pk, "asked_by": "citizen", "day": in_days(-2).isoformat(), "start_time": "10:00",
        "minutes": "90", "gender_wish": "0", "from_postcode": "30", "purpose": "Mit nummer er 010203-1234",
    }  # fmt: skip
    answer = coordinator_client.post(url("new"), values)
    assert answer.status_code == 200 and "Mit nummer" in answer.content.decode()
    assert {"day", "from_postcode"} <= set(answer.context["form"].errors)
    right = values | {"day": in_days(2).isoformat(), "from_postcode": ""}
    assert "purpose" in coordinator_client.post(url("new"), right).context["form"].errors
    with scope_of(initiative.pk):
        assert not Accompaniment.objects.exists()


def test_two_coordinators_on_one_trip_one_is_told(initiative, coordinator):
    trip, __ = asked(initiative, coordinator, 1)
    with scope_of(initiative.pk):
        seen = Accompaniment.objects.get(pk=trip.pk).version
        services.cancel_accompaniment(trip=trip, ending="moved", user=coordinator, expected_version=seen)
        with pytest.raises(services.NotAllowed) as refusal:
            services.change_accompaniment(
                trip=trip, values={"minutes": 30}, user=coordinator, expected_version=seen
            )
    assert refusal.value.decision.code == "stale"


def test_nobody_s_record_is_closed_while_a_trip_is_planned_with_them(initiative):
    offer = AccompanimentOfferFactory(accompaniment__initiative=initiative, state="accepted")
    with scope_of(initiative.pk):
        Accompaniment.objects.update(state="accepted")
        for person in (offer.volunteer, offer.accompaniment.citizen):
            assert people_rules.may_end(person).code == "open_trip"
