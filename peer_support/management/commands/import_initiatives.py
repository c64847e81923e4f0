"""Take initiatives in from a file: CSV, XLSX, JSON, or the national catalogue's questionnaire as text."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peer_support.directory.importing.notices import Refused, refuse
from peer_support.directory.importing.opening import why_not
from peer_support.directory.importing.reading import MAX_BYTES, message, read
from peer_support.directory.services import import_initiatives

SHOWN = 50


class Command(BaseCommand):
    help = "Import initiatives as drafts from FILE (csv, xlsx, json, or the questionnaire document as txt)."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and write nothing."
        )
        parser.add_argument("--json", action="store_true", help="Print an account as JSON, and nothing else.")
        parser.add_argument(
            "--overwrite-edited", action="store_true", help="Also write fields that an editor has changed."
        )

    def handle(self, *args, file, dry_run, overwrite_edited, **options):
        try:
            found = read(file, _bytes(file))
            result = import_initiatives(
                entries=found.entries,
                dry_run=dry_run,
                overwrite_edited=overwrite_edited,
                route="import_initiatives",
            )
        except Refused as refused:
            raise CommandError("\n".join([*_texts(refused.notices), _("Nothing was written.")])) from None
        if options["json"]:
            account = found.summary
            account["messages"] = [*account["messages"], *map(message, result.notices)]
            self.stdout.write(json.dumps(account, ensure_ascii=False, indent=2))
            return
        for text in _texts([*found.notices, *result.notices], limit=None):
            self.stderr.write(text)
        self._account(result)

    def _account(self, result):
        counts = (
            (result.created, ngettext("%(count)d new draft.", "%(count)d new drafts.", len(result.created))),
            (result.updated, ngettext("%(count)d updated.", "%(count)d updated.", len(result.updated))),
            (
                result.unchanged,
                ngettext("%(count)d as before.", "%(count)d as before.", len(result.unchanged)),
            ),
            (
                result.kept,
                ngettext(
                    "%(count)d changed by an editor and left as it is.",
                    "%(count)d changed by an editor and left as they are.",
                    len(result.kept),
                ),
            ),
        )
        for items, text in counts:
            if items or items is result.created:
                self.stdout.write(text % {"count": len(items)})
        if result.dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))


def _bytes(name):
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        refuse(why_not(name, error))


def _texts(notices, limit=SHOWN):
    texts = [notice.text for notice in notices[:limit]]
    if limit and len(notices) > limit:
        rest = len(notices) - limit
        texts.append(ngettext("… and %(count)d more.", "… and %(count)d more.", rest) % {"count": rest})
    return texts
