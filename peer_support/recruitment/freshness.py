"""How long a rule may stand before somebody must look at it again."""

from datetime import timedelta

from django.utils import timezone

# Rules for benefits follow the Finance Act and are mostly changed at New Year.
CHECK_AFTER = timedelta(days=365)


def needs_check(checked_on, today=None):
    """Return whether what was checked on ``checked_on`` (a date, or None for never) must be checked again.

    ``today`` is the local date. More than 365 days is too old; on the day itself it still holds.
    """
    if checked_on is None:
        return True
    return (today or timezone.localdate()) - checked_on > CHECK_AFTER
