"""Rows whose clock began on a day of the test's own, and the day on which a rule's clock runs out."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from peer_support.privacy import retention

TODAY = timezone.localdate


def stored(row, **values):
    """Let ``row`` have ``values`` without anything else happening."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    return type(row)._base_manager.get(pk=row.pk)


def at(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def boundary(code):
    """Return the first day that is too late for the rule to take what began on it."""
    months = retention.rules()[code].months_now
    return timezone.localtime(timezone.now() - timedelta(days=months * retention.DAYS_A_MONTH)).date()
