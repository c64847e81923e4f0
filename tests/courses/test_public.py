"""What pages may read: published courses, in words, without a scope, in a number of queries that does not grow."""

import dataclasses
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_support.access.scopes import scope_of
from peer_support.courses import public, services
from peer_support.courses.models import GroupCourse, SchoolHoliday
from peer_support.directory.models import LocalCoordinator, Municipality
from peer_support.testing import factories_courses as make
from peer_support.testing.factories import CitizenFactory, CoordinatorFactory, InitiativeFactory

from .conftest import days

pytestmark = pytest.mark.django_db


def open_course(initiative, **kwargs):
    return make.GroupCourseFactory(
        **{"initiative": initiative, "state": "open", "sessions": 10, "place_text": "Hos os", **kwargs}
    )


def test_facts_without_a_scope(initiative):
    town = Municipality.objects.get(name="Helsingør")
    course = open_course(initiative, town=town, title="Ti uger", starts_on=datetime.date(2027, 8, 31))
    workshop = make.IntroWorkshopFactory(initiative=initiative, courses=[course], place_text="Hos os")
    facts = public.course_facts(course, today=datetime.date(2027, 1, 5))
    assert (facts.title, facts.town, facts.place, facts.week) == ("Ti uger", "Helsingør", "Hos os", "week 35")
    assert facts.when == "on Tuesdays, 19.00–21.00"
    assert (facts.session_count, facts.length, facts.seats) == (10, "2 hours", "places left")
    assert facts.intake_open
    assert facts.intake_until == datetime.date(2027, 9, 14)
    assert facts.rules == ("Det, vi siger, bliver her.", "Du bestemmer selv, hvad du fortæller.")
    assert facts.cost_free
    assert public.course_facts(course).next_workshop.pk == workshop.pk
    assert facts.sessions[0].begins.isoformat() == "2027-08-31T19:00:00+02:00"
    assert facts.sessions[-1].begins.isoformat().endswith("19:00:00+01:00")


def test_only_published_courses_that_are_not_over(initiative):
    shown = open_course(initiative)
    open_course(initiative, is_public=False)
    open_course(initiative, state="planned", is_public=True)
    open_course(initiative, state="cancelled", is_public=True)
    open_course(initiative, starts_on=days(-100))
    hidden = InitiativeFactory(live=False)
    other = open_course(hidden)
    assert [facts.pk for facts in public.upcoming_courses()] == [shown.pk]
    assert public.course_facts(other) is None
    assert public.course_facts(-1) is None


def test_volunteers_courses_are_asked_for(initiative):
    open_course(initiative, for_whom="volunteers", kind="training")
    assert public.upcoming_courses() == []
    assert len(public.upcoming_courses(for_whom="volunteers", kinds=["training"])) == 1


def test_by_town_and_initiative(initiative, other_initiative):
    towns = [Municipality.objects.get(name=name) for name in ("Helsingør", "Kolding")]
    here, there = open_course(initiative, town=towns[0]), open_course(other_initiative, town=towns[1])
    assert [facts.pk for facts in public.upcoming_courses(town=towns[1])] == [there.pk]
    assert [facts.pk for facts in public.upcoming_courses(initiative=initiative)] == [here.pk]
    assert public.towns() == towns


@pytest.mark.parametrize(
    ("taken", "words", "full"),
    [(0, "places left", False), (6, "few places left", False), (8, "waiting list", True)],
)
def test_places_are_words(initiative, taken, words, full):
    course = open_course(initiative)
    with scope_of(initiative.pk):
        GroupCourse.objects.filter(pk=course.pk).update(seats_taken=taken)
    facts = public.course_facts(course)
    assert (facts.seats, facts.is_full) == (words, full)


