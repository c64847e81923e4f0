"""One session is moved or called off: the tail follows or not, and what follows from it is worked out anew."""

import datetime
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.courses import queries, services
from peer_support.courses.models import CourseState, GroupCourse, SessionState
from peer_support.courses.signals import session_cancelled, session_moved
from peer_support.testing import factories_courses as make
from peer_support.testing.factories import InitiativeFactory

from .conftest import SEVEN

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def session(course, number):
    return course.sessions.get(number=number)


def shown(course):
    return [(row.number, row.date, row.title) for row in queries.meeting(course)]


def test_moving_one_alone(make_course, coordinator, told):
    course = make_course()
    fourth = session(course, 4)
    with told(session_moved) as heard:
        done = services.move_session(
            session=fourth, to_date=fourth.date + timedelta(days=2), user=coordinator
        )
    assert done.session.moved_from == fourth.date
    assert [row.session_id for row in done.moved] == [fourth.pk]
    assert (done.course.ends_on, done.course.intake_until) == (course.ends_on, course.intake_until)
    assert heard[0]["changes"] == done.moved


def test_the_tail_follows_and_with_it_the_end_and_the_intake(make_course, coordinator):
    make.SchoolHolidayFactory(name="Vinterferie", first_day=date(2027, 2, 15), last_day=date(2027, 2, 21))
    course = make_course(date(2027, 1, 26))
    third = session(course, 3)
    preview, __ = services.preview_move(third, third.date + 2 * WEEK, tail=True)
    done = services.move_session(session=third, to_date=third.date + 2 * WEEK, user=coordinator, tail=True)
    assert [(row.pk, day) for row, day in preview] == [(row.session_id, row.new_date) for row in done.moved]
    assert done.course.intake_until == third.date + 2 * WEEK
    assert done.course.ends_on > course.ends_on
    assert [number for number, *__ in shown(course)] == list(range(1, 11))


def test_the_intake_follows_when_the_third_changes_places(make_course, coordinator):
    course = make_course()
    third, fourth = session(course, 3), session(course, 4)
    done = services.move_session(session=third, to_date=fourth.date + timedelta(days=1), user=coordinator)
    assert done.course.intake_until == fourth.date
    assert session(course, 4).pk == third.pk


def test_the_day_to_decide_moves_with_the_first(make_course, coordinator):
    course = make_course()
    done = services.move_session(
        session=session(course, 1), to_date=course.starts_on + WEEK, user=coordinator, tail=True
    )
    assert done.course.go_no_go_on == course.go_no_go_on + WEEK


def test_calling_one_off_with_the_tail_loses_no_subject(make_course, coordinator, told):
    course = make_course()
    subjects = [title for *__, title in shown(course)]
    fourth = session(course, 4)
    with told(session_cancelled) as heard:
        done = services.cancel_session(session=fourth, reason="facilitators", user=coordinator)
    after = shown(course)
    assert [title for *__, title in after] == subjects
    assert fourth.date not in [day for __, day, __ in after]
    assert [number for number, *__ in after] == list(range(1, 11))
    assert done.added.date == done.course.ends_on == course.ends_on + WEEK
    assert done.session.number is None
    assert heard[0]["added"] == done.added


def test_calling_one_off_alone_makes_the_course_shorter(make_course, coordinator):
    course = make_course()
    done = services.cancel_session(session=session(course, 2), reason="weather", user=coordinator, tail=False)
    assert [number for number, *__ in shown(course)] == list(range(1, 10))
    assert done.course.ends_on == course.ends_on
    assert done.course.intake_until == course.intake_until + WEEK


@pytest.mark.parametrize("tail", [True, False])
def test_taking_it_back_puts_everything_back(make_course, coordinator, tail):
    course = make_course()
    before = shown(course)
    fourth = session(course, 4)
    services.cancel_session(session=fourth, reason="place", user=coordinator, tail=tail)
    done = services.restore_session(session=fourth, user=coordinator)
    assert shown(course) == before
    assert (done.course.ends_on, done.course.intake_until) == (course.ends_on, course.intake_until)


def test_a_day_with_something_written_on_it_stays_when_it_is_taken_back(make_course, coordinator):
    course = make_course()
    fourth = session(course, 4)
    added = services.cancel_session(session=fourth, reason="place", user=coordinator).added
    make.AttendanceFactory(session=added, enrolment=make.EnrolmentFactory(course=course, state="enrolled"))
    done = services.restore_session(session=fourth, user=coordinator)
    assert done.removed is None
    assert len(shown(course)) == 11


def test_the_tail_does_not_land_on_a_day_that_was_called_off(make_course, coordinator):
    course = make_course()
    last = session(course, 10)
    services.cancel_session(session=last, reason="place", user=coordinator, tail=False)
    done = services.cancel_session(session=session(course, 2), reason="weather", user=coordinator)
    assert done.added.date == last.date + WEEK


