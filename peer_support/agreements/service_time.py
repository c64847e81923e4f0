"""How long somebody has been a volunteer here.

**Years of service**: the days on which the volunteer was approved, that is from the day of approval until and including
the day before the record was closed, or until today; counted together over all periods, where somebody stopped and came
back. A pause counts (the volunteer has not stopped), the time before approval and the time between two periods do not.
Whole years, as on an anniversary: somebody approved on 24 November has one year on the next 24 November.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..people.models import PersonStep, Step, Volunteer

# Steps that begin a period, or go on with it. A pause goes on with one and begins none: one can pause before approval.
_SERVING = (Step.APPROVED, Step.ACTIVE)


def _earlier_periods(volunteers):
    """Return ``{volunteer id: [(first day, day it ended), …]}`` of the periods that are over, from the history of steps.

    One query. The period that goes on stands on the volunteer.
    """
    rows = PersonStep.objects.filter(volunteer__in=volunteers).order_by("at", "pk")
    found, begun = {}, {}
    for pk, step, at in rows.values_list("volunteer", "step", "at"):
        day = timezone.localtime(at).date()
        if step in _SERVING:
            begun.setdefault(pk, day)
        elif step != Step.PAUSED and pk in begun:
            found.setdefault(pk, []).append((begun.pop(pk), day))
    return found


@dataclass(frozen=True)
class Service:
    """``since``: the first day of all, or ``None``; ``days``: how many days in all; ``years``: the whole years of them."""

    since: date | None
    days: int
    years: int

    @property
    def in_words(self):
        return length_in_words(self.days)


def services_of(volunteers, day=None):
    """Return ``{volunteer id: Service}`` as of ``day`` (default: today), with a fixed number of queries."""
    day = day or timezone.localdate()
    volunteers = list(volunteers)
    told = _earlier_periods(volunteers)
    return {
        volunteer.pk: _service([*told.get(volunteer.pk, ()), *_own_period(volunteer)], day)
        for volunteer in volunteers
    }


def service_of(volunteer, day=None):
    """Return the :class:`Service` of one volunteer."""
    return services_of([volunteer], day)[volunteer.pk]


def _own_period(volunteer):
    if not volunteer.approved_on:
        return []
    ended = volunteer.ended_on if volunteer.status == Volunteer.Status.ENDED else None
    return [(volunteer.approved_on, ended)]


def _service(periods, day):
    """Put the periods together; those that overlap count once."""
    days, reached, first = 0, None, None
    for start, ended in sorted(periods, key=lambda period: period[0]):
        last = min(ended or day, day)
        first = first or (start if start <= day else None)
        begin = max(start, reached) if reached else start
        if last > begin:
            days += (last - begin).days
        reached = max(reached or last, last)
    return Service(first, days, _months(days, day) // 12)


def _months(days, day):
    """Return the whole months in ``days`` that end with ``day``, counted as people count them, by the calendar."""
    start = day - timedelta(days=days)
    months = (day.year - start.year) * 12 + day.month - start.month
    return months - (day.day < start.day)


def length_in_words(days, day=None):
    """Return "2 years and 3 months", "5 months", or "less than a month"."""
    months = _months(days, day or timezone.localdate())
    years, rest = divmod(months, 12)
    year_words = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    month_words = ngettext("%(n)d month", "%(n)d months", rest) % {"n": rest}
    if years and rest:
        return _("%(years)s and %(months)s") % {"years": year_words, "months": month_words}
    if years or rest:
        return year_words if years else month_words
    return _("less than a month")
