"""Everything that is written here: the centre's own words, the public numbers, and that a report was taken out."""

from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from ...privacy.access_log import log_access
from ...privacy.models import AccessLogEntry
from ..numbers.registry import ALL, Period
from .gathering import HIDDEN, count_house, years_until
from .models import PublicNumbers, YearReport
from .suppression import LIMIT

LAST12 = "last12"
# What a public page may show: counts that every reader understands.
PUBLIC = (
    "enquiries",
    "conversations",
    "matches_started",
    "matches_any",
    "courses_begun",
    "participants",
    "completed",
    "volunteers",
    "volunteers_active",
    "volunteers_new",
    "hours",
    "trips",
)
ROUND_TO = 5
CACHE_KEY = "peer_support.public_numbers"


@transaction.atomic
def save_foreword(*, year, initiative, text, user, route=""):
    """Keep the centre's own words for one report; returns the :class:`~.models.YearReport`."""
    row, __ = YearReport.objects.update_or_create(
        year=year, initiative=initiative, defaults={"foreword": text.strip()}
    )
    log_access(user=user, action=AccessLogEntry.Action.CHANGE, objects=[row], route=route)
    return row


@transaction.atomic
def log_taken_out(*, report, user, route=""):
    """Write down that somebody took the report out of the house: one line, and nobody's name."""
    row, __ = YearReport.objects.get_or_create(year=report.year, initiative=report.initiative)
    log_access(user=user, action=AccessLogEntry.Action.EXPORT, objects=[row], route=route)


def full_months(today):
    """Return the period of the last twelve months that are over."""
    last = today.replace(day=1).toordinal() - 1
    last = date.fromordinal(last)
    first = date(last.year - 1, last.month + 1, 1) if last.month < 12 else date(last.year, 1, 1)
    return Period(first, last, LAST12)


@transaction.atomic
def keep_public_numbers(*, today=None):
    """Count what pages may show, for the house and every initiative, and keep it; returns how many rows.

    Years that are over are kept as they stand in the reports. The last twelve months are rounded to five, as they
    overlap with the years: the difference of two exact numbers would tell of the few days between them.
    """
    today = today or timezone.localdate()
    over = years_until(today.year - 1)
    rows = _rows(count_house(over, today=today, codes=_family()), over, today, rounded=False)
    recent = (full_months(today),)
    rows += _rows(count_house(recent, today=today, codes=_family()), recent, today, rounded=True)
    PublicNumbers.objects.all().delete()
    PublicNumbers.objects.bulk_create(rows)
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    cache.delete(CACHE_KEY)
    return len(rows)


def _family():
    """The public figures, and those that add up with them: these are hidden together."""
    from ..numbers.registry import figures

    known = figures()
    wholes = {known[code].part_of or code for code in PUBLIC if code in known}
    wanted = set(PUBLIC) | wholes
    return [
        code
        for code, figure in known.items()
        if code in wanted or (figure.part_of in wholes and figure.sums_up)
    ]


def _rows(numbers, periods, today, *, rounded):
    rows = []
    for key in (ALL, *(key for key, __ in numbers.initiatives)):
        for index, period in enumerate(periods):
            values = {
                code: public_value(numbers.at(code, key, index), rounded=rounded)
                for code in PUBLIC
                if code in numbers.answers
            }
            rows.append(
                PublicNumbers(
                    initiative_id=key or None,
                    period=period.label,
                    counted_on=today,
                    rounded=rounded,
                    values=values,
                )
            )
    return rows


def public_value(value, *, rounded):
    """Return a number as a whole one, or None where it is hidden, not known, or below five."""
    if value is HIDDEN or value is None:
        return None
    whole = int(Decimal(value).quantize(Decimal(1)))
    if whole < LIMIT:
        return None
    return (whole + ROUND_TO // 2) // ROUND_TO * ROUND_TO if rounded else whole
