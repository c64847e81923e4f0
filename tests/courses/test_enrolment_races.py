"""Hundreds sign up for ten places at once, through every way in. The same tests run on SQLite and PostgreSQL.

On PostgreSQL there are also controls: without the lock people are lost to errors, and without the constraint as well
the course is overbooked. SQLite cannot show that, because its transactions are exclusive from their first statement.
"""

import os

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Locale

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.courses import services_enrolment as services
from peer_support.courses import services_moving, services_seats
from peer_support.courses.models import Enrolment, EnrolmentEvent, GroupCourse, WayIn
from peer_support.people import services as people_services
from peer_support.people.models import Citizen
from peer_support.testing.factories import CitizenFactory, CoordinatorFactory, InitiativeFactory
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory

from .races import at_once, faults

PLACES = 10
POSTGRES = connection.vendor == "postgresql"
MANY = 200 if POSTGRES else 60
ALL = 1000 if POSTGRES else 200

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def needs_postgres():
    if POSTGRES:
        return
    if os.environ.get("PEER_REQUIRE_POSTGRES") == "1":
        pytest.fail("PEER_REQUIRE_POSTGRES is set, and DATABASE_URL does not name a PostgreSQL")
    pytest.skip("needs PostgreSQL (set DATABASE_URL)")


@pytest.fixture
def house():
    """An initiative with a coordinator and a course of ten places, committed, so that every connection sees it."""
    Locale.objects.get_or_create(language_code="da")  # the test before this one emptied every table
    initiative = InitiativeFactory()
    user = CoordinatorFactory(initiative=initiative)
    course = GroupCourseFactory(initiative=initiative, state="open", capacity=PLACES, wants_intro=False)
    return initiative, user, course


def people(initiative, count):
    """Take in ``count`` citizens: one as every other test has them, and copies."""
    first = CitizenFactory(initiative=initiative)
    with scope_of(initiative.pk):
        rows = [
            Citizen(initiative=initiative, number=first.number + step, first_name="Alma", phone="12345678")
            for step in range(1, count)
        ]
        return [first, *Citizen.objects.bulk_create(rows)]


def filled(initiative, course, count):
    """Check that ``count`` people are in ``course``: ten with a place, the others waiting in the order they came."""
    with scope_of(initiative.pk):
        rows = Enrolment.objects.filter(course=course)
        assert rows.filter(state__in=("enrolled", "offered")).count() == PLACES
        waiting = rows.filter(state="waiting").order_by("waiting_order")
        assert waiting.count() == count - PLACES
        came = list(waiting.values_list("asked_at", flat=True))
        assert came == sorted(came)
        assert set(waiting.values_list("waiting_why", flat=True)) <= {"full"}
        course.refresh_from_db()
        assert course.seats_taken == PLACES


def all_at_once(house, count):
    initiative, __, course = house
    calls = [
        lambda person=person: services.sign_up(course=course, person=person, way=WayIn.PUBLIC)
        for person in people(initiative, count)
    ]
    return at_once(initiative, calls)


def check_all_at_once(house, count):
    assert faults(all_at_once(house, count)) == []
    filled(house[0], house[2], count)
    with scope_of(house[0].pk):
        assert EnrolmentEvent.objects.filter(action="register").count() == count


def test_hundreds_who_sign_up_at_once_fill_exactly_ten_places_and_the_rest_wait_in_order(house):
    check_all_at_once(house, MANY)


@pytest.mark.soak
def test_a_thousand_who_sign_up_at_once_fill_exactly_ten_places(house):
    check_all_at_once(house, ALL)


def every_way(house, count):
    """Return ``count`` calls that bring one person each into the course, a sixth of them by each way."""
    initiative, user, course = house
    other = GroupCourseFactory(initiative=initiative, state="open", capacity=None, wants_intro=False)
    everybody = people(initiative, count)
    calls = []
    for number, person in enumerate(everybody):
        way = WayIn.values[number % len(WayIn.values)]
        if way == WayIn.MOVED:
            there = EnrolmentFactory(course=other, citizen=person, state="enrolled")
            calls.append(lambda there=there: services.move_to(enrolment=there, course=course, user=user))
        elif way == WayIn.OFFER:
            here = EnrolmentFactory(course=course, citizen=person)
            calls.append(lambda here=here: offered_or_waiting(here, user))
        elif way == WayIn.PUBLIC:
            calls.append(lambda number=number: from_the_website(initiative, course, number))
        else:
            calls.append(
                lambda person=person, way=way: services.enrol(
                    course=course, person=person, way=way, user=user
                )
            )
    return calls