def test_what_was_agreed_for_the_old_day_is_told(make_course, coordinator, with_leaders):
    course = with_leaders(make_course())
    first, leads = session(course, 1), course.facilitators.first()
    make.SessionStandInFactory(session=first, facilitator=leads)
    person = make.EnrolmentFactory(course=course, state="enrolled")
    make.AttendanceFactory(session=first, enrolment=person, mark="apologies")
    done = services.move_session(session=first, to_date=first.date + timedelta(days=1), user=coordinator)
    assert len(done.to_check) == 2


def test_a_holiday_that_is_chosen_is_kept_and_told(make_course, coordinator):
    course = make_course()
    done = services.move_session(session=session(course, 10), to_date=date(2027, 3, 29), user=coordinator)
    assert done.to_check == ["Monday March 29, 2027 is Anden påskedag. The session is held all the same."]


def test_two_sessions_of_a_course_do_not_overlap(make_course, coordinator):
    course = make_course()
    with pytest.raises(NotAllowed) as refused:
        services.move_session(session=session(course, 2), to_date=session(course, 3).date, user=coordinator)
    assert refused.value.decision.code == "overlaps"
    at_noon = services.move_session(
        session=session(course, 2),
        to_date=session(course, 3).date,
        to_time=datetime.time(12),
        user=coordinator,
    )
    assert at_noon.session.number == 2


def test_what_has_been_held_stays(make_course, coordinator):
    course = make_course()
    first = session(course, 1)
    course.sessions.filter(pk=first.pk).update(state=SessionState.HELD)
    for service, facts in (
        (services.move_session, {"to_date": date(2027, 5, 11)}),
        (services.cancel_session, {"reason": "other"}),
    ):
        with pytest.raises(NotAllowed) as refused:
            service(session=first, user=coordinator, **facts)
        assert refused.value.decision.code == "session_held"


def test_a_session_that_somebody_else_changed_is_not_written_over(make_course, coordinator):
    course = make_course()
    second = session(course, 2)
    services.change_session(session=second, values={"title": "Nyt emne"}, user=coordinator)
    with pytest.raises(NotAllowed) as refused:
        services.move_session(
            session=second, to_date=date(2027, 5, 11), user=coordinator, expected_version=second.version
        )
    assert refused.value.decision.code == "stale"


def test_an_open_group_gets_one_more(make_course, coordinator):
    course = make_course(session_count=2)
    done = services.add_session(course=course, date=course.ends_on + WEEK, user=coordinator, title="En til")
    assert done.session.number == 3
    assert done.course.ends_on == course.ends_on + WEEK


def test_a_new_time_goes_to_the_sessions_that_had_the_old_one(make_course, coordinator, told):
    course = make_course()
    second = session(course, 2)
    services.change_session(session=second, values={"start_time": datetime.time(10)}, user=coordinator)
    with told(session_moved) as heard:
        done = services.change_course(
            course=course, values={"start_time": datetime.time(18)}, user=coordinator
        )
    times = dict(course.sessions.values_list("number", "start_time"))
    assert times.pop(2) == datetime.time(10)
    assert set(times.values()) == {datetime.time(18)}
    assert len(heard[0]["changes"]) == len(done.moved) == 9


class TestAnything(TestCase):
    """Any row of moves, cancellations and regrets leaves a course whose numbers, end and intake are right."""

    @classmethod
    def setUpTestData(cls):
        cls.initiative = InitiativeFactory()
        cls.template = make.CourseTemplateFactory(plans=6, session_count=6)
        with scope_of(cls.initiative.pk):
            wanted = services.Wanted(cls.template, date(2027, 1, 12), SEVEN)
            cls.course = services.create_course(initiative=cls.initiative, wanted=wanted, user=None)

    STEP = st.tuples(
        st.sampled_from(["move", "cancel", "restore"]), st.integers(0, 8), st.integers(-9, 25), st.booleans()
    )

    @settings(max_examples=12, deadline=None)
    @given(st.lists(STEP, min_size=1, max_size=5))
    def test_any_row_of_steps(self, steps):
        with scope_of(self.initiative.pk):
            for what, which, shift, tail in steps:
                rows = list(self.course.sessions.all())
                row = rows[which % len(rows)]
                try:
                    if what == "move":
                        services.move_session(
                            session=row, to_date=row.date + timedelta(days=shift), user=None, tail=tail
                        )
                    elif what == "cancel":
                        services.cancel_session(session=row, reason="other", user=None, tail=tail)
                    else:
                        services.restore_session(session=row, user=None)
                except NotAllowed:
                    continue
            self.check()

    def check(self):
        course = GroupCourse.objects.get(pk=self.course.pk)
        rows = list(queries.meeting(course))
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        days = [row.date for row in rows]
        assert len(set(days)) == len(days)
        assert course.starts_on == (days[0] if days else None)
        assert course.ends_on == (days[-1] if days else None)
        assert course.intake_until == (days[min(3, len(days)) - 1] if days else None)
        titles = [row.title for row in rows if row.title]
        assert len(set(titles)) == len(titles)
        assert course.state == CourseState.PLANNED
