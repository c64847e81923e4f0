"""From a template to a course: what the preview shows is what is made."""

import datetime
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from peer_support.courses import services
from peer_support.courses.models import CourseEvent, GroupCourse, Session
from peer_support.courses.planning import Wanted, first_day_of
from peer_support.directory.models import Municipality
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import MeetingPlaceFactory
from peer_support.testing.factories_courses import CourseTemplateFactory, SchoolHolidayFactory

from .conftest import SEVEN

pytestmark = pytest.mark.django_db
FIRST = date(2027, 1, 26)


def winter_break(**kwargs):
    return SchoolHolidayFactory(
        name="Vinterferie", first_day=date(2027, 2, 15), last_day=date(2027, 2, 21), **kwargs
    )


def test_the_preview_shows_what_is_made(in_scope, coordinator, template):
    winter_break()
    wanted = Wanted(template, FIRST, SEVEN)
    preview = services.preview_course(wanted)
    assert GroupCourse.objects.count() == Session.objects.count() == 0
    course = services.create_course(initiative=in_scope, wanted=wanted, user=coordinator)
    made = list(course.sessions.all())
    assert [(row.number, row.date, row.title) for row in made] == [
        (row.number, row.date, row.title) for row in preview.sessions
    ]
    assert [skip.name for skip in preview.skipped] == ["Vinterferie"]
    assert (course.starts_on, course.ends_on) == (preview.starts_on, preview.ends_on)
    assert course.intake_until == preview.intake_until == made[2].date
    assert course.go_no_go_on == preview.go_no_go_on == FIRST - datetime.timedelta(days=7)


def test_a_course_takes_the_template_along_and_can_differ(make_course, template):
    course = make_course(capacity=6, title="Torsdagsgruppen")
    template.plans.all().delete()
    template.title = "Noget andet"
    template.save()
    course.refresh_from_db()
    first = course.sessions.first()
    assert (course.capacity, course.title, course.minutes) == (6, "Torsdagsgruppen", template.minutes)
    assert (first.title, first.aim, first.checklist) == (
        "Emne 1",
        "Mål 1",
        ["Velkomst", "Runde", "Afslutning"],
    )


def test_courses_are_numbered_within_the_initiative(make_course):
    assert [make_course().number, make_course().number] == [1, 2]
    assert str(GroupCourse.objects.first()) == "Course 2"


def test_school_holidays_hold_in_their_towns(make_course):
    helsingoer, kolding = (Municipality.objects.get(name=name) for name in ("Helsingør", "Kolding"))
    winter_break().municipalities.set([helsingoer])
    skipped = date(2027, 2, 16)
    assert make_course(FIRST, town=kolding).sessions.filter(date=skipped).exists()
    assert not make_course(FIRST, town=helsingoer).sessions.filter(date=skipped).exists()
    assert make_course(FIRST).sessions.filter(date=skipped).exists()


def test_a_day_can_be_kept(in_scope, template, make_course):
    winter_break()
    skipped = date(2027, 2, 16)
    assert make_course(FIRST, kept=[skipped]).sessions.filter(date=skipped).exists()
    preview = services.preview_course(Wanted(template, FIRST, SEVEN, kept=frozenset([skipped])))
    assert any("held although it is Vinterferie" in remark for remark in preview.remarks)


def test_a_course_begins_in_a_week(in_scope):
    assert first_day_of(2026, 53, 1) == date(2026, 12, 29)
    with pytest.raises(ValidationError, match="2027 has the weeks 1 to 52"):
        first_day_of(2027, 53, 1)


def test_a_time_that_never_comes_is_refused_and_shown_before(in_scope, coordinator, template):
    wanted = Wanted(template, date(2028, 3, 19), datetime.time(2, 30), session_count=4)
    assert any("02.30 does not come" in remark for remark in services.preview_course(wanted).remarks)
    with pytest.raises(ValidationError, match="does not come"):
        services.create_course(initiative=in_scope, wanted=wanted, user=coordinator)
    assert GroupCourse.objects.count() == 0


def test_an_open_group_takes_people_in_to_its_last_session(in_scope, coordinator):
    template = CourseTemplateFactory(
        kind="open", session_count=52, intake_sessions=None, capacity=None, wants_intro=False, minimum=0
    )
    wanted = Wanted(template, FIRST, SEVEN)
    course = services.create_course(initiative=in_scope, wanted=wanted, user=coordinator)
    assert course.sessions.count() == 52
    assert course.intake_until == course.ends_on


def test_the_place_gives_the_postcode_and_is_of_the_same_initiative(make_course, in_scope, other_initiative):
    assert make_course(place=MeetingPlaceFactory(initiative=in_scope, postcode="3000")).postcode == "3000"
    with pytest.raises(PermissionError):
        make_course(place=MeetingPlaceFactory(initiative=other_initiative))


def test_no_course_for_an_initiative_outside_the_scope(other_initiative, in_scope, coordinator, template):
    with pytest.raises(PermissionError):
        services.create_course(
            initiative=other_initiative, wanted=Wanted(template, FIRST, SEVEN), user=coordinator
        )


def test_what_was_done_is_written_down(make_course, coordinator):
    course = make_course()
    event = CourseEvent.objects.get(course=course)
    assert (event.action, event.user, event.from_state, event.to_state) == (
        "create",
        coordinator,
        "",
        "planned",
    )
    assert AccessLogEntry.objects.filter(action="create", object_id=course.pk, user=coordinator).exists()


def test_unknown_names_are_a_programmers_slip(template, in_scope):
    with pytest.raises(ValueError, match="state"):
        services.preview_course(Wanted(template, FIRST, SEVEN, {"state": "open"}))
