"""``manage.py send_mails``: sends the mails that are due, those that failed before among them; run it every few minutes."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...mailing.models import MailJob
from ...mailing.services import send_due
from ...people.importing.uploads import discard_expired


class Command(BaseCommand):
    """Safe to run twice, and twice at once: who claims a mail first sends it.

    It is the job that runs often, so it also throws away uploaded spreadsheets whose two hours are over.
    """

    help = (
        "Send the mails that are due, and try those again that could not be sent. Throw away uploaded spreadsheets "
        "that are more than two hours old. Run it every five minutes."
    )

    def handle(self, *, verbosity=1, **options):
        # First: a fault in a mail must not keep a spreadsheet of people.
        discard_expired()
        counts = send_due()
        if verbosity and counts:
            labels = dict(MailJob.State.choices)
            parts = [f"{labels.get(state, state)}: {count}" for state, count in sorted(counts.items())]
            self.stdout.write(_("Mails – %(counts)s") % {"counts": ", ".join(map(str, parts))})
