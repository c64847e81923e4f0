"""``manage.py purge_expired``: deletes spreadsheets of people, and counters of forms, whose time is over; run it nightly."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...directory.suggestions import forget_handled
from ...people.importing.uploads import discard_expired
from ...public.throttle import purge_counters


class Command(BaseCommand):
    """Deletes what is over in every initiative. Safe to run at any time."""

    help = (
        "Delete uploaded spreadsheets of people that are more than two hours old, the counters of the public forms, "
        "and suggestions for initiatives that were handled 90 days ago. Run it every night."
    )

    def handle(self, *, verbosity=1, **options):
        count = discard_expired()
        counters = purge_counters()
        suggestions = forget_handled()
        if verbosity:
            text = ngettext("%(count)d old upload deleted.", "%(count)d old uploads deleted.", count)
            self.stdout.write(text % {"count": count})
            text = ngettext("%(count)d old counter deleted.", "%(count)d old counters deleted.", counters)
            self.stdout.write(text % {"count": counters})
            text = ngettext(
                "%(count)d old suggestion deleted.", "%(count)d old suggestions deleted.", suggestions
            )
            self.stdout.write(text % {"count": suggestions})
