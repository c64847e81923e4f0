"""Let the demo's past happen in the past: the services ask the clock, so the clock is set back while they work."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def days_ago(days):
    """Run a block as if it were ``days`` days ago, at the same time of day; gives that moment, in local time."""
    moment = timezone.localtime() - timedelta(days=days)
    with patch("django.utils.timezone.now", lambda: moment):
        yield moment
