"""``manage.py erasure_ledger``: saves the ledger of erasures as a file outside the backup, and loads it after a restore."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...privacy import ledger


class Command(BaseCommand):
    """``--save`` every night, and before a backup is restored; ``--load`` after it, and then ``reapply_erasures``."""

    help = (
        "Save the ledger of erasures (numbers, no names) to a file that you keep outside the backup, or load it after a "
        "backup was restored. Run reapply_erasures after loading."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--save", metavar="FILE", help="Write the ledger to FILE.")
        what.add_argument("--load", metavar="FILE", help="Add what FILE knows and the site does not.")
        parser.add_argument(
            "--other-key",
            action="store_true",
            help="Load a file that was written with another INDEX_KEY. Be sure that it is this site's.",
        )

    def handle(self, *, save=None, load=None, other_key=False, verbosity=1, **options):
        try:
            text, count = self._save(save) if save else self._load(load, other_key)
        except ledger.LedgerError as fault:
            raise CommandError(str(fault)) from fault
        if verbosity:
            self.stdout.write(text % {"count": count, "file": save or load})

    def _save(self, path):
        count = ledger.save(path)
        text = ngettext(
            "%(count)d erasure saved in %(file)s.", "%(count)d erasures saved in %(file)s.", count
        )
        return text, count

    def _load(self, path, other_key):
        count = ledger.load(path, any_key=other_key)
        text = ngettext("%(count)d erasure added.", "%(count)d erasures added.", count)
        return text + " " + _("Now run reapply_erasures."), count
