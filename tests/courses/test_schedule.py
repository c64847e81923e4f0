"""When a course meets: the wall clock, ISO weeks, holidays. Pure: no database."""

from datetime import UTC, date, time, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.courses import schedule
from peer_support.courses.schedule import Clock, Closed, Why

pytestmark = pytest.mark.one_database
WINTER_BREAK = Closed(date(2027, 2, 15), date(2027, 2, 21), "Vinterferie")
SOME_DAY = st.dates(date(2024, 1, 1), date(2034, 12, 31))


def test_520_weekly_sessions_over_ten_years():
    plan = schedule.weekly(date(2026, 8, 4), 520)
    assert len(plan.days) == 520
    assert plan.days[-1].year == 2036
    # The same time on the wall, on the same weekday, in summer and winter.
    moments = [schedule.begins(day, time(19)) for day in plan.days]
    assert {(moment.hour, moment.minute, moment.weekday()) for moment in moments} == {(19, 0, 1)}
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=1), timedelta(hours=2)}
    # Every week is there once, either met in or marked as skipped, week 53 too.
    marked = {skip.day for skip in plan.skipped}
    weeks = sorted(schedule.week_of(day) for day in {*plan.days, *marked})
    assert len(set(weeks)) == len(weeks) == 520 + len(marked)
    assert {(2026, 53), (2032, 53)} <= set(weeks)
    assert (2027, 53) not in weeks
    # No holiday is met on unmarked; the list is asked another way than the plan did.
    public = holidays.country_holidays("DK", years=range(2026, 2038))
    assert not [day for day in plan.days if day in public]
    assert marked >= {day for day in public if day.weekday() == 1 and plan.days[0] < day < plan.days[-1]}
    assert all(skip.why == Why.PUBLIC_HOLIDAY and skip.name for skip in plan.skipped)


def test_control_hours_added_in_utc_move_with_the_clock():
    before = schedule.begins(date(2026, 10, 22), time(19)).astimezone(UTC)
    assert (before + timedelta(weeks=1)).astimezone(schedule.ZONE).hour == 18
    assert schedule.begins(date(2026, 10, 29), time(19)).hour == 19


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 8, 3), (2026, 32)),
        (date(2026, 12, 31), (2026, 53)),
        (date(2027, 1, 1), (2026, 53)),
        (date(2027, 1, 4), (2027, 1)),
        (date(2024, 12, 30), (2025, 1)),
    ],
)
def test_weeks_are_counted_as_danes_do(day, week):
    assert schedule.week_of(day) == week


def test_a_week_and_a_weekday_give_a_day():
    assert schedule.day_in_week(2026, 34, 1) == date(2026, 8, 18)
    assert schedule.day_in_week(2026, 53, 4) == date(2027, 1, 1)
    assert [year for year in range(2026, 2038) if schedule.weeks_in(year) == 53] == [2026, 2032, 2037]
    for week in (0, 53):
        with pytest.raises(schedule.NoSuchWeek):
            schedule.day_in_week(2027, week, 0)


def test_the_clock_of_spring_and_autumn():
    assert schedule.clock(date(2027, 3, 28), time(2, 30)) == Clock.NEVER
    assert schedule.clock(date(2026, 10, 25), time(2, 30)) == Clock.TWICE
    assert schedule.clock(date(2027, 3, 28), time(19)) == Clock.ONCE
    assert schedule.begins(date(2027, 3, 28), time(2, 30)).hour == 3
    # The first of the two: summer time.
    assert schedule.begins(date(2026, 10, 25), time(2, 30)).utcoffset() == timedelta(hours=2)


def test_a_night_across_the_change_lasts_as_long_as_it_does():
    assert schedule.ends(date(2026, 10, 24), time(23), 7 * 60).time() == time(5)
    assert schedule.ends(date(2027, 3, 27), time(23), 5 * 60).time() == time(5)


def test_holidays_and_closed_days_are_skipped_each_with_its_name():
    plan = schedule.weekly(date(2027, 2, 9), 8, closed=[WINTER_BREAK])
    assert [(skip.day, skip.why, skip.name) for skip in plan.skipped] == [
        (date(2027, 2, 16), Why.CLOSED, "Vinterferie")
    ]
    easter = schedule.weekly(date(2027, 3, 22), 2)
    assert easter.days == (date(2027, 3, 22), date(2027, 4, 5))
    assert easter.skipped[0].name == "Anden påskedag"


