"""``manage.py ask_still_here``: asks those whose time has come whether they still want to be registered."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...access.scopes import scope_of
from ...directory.models import Initiative
from ...people.still_here import ask_due


class Command(BaseCommand):
    """One mail and one reminder at most, where an editor has switched the mail on; else a line on today's list."""

    help = (
        "Ask everybody once a year whether they still want to be registered, and citizens without a match after five months. "
        "Safe to run again; run it every night."
    )

    def handle(self, *, verbosity=1, **options):
        made = mails = 0
        for initiative_id in (
            Initiative.objects.filter(runs_here=True).order_by("pk").values_list("pk", flat=True)
        ):
            with scope_of(initiative_id):
                new, written = ask_due()
            made, mails = made + new, mails + written
        if verbosity:
            self.stdout.write(
                _("Questions made: %(made)d. Mails asked for: %(mails)d.") % {"made": made, "mails": mails}
            )
