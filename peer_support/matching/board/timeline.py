"""The way of a match, from the first contact to the closing talk: what, when, by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import sentences
from ..models_match import State

# Days before the agreed end at which it is time to talk about it.
SOON = 30


@dataclass(frozen=True)
class Point:
    """One point of the way. ``at`` has a clock only where one is known; ``ahead``: it has not happened yet."""

    at: date | datetime
    words: str
    who: str = ""
    ahead: bool = False

    @property
    def has_clock(self):
        return isinstance(self.at, datetime)

    @property
    def day(self):
        return timezone.localtime(self.at).date() if self.has_clock else self.at


def timeline_of(match, conversations):
    """Return the :class:`Point` list of ``match``, oldest first, what is agreed for later last."""
    points = [*_before(match, conversations), *_steps(match)]
    points.sort(key=lambda point: (point.day, point.has_clock))
    return points + sorted(_ahead(match), key=lambda point: point.at)


def _before(match, conversations):
    citizen = match.citizen
    yield Point(citizen.enquired_on, _("First contact"))
    if citizen.waiting_since:
        yield Point(citizen.waiting_since, _("On the waiting list"))
    for conversation in conversations:
        yield Point(conversation.held_on, conversation.get_kind_display().capitalize())


def _steps(match):
    for event in match.events.select_related("user").order_by("at", "pk"):
        user = event.user
        who = (user.get_full_name() or user.get_username()) if user else ""
        yield Point(event.at, sentences.event(event), who)


def _ahead(match):
    today = timezone.localdate()
    if match.state == State.ACCEPTED and match.first_meeting_on and match.first_meeting_on >= today:
        yield Point(match.first_meeting_on, _("First meeting"), ahead=True)
    if match.state in (State.ACTIVE, State.PAUSED):
        if _still_on_trial(match, today):
            yield Point(match.trial_until, _("Until then either can stop without a reason"), ahead=True)
        if match.state == State.PAUSED and match.paused_until and match.paused_until >= today:
            yield Point(match.paused_until, _("The pause is over"), ahead=True)
        if match.planned_end:
            yield Point(match.planned_end, _("Closing talk: the agreed time is over"), ahead=True)


def _still_on_trial(match, today):
    """Whether a trial period is left that ends before the agreement does."""
    end = match.trial_until
    return bool(end and end >= today and not (match.planned_end and match.planned_end <= end))


def standing_of(match):
    """Say in a sentence how a match stands in which nothing presses; empty where a step is waited for."""
    if match.state == State.ACTIVE:
        return _active(match.planned_end)
    return {
        State.DECLINED: _("One of them said no. That is fine: it has cost nobody their place in the queue."),
        State.WITHDRAWN: _("The proposal was withdrawn. The two can be proposed to each other another time."),
        State.ENDED: _("The match has ended. The two are not proposed to each other again."),
    }.get(match.state, "")


def _active(end):
    if end is None:
        return _("The match is active. No end is agreed on.")
    date = {"date": sentences.day(end)}
    days = (end - timezone.localdate()).days
    if days < 0:
        return _("The agreed time was over on %(date)s. Talk with both: go on, or end it well?") % date
    if days <= SOON:
        return _("The agreed time runs out on %(date)s. Talk with both: go on, or end it well?") % date
    return _("The match is active, and agreed until %(date)s. Nothing needs to be done here now.") % date
