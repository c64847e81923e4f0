"""The links of courses: one evening for those who lead it, a participant's own page, an offer, and a calendar.

Each opens one record and nothing else. The addresses stand in ``urls_links``.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ..access.links import links_of, make_link, register_purpose, revoke_links
from . import schedule
from .models import Session
from .rules_attendance import ends_at

SESSION, PARTICIPANT, OFFER = "session", "participant", "offer"
CALENDAR, CALENDAR_LEADER = "calendar", "calendar_leader"
# The evening can be written down until a week after; by then the coordinator asks.
SESSION_DAYS = 7
# A late answer to an offer is still an answer: the page says whether there is a place.
OFFER_DAYS_MORE = 14
# A participant can look at their page, and fetch their certificate, for half a year after the last session.
PARTICIPANT_DAYS = 183

register_purpose(SESSION, "peer_support.session", days=None)
register_purpose(PARTICIPANT, "peer_support.enrolment", days=None)
register_purpose(OFFER, "peer_support.enrolment", days=None, once=True)
register_purpose(CALENDAR, "peer_support.citizen", days=None)
register_purpose(CALENDAR_LEADER, "peer_support.volunteer", days=None)

VIEWS = {
    SESSION: "session_link",
    PARTICIPANT: "participant_link",
    OFFER: "offer_link",
    CALENDAR: "calendar_link",
    CALENDAR_LEADER: "calendar_leader_link",
}


def address_of(link, request=None):
    """Return the address of ``link``; a whole one, to send, where the ``request`` says on which site."""
    path = reverse(f"peer_support:{VIEWS[link.purpose]}", args=[link.token])
    return request.build_absolute_uri(path) if request else path


def _lasting(link, until):
    """Let ``link`` hold until ``until``: the session may have been moved since it was made."""
    if link.expires_at != until:
        type(link).objects.filter(pk=link.pk).update(expires_at=until)
        link.expires_at = until
    return link


def session_link_until(session):
    """Return the moment until which a link to ``session`` holds."""
    return ends_at(session) + timedelta(days=SESSION_DAYS)


@transaction.atomic
def session_link(session, *, user=None, fresh=False):
    """Return the link to one evening, for those who lead it; it holds until a week after."""
    until = session_link_until(session)
    revive_expired(session, SESSION)
    return _lasting(
        make_link(purpose=SESSION, target=session, user=user, fresh=fresh, expires_at=until), until
    )


@transaction.atomic
def participant_link(enrolment, *, user=None, fresh=False):
    """Return the link to a participant's own page; it holds until half a year after the last session."""
    last = max(filter(None, (enrolment.course.ends_on, timezone.localdate())))
    until = _midnight_after(last + timedelta(days=PARTICIPANT_DAYS))
    link = make_link(purpose=PARTICIPANT, target=enrolment, user=user, fresh=fresh, expires_at=until)
    return _lasting(link, until)


@transaction.atomic
def offer_link(enrolment, *, user=None, fresh=False):
    """Return the link on which an offer is answered, once; a new offer gets a new one."""
    until = _midnight_after((enrolment.answer_by or timezone.localdate()) + timedelta(days=OFFER_DAYS_MORE))
    earlier = links_of(enrolment, OFFER).filter(created_at__lt=enrolment.offered_at or timezone.now())
    earlier.filter(used_at=None).update(revoked_at=timezone.now())
    link = make_link(purpose=OFFER, target=enrolment, user=user, fresh=fresh, expires_at=until)
    return _lasting(link, until)


@transaction.atomic
def calendar_link(person, *, user=None, fresh=False):
    """Return the secret address of somebody's calendar; ``fresh`` makes a new one and takes the old one back."""
    purpose = CALENDAR if person._meta.model_name == "citizen" else CALENDAR_LEADER
    return make_link(purpose=purpose, target=person, user=user, fresh=fresh)


def calendar_link_held(person):
    """Return the calendar's link where there is one, or ``None``."""
    return links_of(person, CALENDAR, CALENDAR_LEADER).first()


def revive_expired(target, purpose):
    """Let an expired link hold again where the record was moved to a later day; the same address keeps working."""
    expired = links_of(target, purpose).filter(expires_at__lte=timezone.now())
    if getattr(target, "date", None) and session_link_until(target) > timezone.now():
        expired.update(expires_at=session_link_until(target))


def _midnight_after(day):
    return datetime.combine(day + timedelta(days=1), time(0), schedule.ZONE)


def take_back_evenings(course):
    """Take back the links to the evenings of ``course`` from today on; returns how many.

    Whoever no longer leads it no longer opens them. The coordinator makes new ones for the others.
    """
    sessions = Session.objects.filter(course=course, date__gte=timezone.localdate())
    return sum(revoke_links(target=session, purpose=SESSION) for session in sessions)
