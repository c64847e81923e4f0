"""``manage.py purge``: erases whoever's time is over. Says what it would do; does it with ``--apply``."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...access.scopes import scope_of
from ...directory.models import Initiative
from ...privacy import retention


class Command(BaseCommand):
    """Goes through the initiatives one by one. Can be stopped at any time, and run again."""

    help = (
        "Erase people, and what was said, when it has been kept for as long as was promised. Without --apply it only "
        "counts. Run it every night with --apply."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="Erase; without it, only count.")

    def handle(self, *, apply=False, verbosity=1, **options):
        counts = dict.fromkeys(retention.rules(), 0)
        for initiative_id in Initiative.objects.order_by("pk").values_list("pk", flat=True):
            with scope_of(initiative_id):
                for code, found in retention.purge(apply=apply).items():
                    counts[code] += len(found)
        if not verbosity:
            return
        for code, count in counts.items():
            rule = retention.rules()[code]
            line = _("%(count)4d  %(label)s (after %(months)d months) [%(code)s]")
            values = {"count": count, "label": rule.label, "months": rule.months_now, "code": code}
            self.stdout.write(line % values)
        self.stdout.write(_("This is erased.") if apply else _("Nothing is erased. Add --apply to erase it."))
