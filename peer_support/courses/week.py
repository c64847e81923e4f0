"""A week of courses: what is held on which day, and who would have to be in two places. Read inside the open scope."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext

from . import schedule, words
from .models import Facilitator, GuidanceDate, IntroWorkshop, Session, SessionState

SESSION, WORKSHOP, GUIDANCE = "session", "workshop", "guidance"


@dataclass
class Entry:
    """One thing in the week. ``record`` is the session, workshop or guidance date; ``clashes`` are sentences."""

    kind: str
    record: object
    title: str
    begins: datetime | None
    ends: datetime | None
    hours: str
    place: str
    called_off: bool
    course: object = None
    leaders: tuple = ()
    clashes: list = field(default_factory=list)

    @property
    def day(self):
        return self.record.date


@dataclass(frozen=True)
class Day:
    """One day of the week: its words ("Mandag 3. august 2026"), the name of a public holiday, and what is held."""

    date: date
    words: str
    holiday: str
    entries: list


@dataclass(frozen=True)
class Week:
    """An ISO week with its seven days; ``before`` and ``after`` are (ISO year, week)."""

    year: int
    number: int
    words: str
    days: list
    before: tuple
    after: tuple

    @property
    def entries(self):
        return [entry for day in self.days for entry in day.entries]

    @property
    def clashes(self):
        """Every sentence about somebody who would have to be in two places, once."""
        return list(dict.fromkeys(text for entry in self.entries for text in entry.clashes))


def list_of_weeks(days):
    """Return "week 32" or "weeks 32, 33 and 34" for some days, each week once."""
    numbers = [str(number) for __, number in dict.fromkeys(schedule.week_of(day) for day in days)]
    last = numbers.pop()
    text = pgettext("list of weeks", "%(some)s and %(last)s") % {"some": ", ".join(numbers), "last": last}
    count = len(numbers) + 1
    return ngettext("week %(numbers)s", "weeks %(numbers)s", count) % {"numbers": text if numbers else last}


def week(year, number, *, initiative=None, today=None):
    """Return the :class:`Week` of an ISO week; raises :class:`~.schedule.NoSuchWeek`. A constant number of queries."""
    monday = schedule.day_in_week(year, number, 0)
    sunday = monday + timedelta(days=6)
    within = {"date__range": (monday, sunday)}
    if initiative is not None:
        within["initiative"] = initiative
    entries = [*_sessions(within), *_workshops(within), *_guidance(within)]
    _note_clashes(entries)
    by_day = defaultdict(list)
    for entry in sorted(entries, key=_in_order):
        by_day[entry.day].append(entry)
    days = [monday + timedelta(days=n) for n in range(7)]
    return Week(
        year,
        number,
        words.week(monday, today),
        [Day(day, words.day(day), schedule.public_holiday(day), by_day[day]) for day in days],
        schedule.week_of(monday - timedelta(days=7)),
        schedule.week_of(monday + timedelta(days=7)),
    )


def _in_order(entry):
    """What has no time of day comes first."""
    return (entry.begins is not None, entry.begins and entry.begins.timestamp(), entry.title)


def this_week(**kwargs):
    """Return the :class:`Week` of today."""
    return week(*schedule.week_of(timezone.localdate()), **kwargs)


def _sessions(within):
    rows = (
        Session.objects.filter(**within)
        .select_related("course", "course__place", "place")
        .prefetch_related("stand_ins")
    )
    rows = list(rows)
    leading = defaultdict(list)
    courses = {row.course_id for row in rows}
    for leader in Facilitator.objects.filter(course__in=courses):
        leading[leader.course_id].append(leader)
    for row in rows:
        place = row.place_text or (row.place.name if row.place else "") or row.course.place_words
        title = gettext("%(course)s, %(session)s") % {"course": row.course.title, "session": row}
        leaders = _leaders(row, leading[row.course_id])
        yield _entry(SESSION, row, title, place, row.course, leaders)


def _leaders(session, leaders):
    """Return the keys of the volunteers who lead ``session``, stand-ins put in."""
    instead = {row.facilitator_id: row.volunteer_id for row in session.stand_ins.all()}
    on = [leader for leader in leaders if leader.is_on(session.date)]
    return set(filter(None, (instead.get(leader.pk, leader.volunteer_id) for leader in on)))


def _workshops(within):
    for row in IntroWorkshop.objects.filter(**within).select_related("place"):
        yield _entry(WORKSHOP, row, row.title or str(row), row.place_words, None, ())


def _guidance(within):
    rows = GuidanceDate.objects.filter(**within).select_related("course")
    for row in rows:
        title = f"{row.get_kind_display().capitalize()}, {row.course.title}"
        yield _entry(GUIDANCE, row, title, row.place_text, row.course, ())


def _entry(kind, row, title, place, course, leaders):
    known = row.start_time is not None
    return Entry(
        kind=kind,
        record=row,
        title=title,
        begins=schedule.begins(row.date, row.start_time) if known else None,
        ends=schedule.ends(row.date, row.start_time, row.minutes) if known else None,
        hours=words.hours(row.date, row.start_time, row.minutes) if known else "",
        place=place,
        called_off=row.state == SessionState.CANCELLED,
        course=course,
        leaders=tuple(sorted(leaders)),
    )


def _note_clashes(entries):
    """Write on the entries where the same volunteer, or the same place, is asked for twice at one time."""
    held = [entry for entry in entries if entry.begins and not entry.called_off]
    held.sort(key=lambda entry: entry.begins)
    for index, one in enumerate(held):
        for other in held[index + 1 :]:
            if other.begins >= one.ends:
                break
            for text in _clash(one, other):
                one.clashes.append(text)
                other.clashes.append(text)


def _clash(one, other):
    facts = {"day": words.day(one.day), "one": one.title, "other": other.title}
    if set(one.leaders) & set(other.leaders):
        yield gettext("%(day)s: the same volunteer leads “%(one)s” and “%(other)s”.") % facts
    if one.place and one.place == other.place:
        yield gettext("%(day)s: “%(one)s” and “%(other)s” are in the same place.") % facts
