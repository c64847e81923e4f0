"""A week as seven days with what is in each, and a sentence where two things fall at once in one place."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import schedule, words
from ..models import SessionState
from .base import url


@dataclass
class Entry:
    """One thing in a day. ``clash``: something else is at the same place at the same time."""

    at: time | None
    hours: str
    title: str
    what: str
    where: str
    url: str
    cancelled: bool = False
    clash: str = ""


@dataclass
class Day:
    date: date
    name: str
    short: str
    is_today: bool
    holiday: str
    entries: list = field(default_factory=list)


def days_of(monday, sessions, workshops, guidance, today):
    """Return seven :class:`Day` from ``monday`` on."""
    days = {}
    for offset in range(7):
        day = monday + timedelta(days=offset)
        days[day] = Day(
            day,
            str(WEEKDAYS[day.weekday()]).capitalize(),
            date_format(day, "j. F"),
            day == today,
            schedule.public_holiday(day) or "",
        )
    for session in sessions:
        days[session.date].entries.append(_session(session, sessions))
    for workshop in workshops:
        days[workshop.date].entries.append(_workshop(workshop))
    for row in guidance:
        days[row.date].entries.append(_guidance(row))
    for day in days.values():
        day.entries.sort(key=lambda entry: (entry.at is None, entry.at or time(0), entry.title))
    return list(days.values())


def _session(session, others):
    course = session.course
    place = session.place_text or (session.place.name if session.place else course.place_words)
    return Entry(
        at=session.start_time,
        hours=words.hours(session.date, session.start_time, session.minutes),
        title=course.title,
        what=" · ".join(part for part in (str(session), session.title) if part),
        where=place,
        url=url("sessions", course.pk),
        cancelled=session.state == SessionState.CANCELLED,
        clash=_clash(session, others),
    )


def _clash(session, others):
    place = session.place_id or session.course.place_id
    if session.state == SessionState.CANCELLED or place is None:
        return ""
    for other in others:
        if other.pk == session.pk or other.state == SessionState.CANCELLED or other.date != session.date:
            continue
        if place != (other.place_id or other.course.place_id):
            continue
        if schedule.overlap(
            session.date, session.start_time, session.minutes, other.date, other.start_time, other.minutes
        ):
            return _("Same time and place as %(course)s") % {"course": other.course.title}
    return ""


def _workshop(workshop):
    return Entry(
        at=workshop.start_time,
        hours=words.hours(workshop.date, workshop.start_time, workshop.minutes),
        title=workshop.title or str(_("Intro workshop")),
        what=str(workshop),
        where=workshop.place_words,
        url=url("workshop", workshop.pk),
        cancelled=workshop.state == SessionState.CANCELLED,
    )


def _guidance(row):
    return Entry(
        at=row.start_time,
        hours=words.hours(row.date, row.start_time, row.minutes) if row.start_time else "",
        title=str(row.get_kind_display()).capitalize(),
        what=row.course.title,
        where=row.place_text,
        url=url("team", row.course_id),
    )