def test_the_last_days_of_the_year_are_off_and_the_first_of_may_is_not():
    assert schedule.public_holiday(date(2026, 12, 24)) == "Juleaftensdag"
    assert schedule.public_holiday(date(2026, 12, 31)) == "Nytårsaften"
    assert schedule.public_holiday(date(2027, 6, 5)) == "Grundlovsdag"
    assert schedule.public_holiday(date(2026, 5, 1)) == ""
    # The Great Day of Prayer was taken off the calendar in 2024.
    assert schedule.public_holiday(date(2023, 5, 5)) == "Store bededag"
    assert schedule.public_holiday(date(2024, 4, 26)) == ""


def test_a_day_that_somebody_keeps_is_met_on():
    day = date(2027, 2, 16)
    plan = schedule.weekly(date(2027, 2, 9), 3, closed=[WINTER_BREAK], kept={day})
    assert day in plan.days
    assert not plan.skipped


def test_closed_days_without_end_are_told_of():
    with pytest.raises(schedule.NeverOpen):
        schedule.weekly(date(2027, 1, 5), 2, closed=[Closed(date(2027, 1, 1), date(2040, 1, 1), "Ferie")])


def test_moving_one_leaves_the_others_or_takes_them_along():
    days = schedule.weekly(date(2027, 1, 12), 6).days
    alone = schedule.move(days, 2, date(2027, 1, 28))
    assert alone.days == (*days[:2], date(2027, 1, 28), *days[3:])
    tail = schedule.move(days, 2, date(2027, 2, 2), tail=True, closed=[WINTER_BREAK])
    assert tail.days[:3] == (*days[:2], date(2027, 2, 2))
    assert tail.days[3:] == (date(2027, 2, 9), date(2027, 2, 23), date(2027, 3, 2))
    assert [skip.name for skip in tail.skipped] == ["Vinterferie"]


def test_the_intake_ends_on_the_session_as_it_falls():
    days = [date(2027, 1, 12), date(2027, 2, 2), date(2027, 1, 19), date(2027, 1, 26)]
    assert schedule.intake_end(days, 3) == date(2027, 1, 26)
    assert schedule.intake_end(days, 9) == date(2027, 2, 2)
    assert schedule.intake_end(days, None) == date(2027, 2, 2)
    assert schedule.intake_end([], 3) is None


def test_meetings_that_touch_do_not_overlap():
    day = date(2027, 1, 12)
    assert schedule.overlap(day, time(19), 120, day, time(20), 60)
    assert not schedule.overlap(day, time(19), 120, day, time(21), 60)
    assert schedule.overlap(day, time(23), 120, day + timedelta(days=1), time(0, 30), 60)


PERIODS = st.lists(
    st.builds(
        lambda first, length: Closed(first, first + timedelta(days=length), "Ferie"),
        SOME_DAY,
        st.integers(0, 40),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(SOME_DAY, st.integers(1, 40), st.integers(1, 5), PERIODS)
def test_whatever_is_asked_the_rhythm_holds(first, count, interval, closed):
    plan = schedule.weekly(first, count, interval, closed)
    assert len(plan.days) == count
    every = sorted({*plan.days, *(skip.day for skip in plan.skipped)})
    assert len(every) == count + len(plan.skipped)
    assert every[0] == first
    steps = {b - a for a, b in zip(every, every[1:], strict=False)}
    assert steps <= {timedelta(weeks=interval)}
    assert all(schedule.skip_of(day, closed) is None for day in plan.days)
    assert all(schedule.skip_of(skip.day, closed) == skip for skip in plan.skipped)
    assert plan.days[-1] == every[-1]


@settings(max_examples=60, deadline=None)
@given(st.data(), SOME_DAY, st.integers(1, 15), PERIODS, st.integers(-20, 60))
def test_whatever_is_moved_nothing_is_lost(data, first, count, closed, shift):
    days = schedule.weekly(first, count, 1, closed).days
    index = data.draw(st.integers(0, count - 1))
    new = days[index] + timedelta(days=shift)
    for tail in (False, True):
        plan = schedule.move(days, index, new, tail=tail, closed=closed)
        assert len(plan.days) == count
        assert plan.days[:index] == days[:index]
        assert plan.days[index] == new
        if tail:
            later = plan.days[index:]
            assert list(later) == sorted(set(later))
            assert all(schedule.skip_of(day, closed) is None for day in later[1:])
        else:
            assert plan.days[index + 1 :] == days[index + 1 :]
