"""``manage.py purge_expired``: deletes the spreadsheets of people whose time is over; run it nightly."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...people.importing.uploads import discard_expired


class Command(BaseCommand):
    """Deletes what is over in every initiative. Safe to run at any time."""

    help = "Delete uploaded spreadsheets of people that are more than two hours old. Run it every night."

    def handle(self, *, verbosity=1, **options):
        count = discard_expired()
        if verbosity:
            text = ngettext("%(count)d old upload deleted.", "%(count)d old uploads deleted.", count)
            self.stdout.write(text % {"count": count})
