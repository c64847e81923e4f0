"""Calendars, read by two parsers that know nothing of each other: ``icalendar`` and ``ics``."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from icalendar import Calendar as One
from ics import Calendar as Other

from peer_support.access.scopes import scope_of
from peer_support.courses.links import calendar_link
from peer_support.courses.models import GroupCourse
from peer_support.courses.services import cancel_session, move_session
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses

pytestmark = pytest.mark.django_db
WINTER, SUMMER = datetime.date(2027, 1, 12), datetime.date(2027, 7, 13)


@pytest.fixture
def course(initiative):
    """A published course with one session in January and one in July."""
    found = make_courses.GroupCourseFactory(
        initiative=initiative,
        state="open",
        title="Et forløb om angst",
        starts_on=WINTER,
        place_text="Biblioteket, lokale 2",
    )
    for number, day in enumerate((WINTER, SUMMER), start=1):
        make_courses.SessionFactory(course=found, number=number, date=day, title="Om angst")
    GroupCourse._base_manager.filter(pk=found.pk).update(ends_on=SUMMER)
    return found


def events_of(content):
    """Return the events as ``icalendar`` reads them, and check that ``ics`` reads the same."""
    one = list(One.from_ical(content).walk("VEVENT"))
    other = sorted(Other(content.decode()).events, key=lambda event: event.begin)
    assert [str(event["uid"]) for event in one] == [event.uid for event in other]
    for a, b in zip(one, other, strict=True):
        assert a["dtstart"].dt == b.begin.datetime and a["dtend"].dt == b.end.datetime
        assert str(a["summary"]) == b.name and str(a.get("location", "")) == (b.location or "")
    return one


def test_the_clock_on_the_wall_is_right_in_january_and_in_july(course, client):
    answer = client.get(f"/peer/forloeb/{course.pk}.ics")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    winter, summer = events_of(answer.content)
    for event, day, offset in ((winter, WINTER, 1), (summer, SUMMER, 2)):
        begins = event["dtstart"].dt
        assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
        assert begins.astimezone(ZoneInfo("Europe/Copenhagen")) == datetime.datetime(
            day.year, day.month, day.day, 19, tzinfo=ZoneInfo("Europe/Copenhagen")
        )
        assert begins.utcoffset() == datetime.timedelta(hours=offset)
    assert One.from_ical(answer.content).walk("VTIMEZONE"), "a program that knows no zones is told the rules"


def test_titles_are_neutral_and_name_the_session_and_the_centre(course, client):
    content = client.get(f"/peer/forloeb/{course.pk}.ics").content.decode()
    assert "angst" not in content.lower()
    first = events_of(content.encode())[0]
    assert str(first["summary"]).startswith("Mødegang 1, ") and first["location"] == "Biblioteket, lokale 2"


def test_an_answer_in_another_language_is_the_same(course, client):
    danish = client.get(f"/peer/forloeb/{course.pk}.ics").content
    with translation.override("en"):
        assert (
            client.get(f"/peer/forloeb/{course.pk}.ics", headers={"accept-language": "en"}).content == danish
        )


@pytest.mark.parametrize("change", [{"is_public": False}, {"state": "planned"}, {"state": "cancelled"}])
def test_a_course_that_is_not_published_has_no_calendar(course, client, change):
    change = change | (
        {"cancel_reason": "other", "ended_on": WINTER} if "cancelled" in change.values() else {}
    )
    GroupCourse._base_manager.filter(pk=course.pk).update(**change)
    assert client.get(f"/peer/forloeb/{course.pk}.ics").status_code == 404


def test_a_moved_session_keeps_its_uid_and_counts_its_sequence_up(course, client, coordinator):
    address = f"/peer/forloeb/{course.pk}.ics"
    before = events_of(client.get(address).content)[0]
    with scope_of(course.initiative_id):
        session = course.sessions.get(number=1)
        move_session(session=session, to_date=WINTER + datetime.timedelta(days=1), user=coordinator)
    after = events_of(client.get(address).content)[0]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt.date() == WINTER + datetime.timedelta(days=1)


def test_a_session_that_is_called_off_says_so(course, client, coordinator):
    with scope_of(course.initiative_id):
        cancel_session(session=course.sessions.get(number=1), reason="place", user=coordinator, tail=False)
    event = next(
        e for e in events_of(client.get(f"/peer/forloeb/{course.pk}.ics").content) if "aflyst" in e["summary"]
    )
    assert event["status"] == "CANCELLED" and event["transp"] == "TRANSPARENT"


def test_what_has_not_changed_is_not_sent_again(course, client):
    first = client.get(f"/peer/forloeb/{course.pk}.ics")
    again = client.get(f"/peer/forloeb/{course.pk}.ics", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    GroupCourse._base_manager.filter(pk=course.pk).update(place_text="Et andet sted")
    new = client.get(f"/peer/forloeb/{course.pk}.ics", headers={"if-none-match": first.headers["ETag"]})
    assert new.status_code == 200


def feed(client, person, purpose):
    with scope_of(person.initiative_id):
        address = f"/peer/kalender/{purpose}/{calendar_link(person).token}.ics"
    return [str(event["summary"]) for event in events_of(client.get(address).content)]


def test_a_participants_calendar_holds_the_sessions_from_the_one_they_joined(course, client):
    with scope_of(course.initiative_id):
        citizen = make.CitizenFactory(initiative=course.initiative, first_name="Zqvfornavn")
        last = course.sessions.get(number=2)
        enrolment = make_courses.EnrolmentFactory(
            course=course, citizen=citizen, state="enrolled", joined_from_session=last
        )
    titles = feed(client, citizen, "d")
    assert [title.split(",")[0] for title in titles] == ["Mødegang 2"]
    with scope_of(course.initiative_id):
        enrolment.state, enrolment.left_on = "left", WINTER
        enrolment.save()
    assert feed(client, citizen, "d") == []


def test_a_leaders_calendar_holds_what_they_lead_what_they_stand_in_for_and_guidance(course, client):
    with scope_of(course.initiative_id):
        first, last = course.sessions.order_by("number")
        leads = make_courses.FacilitatorFactory(course=course)
        stand_in = make.VolunteerFactory(initiative=course.initiative)
        make_courses.SessionStandInFactory(session=last, facilitator=leads, volunteer=stand_in)
        make_courses.GuidanceDateFactory(
            course=course, date=WINTER, start_time=datetime.time(16), given_by="Zqvvejleder"
        )
    assert [title.split(",")[0] for title in feed(client, leads.volunteer, "f")] == [
        "Vejledning",
        "Mødegang 1",
    ]
    assert [title.split(",")[0] for title in feed(client, stand_in, "f")] == ["Mødegang 2"]
