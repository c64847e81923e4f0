"""The certificate: that somebody has taken part, and on which days. Nothing of why, and no title of the course."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ..access.decisions import NotAllowed
from . import words
from .ics import centre_name
from .rules_after import may_have_certificate, sessions_attended

TEMPLATE = "peer_support/courses/certificate.html"


@dataclass(frozen=True)
class Certificate:
    """What it says. ``sessions`` are those the person came to, ``held`` how many they could have come to."""

    name: str
    centre: str
    sessions: list
    first: date
    last: date
    length: str
    issued_on: date

    @property
    def count(self):
        return len(self.sessions)


def certificate_of(enrolment):
    """Return the :class:`Certificate` of ``enrolment``; raises ``NotAllowed`` where there is none."""
    decision = may_have_certificate(enrolment)
    if not decision:
        raise NotAllowed(decision)
    sessions = sessions_attended(enrolment)
    return Certificate(
        name=enrolment.person.display_name,
        centre=centre_name(),
        sessions=[
            {
                "session": session,
                "day": words.day(session.date),
                "hours": words.hours(session.date, session.start_time, session.minutes),
            }
            for session in sessions
        ],
        first=sessions[0].date,
        last=sessions[-1].date,
        length=words.length(sum(session.minutes for session in sessions)),
        issued_on=enrolment.completed_on or enrolment.left_on or timezone.localdate(),
    )
