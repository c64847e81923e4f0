"""A person's way in words: the agreed conversation, the calm timeline, and a conversation that has grown old."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import bookings, rules
from .models import ConversationBooking, Step
from .steps import CLOCK

_State = ConversationBooking.State


def booked_text(booking):
    """Return "Tuesday 3 November at 10:00, by telephone" of a booking."""
    at = timezone.localtime(booking.booked_for)
    # Translators: "tirsdag 3. november kl. 10.00, på telefon"
    text = _("%(weekday)s, %(day)s at %(time)s, %(how)s") % {
        "weekday": date_format(at, "l"),
        "day": date_format(at, "MONTH_DAY_FORMAT"),
        "time": time_format(at, "TIME_FORMAT"),
        "how": booking.get_how_display(),
    }
    return f"{text} · {booking.place}" if booking.place else text


@dataclass(frozen=True)
class Booked:
    """The agreed conversation on a person's page, and which of its buttons stand there."""

    text: str
    is_due: bool
    may_note_not_met: bool


def booked(person):
    """Return :class:`Booked`, or ``None`` where nothing is agreed."""
    booking = bookings.open_booking(person)
    if booking is None:
        return None
    return Booked(
        text=booked_text(booking),
        is_due=booking.day <= timezone.localdate(),
        may_note_not_met=bool(rules.may_note_not_met(booking)),
    )


@dataclass(frozen=True)
class WayPoint:
    """One row of the timeline: when it began, what it is, by whom, and how long it lasted."""

    at: datetime
    words: str
    lasted: str
    who: str = ""
    is_now: bool = False


def days_text(days):
    """Return "1 day", "41 days", or "the same day"."""
    if days < 1:
        return _("the same day")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def timeline(person):
    """Return the :class:`WayPoint` list of ``person``, the newest first."""
    rows = list(person.steps.select_related("user").order_by("at", "pk"))
    points = []
    for row, following in pairwise([*rows, None]):
        until = following.at if following else timezone.now()
        days = (timezone.localtime(until).date() - timezone.localtime(row.at).date()).days
        user = row.user
        points.append(
            WayPoint(
                at=row.at,
                words=_words(row),
                lasted=_lasted(row, following, days),
                who=(user.get_full_name() or user.get_username()) if user else "",
                is_now=following is None,
            )
        )
    return points[::-1]


def _lasted(row, following, days):
    if following is not None:
        return days_text(days)
    if row.step == Step.ENDED or days < 1:
        return ""
    return _("%(days)s so far") % {"days": days_text(days)}


_BY_WAY = {
    "people.cancel": lambda: _("The agreed conversation was called off"),
    "people.not_met": lambda: _("You did not meet; a new time can be agreed on"),
    "people.welcome_back": lambda: _("Welcome back"),
    "people.resume": lambda: _("The pause is over"),
    "matching.reopen": lambda: _("The last step of the match was taken back"),
}
_BY_STEP = {
    Step.ENQUIRY: lambda: _("First contact"),
    Step.BOOKED: lambda: _("A conversation was agreed on"),
    Step.HELD: lambda: _("The conversation began"),
    Step.APPROVED: lambda: _("Approved"),
    Step.WAITING: lambda: _("On the waiting list"),
    Step.ACTIVE: lambda: _("A match began"),
    Step.PAUSED: lambda: _("A pause began"),
    Step.ENDED: lambda: _("The record was closed"),
}
_AFTER_MATCH = {
    Step.HELD: lambda: _("The match ended, and you talk about what comes next"),
    Step.APPROVED: lambda: _("The match ended; ready for a new one"),
    Step.WAITING: lambda: _("The match ended; on the waiting list again"),
}


def _words(row):
    if row.way in _BY_WAY:
        return _BY_WAY[row.way]()
    if row.way == CLOCK and row.step != Step.PAUSED:
        return _("The pause is over")
    if row.from_step == Step.ACTIVE and row.step in _AFTER_MATCH:
        return _AFTER_MATCH[row.step]()
    return _BY_STEP[row.step]()
