"""``manage.py reapply_erasures``: after a backup was restored, erases again whoever had been erased."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...privacy.erasure import reapply


class Command(BaseCommand):
    """Reads the ledger of erasures; safe to run at any time."""

    help = (
        "Erase again everybody who was erased before a backup was restored. The ledger must be the newest one: keep a "
        "copy outside the backup with erasure_ledger --save, and load it with --load before you run this."
    )

    def handle(self, *, verbosity=1, **options):
        count = reapply()
        if verbosity:
            text = ngettext("%(count)d record erased again.", "%(count)d records erased again.", count)
            self.stdout.write(text % {"count": count})
