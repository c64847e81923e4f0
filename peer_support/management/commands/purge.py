"""``manage.py purge``: erases whoever's time is over. Says what it would do; does it with ``--apply``."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access.scopes import scope_of
from ...directory.models import Initiative
from ...privacy import retention


class Command(BaseCommand):
    """Goes through the initiatives one by one. Can be stopped at any time, and run again."""

    help = (
        "Erase people, and what was said, when it has been kept for as long as was promised. Without --apply it only "
        "counts. What is under a legal hold stays, and is counted apart. Run it every night with --apply."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="Erase; without it, only count.")
        parser.add_argument(
            "--ids", action="store_true", help="Name the keys of the rows too, to compare two runs."
        )

    def handle(self, *, apply=False, ids=False, verbosity=1, **options):
        now = timezone.now()
        taken = {code: [] for code in retention.rules()}
        held = {code: [] for code in retention.rules()}
        for initiative_id in Initiative.objects.order_by("pk").values_list("pk", flat=True):
            with scope_of(initiative_id):
                for planned in retention.plan(now=now):
                    held[planned.rule.code] += _named(planned, now)
                for code, found in retention.purge(now=now, apply=apply).items():
                    taken[code] += found
        if verbosity:
            self._say(taken, held, ids, apply)

    def _say(self, taken, held, ids, apply):
        for code, found in taken.items():
            rule = retention.rules()[code]
            line = _("%(count)4d  %(label)s (after %(months)d months) [%(code)s]")
            values = {"count": len(found), "label": rule.label, "months": rule.months_now, "code": code}
            self.stdout.write(line % values)
            if ids and found:
                self.stdout.write("      " + " ".join(map(str, found)))
            if held[code]:
                text = ngettext(
                    "%(count)4d  held back by a legal hold: %(who)s",
                    "%(count)4d  held back by legal holds: %(who)s",
                    len(held[code]),
                )
                self.stdout.write(text % {"count": len(held[code]), "who": ", ".join(held[code])})
        self.stdout.write(_("This is erased.") if apply else _("Nothing is erased. Add --apply to erase it."))


def _named(planned, now):
    """Return what is held back as case numbers."""
    if not planned.held:
        return []
    rows = planned.rule.due(now).in_bulk(planned.held)
    return [str(rows[pk]) for pk in planned.held if pk in rows]
