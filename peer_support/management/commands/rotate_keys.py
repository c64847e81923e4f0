"""``manage.py rotate_keys``: writes everything that is encrypted anew with the newest key, so that old keys can go."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...privacy.rotation import BATCH, rotate


class Command(BaseCommand):
    """Can be stopped at any time, and started again; people can work meanwhile."""

    help = (
        'Write all encrypted values anew with the first key of PEER_SUPPORT["KEYS"]. Put the new key in front, restart '
        "the site, run this, and take the old key out when it says that none is left. "
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Count only; write nothing.")
        parser.add_argument("--batch", type=int, default=BATCH, help="Rows at a time (default: %(default)s).")

    def handle(self, *, dry_run=False, batch=BATCH, **options):
        done = rotate(batch=max(1, batch), dry_run=dry_run)
        if dry_run:
            text = ngettext(
                "%(count)d value is written with an old key.",
                "%(count)d values are written with an old key.",
                done.renewed,
            )
        else:
            text = ngettext("%(count)d value written anew.", "%(count)d values written anew.", done.renewed)
        self.stdout.write(text % {"count": done.renewed})
        text = ngettext(
            "%(count)d value had the newest key.", "%(count)d values had the newest key.", done.current
        )
        self.stdout.write(text % {"count": done.current})
        if done.lost:
            text = ngettext(
                "%(count)d value fits none of the keys. It was left as it is.",
                "%(count)d values fit none of the keys. They were left as they are.",
                done.lost,
            )
            self.stderr.write(text % {"count": done.lost})
        elif not dry_run:
            self.stdout.write(_("The old keys can be taken out of the list."))
