"""Fill the postcode table from GeoNames' list."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peer_support.directory import postcodes
from peer_support.directory.importing.notices import Refused

SHOWN = 20


class Command(BaseCommand):
    help = "Load Danish postcodes with coordinates from a file or address in the GeoNames format (DK.txt or DK.zip)."

    def add_arguments(self, parser):
        parser.add_argument(
            "source", metavar="FILE|URL", help="A file, or an address that begins with https://."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and write nothing."
        )

    def handle(self, *args, source, dry_run, **options):
        try:
            rows, notices = postcodes.read(postcodes.decode(postcodes.fetch(source)))
            result = postcodes.load(rows, notices, dry_run=dry_run)
        except Refused as refused:
            raise CommandError(_shortened(refused.notices) + "\n" + _("Nothing was written.")) from None
        for notice in result.notices:
            self.stderr.write(notice.text)
        self.stdout.write(
            _("%(created)d new, %(updated)d changed, %(unchanged)d as before.")
            % {"created": result.created, "updated": result.updated, "unchanged": result.unchanged}
        )
        if result.missing:
            text = ngettext(
                "%(count)d stored postcode is not in the list and was kept.",
                "%(count)d stored postcodes are not in the list and were kept.",
                result.missing,
            )
            self.stdout.write(text % {"count": result.missing})
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))


def _shortened(notices):
    lines = [notice.text for notice in notices[:SHOWN]]
    if len(notices) > SHOWN:
        rest = len(notices) - SHOWN
        lines.append(ngettext("… and %(count)d more.", "… and %(count)d more.", rest) % {"count": rest})
    return "\n".join(lines)
