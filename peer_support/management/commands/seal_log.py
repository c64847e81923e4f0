"""``manage.py seal_log``: seals the access log, and says whether an earlier seal is broken."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...privacy.sealing import broken_seals, seal_log


class Command(BaseCommand):
    """Run it every hour, or every night; with ``--check`` it only looks."""

    help = "Seal the new rows of the access log. With --check: look whether all seals fit, and fail if not."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Seal nothing; look whether all seals fit.")

    def handle(self, *, check=False, verbosity=1, **options):
        if not check:
            count = seal_log()
            if verbosity:
                text = ngettext("%(count)d row sealed.", "%(count)d rows sealed.", count)
                self.stdout.write(text % {"count": count})
            return
        broken = broken_seals()
        if broken:
            lines = [
                _("Rows %(first)d to %(last)d of the access log are not as they were sealed.")
                % {"first": found.seal.first_entry, "last": found.seal.last_entry}
                if found.fault == "rows"
                else _("A seal is missing before row %(first)d of the access log.")
                % {"first": found.seal.first_entry}
                for found in broken
            ]
            raise CommandError("\n".join(lines))
        if verbosity:
            self.stdout.write(_("Every seal fits."))
