"""``manage.py plan_follow_ups``: plans the calls of matches that have none, e.g. those that began before an upgrade."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...access.scopes import for_each_initiative
from ...directory.models import Initiative
from ...followup.services_follow_up import plan_follow_ups


class Command(BaseCommand):
    """Safe to run twice, and twice at once: a call is planned once. What lies long back is not planned any more."""

    help = "Bring the follow-up calls of all matches into step with each initiative's plan."

    def handle(self, *, verbosity=1, **options):
        ids = Initiative.objects.filter(runs_here=True).values_list("pk", flat=True)
        written = for_each_initiative(lambda __: plan_follow_ups())(list(ids))
        if verbosity:
            self.stdout.write(
                _("Calls planned, moved or cancelled: %(count)s") % {"count": sum(written.values())}
            )