def test_a_full_workshop_gives_way_to_the_next(initiative):
    course = open_course(initiative)
    full = make.IntroWorkshopFactory(initiative=initiative, courses=[course], capacity=1, date=days(3))
    free = make.IntroWorkshopFactory(initiative=initiative, courses=[course], date=days(5))
    make.IntroWorkshopFactory(initiative=initiative, courses=[course], is_public=False, date=days(2))
    make.EnrolmentFactory(course=course, state="invited", workshop=full)
    assert [row.pk for row in public.upcoming_workshops(course=course)] == [full.pk, free.pk]
    assert public.next_workshop(course=course).pk == free.pk


def test_the_coordinator_is_the_courses_own_or_the_towns(initiative):
    towns = [Municipality.objects.get(name=name) for name in ("Helsingør", "Kolding")]
    first, near, own = (
        LocalCoordinator.objects.create(name=name, initiative=initiative) for name in ("Ane", "Bo", "Cy")
    )
    near.municipalities.add(towns[1])
    near.save()
    course = open_course(initiative, town=towns[1])
    assert public.course_facts(course).coordinator == near
    course = open_course(initiative, town=towns[0])
    assert public.course_facts(course).coordinator == first
    course = open_course(initiative, coordinator=own)
    assert public.course_facts(course).coordinator == own


def test_nothing_is_said_of_any_person(initiative):
    course = open_course(initiative, notes="hemmeligt")
    citizen = CitizenFactory(initiative=initiative, first_name="Zqvnavn")
    make.EnrolmentFactory(course=course, citizen=citizen, state="enrolled", note="hemmeligt")
    make.FacilitatorFactory(course=course)
    said = str(dataclasses.asdict(public.course_facts(course)))
    assert "hemmeligt" not in said
    assert "Zqvnavn" not in said


def test_queries_do_not_grow_with_the_courses(initiative, other_initiative):
    def made(count):
        for owner in (initiative, other_initiative):
            for _ in range(count):
                make.IntroWorkshopFactory(initiative=owner, courses=[open_course(owner, sessions=3)])

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            public.upcoming_courses()
            public.upcoming_workshops()
        return len(seen)

    made(1)
    few = asked()
    made(5)
    assert asked() == few


def test_the_scope_is_closed_again_afterwards(initiative):
    from django_scopes.exceptions import ScopeError

    open_course(initiative)
    public.upcoming_courses()
    with pytest.raises(ScopeError):
        GroupCourse.objects.count()


# Workshops


def test_a_workshop_is_made_changed_and_called_off(in_scope, coordinator, make_course, told):
    from peer_support.courses.signals import workshop_changed

    course = make_course()
    workshop = services.create_workshop(
        initiative=in_scope,
        values={"date": days(9), "start_time": datetime.time(16), "capacity": 12},
        user=coordinator,
        courses=[course],
    )
    assert str(workshop) == "Intro workshop 1"
    with told(workshop_changed) as heard:
        services.change_workshop(workshop=workshop, values={"capacity": 10}, user=coordinator)
        services.change_workshop(workshop=workshop, values={"date": days(10)}, user=coordinator)
        services.cancel_workshop(workshop=workshop, reason="place", user=coordinator)
    assert len(heard) == 2
    assert list(public.upcoming_workshops()) == []


# Screens of templates and holidays


def test_a_coordinator_reads_a_template_and_keeps_the_holidays(initiative, client_for, template):
    client = client_for(CoordinatorFactory(initiative=initiative))
    page = client.get(f"/admin/snippets/peer_support/coursetemplate/inspect/{template.pk}/")
    assert "Emne 10" in page.content.decode()
    posted = client.post(
        "/admin/snippets/peer_support/schoolholiday/add/",
        {"name": "Vinterferie", "first_day": "2027-02-15", "last_day": "2027-02-14", "municipalities": []},
    )
    assert posted.status_code == 200
    assert "peer_holiday" not in posted.content.decode()
    assert SchoolHoliday.objects.count() == 0
    client.post(
        "/admin/snippets/peer_support/schoolholiday/add/",
        {"name": "Vinterferie", "first_day": "2027-02-15", "last_day": "2027-02-21", "municipalities": []},
    )
    assert SchoolHoliday.objects.get().name == "Vinterferie"
