"""Calendars (RFC 5545): of a published course, for everybody, and of one person, behind a secret address.

Whoever looks over a shoulder reads "Mødegang 3" and the centre's name: no title of a course, no name, no word of
illness. A moved session keeps its UID and counts its SEQUENCE up; one that is called off says so.
"""

import hashlib
from datetime import UTC, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Calendar, Event
from wagtail.models import Site

from . import schedule
from .models import (
    Enrolment,
    EnrolmentState,
    Facilitator,
    GuidanceDate,
    IntroWorkshop,
    Session,
    SessionStandIn,
    SessionState,
)
from .rules_attendance import is_expected

PRODUCT = "-//wagtail-peer-support//courses//DA"
# What is long over is no use in a calendar.
LOOK_BACK = timedelta(days=92)
_DOMAIN = "peer-support.invalid"


def centre_name():
    """Return the name of the centre as a calendar shows it."""
    site = Site.objects.filter(is_default_site=True).first()
    return (site.site_name if site else "") or getattr(settings, "WAGTAIL_SITE_NAME", "")


def course_calendar(course):
    """Return the calendar of a published course as bytes. The caller has seen to it that it is published."""
    sessions = course.sessions.select_related("course__place", "place")
    return _bytes(_session_event(session, centre_name()) for session in sessions)


def participant_calendar(citizen):
    """Return a participant's calendar: the sessions of the courses they have a place in, and their intro workshop."""
    return _bytes(_of_participant(citizen=citizen))


def leader_calendar(volunteer):
    """Return a volunteer's calendar: what they lead or stand in for, guidance, and courses they take part in."""
    return _bytes([*_of_leader(volunteer), *_of_participant(volunteer=volunteer)])


def _since():
    return timezone.localdate() - LOOK_BACK


def _of_participant(**person):
    centre = centre_name()
    enrolments = Enrolment.objects.filter(**person).select_related("course__place", "joined_from_session")
    placed = enrolments.filter(state__in=(EnrolmentState.ENROLLED, EnrolmentState.COMPLETED))
    for enrolment in placed:
        sessions = enrolment.course.sessions.filter(date__gte=_since()).select_related("place")
        for session in sessions:
            session.course = enrolment.course
            if is_expected(enrolment, session):
                yield _session_event(session, centre)
    invited = enrolments.filter(workshop__isnull=False, workshop__date__gte=_since()).exclude(
        state__in=(EnrolmentState.DECLINED, EnrolmentState.LEFT)
    )
    workshops = IntroWorkshop.objects.filter(pk__in=invited.values("workshop")).select_related("place")
    for workshop in workshops:
        yield _event(
            f"workshop-{workshop.pk}",
            gettext("Meeting"),
            workshop,
            centre,
            place=workshop.place_words,
            sequence=workshop.version,
        )


def _of_leader(volunteer):
    centre, since = centre_name(), _since()
    leading = list(Facilitator.objects.filter(volunteer=volunteer))
    away = SessionStandIn.objects.filter(facilitator__in=leading)
    stands_in = SessionStandIn.objects.filter(volunteer=volunteer)
    sessions = Session.objects.filter(
        Q(course__in=[row.course_id for row in leading]) | Q(pk__in=stands_in.values("session"))
    ).filter(date__gte=since)
    away, stands_in = (
        set(away.values_list("session", flat=True)),
        set(stands_in.values_list("session", flat=True)),
    )
    for session in sessions.select_related("course__place", "place"):
        leads = any(row.course_id == session.course_id and row.is_on(session.date) for row in leading)
        if session.pk in stands_in or (leads and session.pk not in away):
            yield _session_event(session, centre)
    current = [row.course_id for row in leading if row.until_on is None or row.until_on >= since]
    for date in GuidanceDate.objects.filter(course__in=current, date__gte=since).select_related("course"):
        if date.start_time is not None:
            yield _event(
                f"guidance-{date.pk}",
                date.get_kind_display().capitalize(),
                date,
                centre,
                place=date.place_text,
                sequence=date.course.version,
                changed=date.course.updated_at,
            )


def _session_event(session, centre):
    place = session.place_text or (session.place.name if session.place else "") or session.course.place_words
    title = gettext("Session") if session.number is None else str(session)
    return _event(
        f"session-{session.pk}",
        title,
        session,
        centre,
        place=place,
        sequence=session.version + session.course.version,
        changed=session.course.updated_at,
    )


def _event(uid, title, row, centre, *, place, sequence, changed=None):
    event = Event()
    begins = schedule.begins(row.date, row.start_time)
    cancelled = row.state == SessionState.CANCELLED
    if cancelled:
        title = gettext("%(title)s (called off)") % {"title": title}
    event.add("uid", f"peer-{uid}@{_DOMAIN}")
    # The stamp is part of what is compared: it may not say "now", or nothing would ever be unchanged.
    event.add("dtstamp", (changed or begins).astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", begins)
    event.add("dtend", schedule.ends(row.date, row.start_time, row.minutes))
    event.add("summary", ", ".join(filter(None, (title, centre))))
    if place:
        event.add("location", place)
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    return event


def _bytes(events):
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", centre_name())
    calendar.add("x-wr-timezone", schedule.ZONE.key)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    # Whatever language the calendar program asks for, the house speaks one, and the answer stays the same.
    with translation.override(settings.LANGUAGE_CODE):
        for event in sorted(events, key=lambda event: (event["dtstart"].dt, event["uid"])):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def etag_of(content):
    """Return the ETag of a calendar."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