def from_the_website(initiative, course, number):
    """As the form does it: somebody new is taken in (numbered behind the initiative's lock), and signed up."""
    with transaction.atomic():
        taken = people_services.create_person(
            model=Citizen,
            initiative=initiative,
            values={"first_name": f"Navn{number}", "phone": str(20000000 + number)},
            user=None,
        )
        return services.sign_up(course=course, person=taken.person)


def offered_or_waiting(enrolment, user):
    """As a coordinator does it: offer a place, and where there is none, put the person on the list."""
    try:
        offer = services.offer_place(enrolment=enrolment, user=user)
    except NotAllowed:
        return services.put_on_waiting_list(enrolment=enrolment, reason="full", user=user)
    return services.answer_offer(enrolment=offer, answer="yes")


def check_every_way(house, count):
    assert faults(at_once(house[0], every_way(house, count))) == []
    filled(house[0], house[2], count)


def test_through_every_way_in_at_once_nobody_is_overbooked_or_lost(house):
    check_every_way(house, MANY)


@pytest.mark.soak
def test_a_thousand_through_every_way_in_at_once(house):
    check_every_way(house, ALL)


def test_one_person_who_signs_up_thirty_times_at_once_has_one_place(house):
    initiative, __, course = house
    [person] = people(initiative, 1)
    outcomes = at_once(initiative, [lambda: services.sign_up(course=course, person=person)] * 30)
    assert {one.state for one in outcomes} == {"enrolled"}
    with scope_of(initiative.pk):
        assert Enrolment.objects.count() == 1


def test_two_courses_that_change_people_at_once_do_not_wait_for_each_other_for_ever(house):
    initiative, user, course = house
    other = GroupCourseFactory(initiative=initiative, state="open", capacity=PLACES, wants_intro=False)
    both = [(course, other), (other, course)]
    calls = []
    for number, person in enumerate(people(initiative, 2 * PLACES)):
        here, there = both[number % 2]
        row = EnrolmentFactory(course=here, citizen=person, state="enrolled")
        calls.append(lambda row=row, there=there: services.move_to(enrolment=row, course=there, user=user))
    assert faults(at_once(initiative, calls)) == []
    with scope_of(initiative.pk):
        for one in (course, other):
            one.refresh_from_db()
            here = Enrolment.objects.filter(course=one)
            assert here.filter(state__in=("enrolled", "offered")).count() == one.seats_taken <= PLACES
        still = Enrolment.objects.exclude(state="left")
        assert still.values("citizen").distinct().count() == still.count() == 2 * PLACES


# Controls


def without_the_lock(monkeypatch):
    """The services do everything they do, but read the course's row without locking it."""

    def read(*course_ids):
        return GroupCourse.objects.in_bulk(course_ids)

    monkeypatch.setattr(services_seats, "lock_courses", read)
    monkeypatch.setattr(services_moving, "lock_courses", read)


@pytest.mark.postgres
def test_without_the_lock_people_are_lost_to_errors(needs_postgres, house, monkeypatch):
    without_the_lock(monkeypatch)
    lost = faults(all_at_once(house, 64))
    assert lost and all(isinstance(one, IntegrityError) for one in lost)


@pytest.mark.postgres
def test_without_the_lock_and_the_constraint_the_course_is_overbooked(needs_postgres, house, monkeypatch):
    without_the_lock(monkeypatch)
    wall = next(
        one for one in GroupCourse._meta.constraints if one.name == "peer_course_no_more_than_its_places"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(GroupCourse, wall)
    try:
        all_at_once(house, 64)
        with scope_of(house[0].pk):
            assert Enrolment.objects.filter(state="enrolled").count() > PLACES
    finally:
        with scope_of(house[0].pk):
            GroupCourse.objects.update(seats_taken=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(GroupCourse, wall)
