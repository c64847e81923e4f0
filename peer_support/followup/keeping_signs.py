"""The signs that a volunteer might be slipping away.

A sign is a fact with a sentence, never a mark of anybody. Each rule is one function with a test named after it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from ..agreements.service_time import Service
from ..conf import peer_settings
from ..matching.sentences import day as in_words
from ..matching.sentences import inside, listed
from ..people.models import Volunteer
from ..people.views.common import person_url
from .keeping import Sign

# Months after which it is worth asking. Supervision: the host may say otherwise (PEER_SUPPORT["SUPERVISION_MONTHS"]).
TOGETHER_MONTHS, THANKS_MONTHS, NO_MATCH_MONTHS, WISH_MONTHS = 6, 12, 3, 3
EXPIRES_DAYS = 60


@dataclass(frozen=True)
class Wish:
    """A skill that is wished: ``offered`` where a course that teaches it goes on or is on its way."""

    name: str
    since: date
    offered: bool


@dataclass(frozen=True)
class Held:
    """A skill that is held; ``through_course`` where a completed course says so."""

    name: str
    since: date
    until: date | None
    through_course: bool = False


@dataclass
class Row:
    """One volunteer: what is known, and ``signs`` where there is something to notice."""

    volunteer: Volunteer
    service: Service | None = None
    last_supervision: date | None = None
    last_together: date | None = None
    thanked: date | None = None
    matches: int = 0
    leads: bool = False
    last_match: date | None = None
    holds_supervision: bool = False
    wishes: list = field(default_factory=list)
    held: list = field(default_factory=list)
    signs: list = field(default_factory=list)

    @property
    def open_wishes(self):
        """Wishes that nothing is planned for."""
        return [wish for wish in self.wishes if not wish.offered]

    def is_paused(self, day):
        return self.volunteer.is_paused(day)


def months_between(start, day):
    """Return the whole months from ``start`` to ``day`` by the calendar; 0 where it lies ahead."""
    months = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
    return max(months, 0)


def _in_months(months):
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def _sign(code, row, text, since=None, **facts):
    volunteer = row.volunteer
    return Sign(
        code,
        text % {"who": volunteer, **facts},
        person_url(volunteer),
        volunteer.pk,
        volunteer.initiative_id,
        since,
    )


def supervision_sign(row, day):
    """Somebody who supports others and has not been at supervision for months.

    Nobody is told so who is on a pause, who supports nobody just now, or where no supervision has been held this year.
    """
    if not row.holds_supervision or row.is_paused(day) or not (row.matches or row.leads):
        return None
    since = max(filter(None, (row.last_supervision, row.volunteer.approved_on)), default=None)
    if since is None or months_between(since, day) < peer_settings.SUPERVISION_MONTHS:
        return None
    months = _in_months(months_between(since, day))
    if row.last_supervision is None:
        text = gettext("%(who)s has not been at supervision yet, after %(months)s.")
    else:
        text = gettext("%(who)s has not been seen at supervision for %(months)s.")
    return _sign("supervision", row, text, since, months=months)


def together_sign(row, day):
    """Somebody who has not met the others, at a meeting or a social event, for half a year."""
    since = max(filter(None, (row.last_together, row.volunteer.approved_on)), default=None)
    if row.is_paused(day) or since is None or months_between(since, day) < TOGETHER_MONTHS:
        return None
    text = gettext("%(who)s has not met the other volunteers for %(months)s.")
    return _sign("together", row, text, since, months=_in_months(months_between(since, day)))


def no_match_sign(row, day):
    """Somebody who waits for something to do: no match and no course for months."""
    if row.matches or row.leads or row.is_paused(day):
        return None
    since = max(filter(None, (row.last_match, row.volunteer.approved_on)), default=None)
    if since is None or months_between(since, day) < NO_MATCH_MONTHS:
        return None
    text = gettext("%(who)s has had nobody to support for %(months)s.")
    return _sign("no_match", row, text, since, months=_in_months(months_between(since, day)))


def thanks_sign(row, day):
    """Somebody who has not been thanked for a year."""
    since = max(filter(None, (row.thanked, row.volunteer.approved_on)), default=None)
    if since is None or months_between(since, day) < THANKS_MONTHS:
        return None
    if row.thanked is None:
        return _sign("thanks", row, gettext("No thank-you to %(who)s is written down yet."), since)
    text = gettext("%(who)s was last thanked %(months)s ago.")
    return _sign("thanks", row, text, since, months=_in_months(months_between(since, day)))


def wish_sign(row, day):
    """Somebody who has wished to learn something for months, and no course is planned for it."""
    waited = [wish for wish in row.open_wishes if months_between(wish.since, day) >= WISH_MONTHS]
    if not waited:
        return None
    names = listed(inside(wish.name) for wish in waited)
    text = gettext("%(who)s has wished to learn %(skills)s for %(months)s.")
    since = min(wish.since for wish in waited)
    return _sign("wish", row, text, since, skills=names, months=_in_months(months_between(since, day)))


def expiry_sign(row, day):
    """A skill that runs out within two months, or has run out and is not wished away."""
    ending = [
        skill for skill in row.held if skill.until and skill.until <= day + timedelta(days=EXPIRES_DAYS)
    ]
    if not ending:
        return None
    first = min(ending, key=lambda skill: skill.until)
    over = first.until < day
    text = (
        gettext("%(who)s: %(skill)s ran out on %(day)s.")
        if over
        else gettext("%(who)s: %(skill)s runs out on %(day)s.")
    )
    return _sign("expiry", row, text, first.until, skill=inside(first.name), day=in_words(first.until))


RULES = (supervision_sign, no_match_sign, wish_sign, together_sign, expiry_sign, thanks_sign)
