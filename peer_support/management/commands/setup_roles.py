"""``manage.py setup_roles``: the groups of the package, with their permissions."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access.page_rights import give_page_rights
from ...access.roles import EDITOR, ensure_roles, group_for


class Command(BaseCommand):
    """Makes what is missing and takes nothing away; safe to run after every upgrade."""

    help = "Make the groups of the package and give them their permissions. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument(
            "--pages",
            action="store_true",
            help="Also let editors work with all pages, images and documents of the site.",
        )

    @transaction.atomic
    def handle(self, *, pages=False, verbosity=1, **options):
        for change in ensure_roles():
            self._say(verbosity, change.group, len(change.added), change.created)
        if pages:
            editors = group_for(EDITOR)
            self._say(verbosity, editors.name, give_page_rights(editors), False, pages=True)

    def _say(self, verbosity, name, count, created, pages=False):
        if not verbosity:
            return
        if pages:
            text = ngettext(
                "%(group)s: %(count)d right to pages, images and documents added",
                "%(group)s: %(count)d rights to pages, images and documents added",
                count,
            )
        elif created:
            text = ngettext(
                "%(group)s: made, with %(count)d permission",
                "%(group)s: made, with %(count)d permissions",
                count,
            )
        elif count:
            text = ngettext(
                "%(group)s: %(count)d permission added", "%(group)s: %(count)d permissions added", count
            )
        else:
            text = _("%(group)s: up to date")
        self.stdout.write(text % {"group": name, "count": count})
