"""``manage.py mail_bounced JOB``: writes that a mail came back. JOB stands in its head, ``X-Mail-Reference``."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...mailing.services import note_bounce


class Command(BaseCommand):
    """For a mail server's script; a host's own handler calls ``peer_support.mailing.services.note_bounce``."""

    help = "Note that a mail came back. The number stands in the mail's head, X-Mail-Reference."

    def add_arguments(self, parser):
        parser.add_argument("job", type=int, help="the number in X-Mail-Reference")
        parser.add_argument(
            "--fault", default="", help="the kind of fault in a word or two, never an address"
        )

    def handle(self, *, job, fault, verbosity=1, **options):
        if not note_bounce(job, fault):
            raise CommandError(_("No mail with this number has been sent, or it was noted before."))
        if verbosity:
            self.stdout.write(_("Noted. The coordinator sees it on today's list."))
