"""``manage.py purge_expired``: deletes spreadsheets of people, and counters of forms, whose time is over; run it nightly."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...directory.suggestions import forget_handled
from ...followup.today.services import forget_old
from ...mailing.services import purge_old
from ...oversight.services import purge_notes
from ...pages.withdrawing import take_down_without_consent
from ...people.importing.uploads import discard_expired
from ...privacy.sealing import purge_log, seal_log
from ...public.throttle import purge_counters
from ...recruitment.services_story_consent import erase_old_consents


class Command(BaseCommand):
    """Deletes what is over in every initiative. Safe to run at any time."""

    help = (
        "Delete uploaded spreadsheets of people that are more than two hours old, the counters of the public forms, "
        "suggestions for initiatives that were handled 90 days ago, consents to stories that ended two years ago, "
        "and what is known of mails older than 400 days. "
        "Take down stories whose consent has run out. Seal the access log, and delete what of it is older than a year, "
        "with the notes on its review list. "
        "Run it every night."
    )

    def handle(self, *, verbosity=1, **options):
        count = discard_expired()
        counters = purge_counters()
        suggestions = forget_handled()
        consents = erase_old_consents()
        stories = take_down_without_consent()
        mails = purge_old()
        forget_old()
        seal_log()
        rows = purge_log()
        purge_notes()
        if verbosity:
            text = ngettext("%(count)d old upload deleted.", "%(count)d old uploads deleted.", count)
            self.stdout.write(text % {"count": count})
            text = ngettext("%(count)d old counter deleted.", "%(count)d old counters deleted.", counters)
            self.stdout.write(text % {"count": counters})
            text = ngettext(
                "%(count)d old suggestion deleted.", "%(count)d old suggestions deleted.", suggestions
            )
            self.stdout.write(text % {"count": suggestions})
            text = ngettext("%(count)d old consent deleted.", "%(count)d old consents deleted.", consents)
            self.stdout.write(text % {"count": consents})
            text = ngettext("%(count)d story taken down.", "%(count)d stories taken down.", stories)
            self.stdout.write(text % {"count": stories})
            text = ngettext("%(count)d old mail forgotten.", "%(count)d old mails forgotten.", mails)
            self.stdout.write(text % {"count": mails})
            text = ngettext(
                "%(count)d old row of the access log deleted.",
                "%(count)d old rows of the access log deleted.",
                rows,
            )
            self.stdout.write(text % {"count": rows})
