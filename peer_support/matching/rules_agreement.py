"""How long a match may last, and what an agreement may say."""

import calendar
from datetime import timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from ..conf import peer_settings
from . import sentences

HOURS_IN_A_WEEK = 168
END_AFTER_START = _("The agreement must end after it begins.")
HOURS_AS_A_NUMBER = _("Write the hours a week as a number, such as 1.5.")


def longest(policy):
    """Return the months a match may be agreed on at a time: the policy's, and never more than the host allows."""
    return min(policy.months, peer_settings.MATCH_MONTHS_MAX)


def months_after(day, months):
    """Return the same day ``months`` later, or the month's last day where it has fewer."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def trial_end(active_from):
    """Return the last day of the trial period."""
    return active_from + timedelta(days=peer_settings.TRIAL_DAYS)


def may_start(match, active_from):
    """Whether the match can be active from this day."""
    if match.first_meeting_on and active_from < match.first_meeting_on:
        return Decision.no(
            "before_meeting",
            gettext("They met on %(date)s. The match cannot start before that day.")
            % {"date": sentences.day(match.first_meeting_on)},
        )
    return Decision.yes()


def may_last(start, end, months):
    """Whether an agreement from ``start`` to ``end`` is right in length."""
    if end <= start:
        return Decision.no("end_before_start", str(END_AFTER_START))
    latest = months_after(start, months)
    if end > latest:
        reason = ngettext(
            "A match is agreed on for at most %(months)s month at a time, here until %(date)s. "
            "You can agree on more later.",
            "A match is agreed on for at most %(months)s months at a time, here until %(date)s. "
            "You can agree on more later.",
            months,
        )
        return Decision.no("too_long", reason % {"months": months, "date": sentences.day(latest)})
    return Decision.yes()


def may_take_hours(hours):
    """Whether ``hours`` a week can be agreed on; ``None`` leaves it open."""
    if hours is not None and not 0 < hours <= HOURS_IN_A_WEEK:
        return Decision.no("hours", str(HOURS_AS_A_NUMBER))
    return Decision.yes()
