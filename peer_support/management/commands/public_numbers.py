"""``manage.py public_numbers``: count what public pages may show; run it every night."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...outcomes.report.services import keep_public_numbers


class Command(BaseCommand):
    """Counts once, so that no visit to a page does."""

    help = "Count the numbers that public pages show, hide what could give a person away, and keep them. Run it nightly."

    def handle(self, *, verbosity=1, **options):
        count = keep_public_numbers()
        if verbosity:
            text = ngettext("%(count)d set of numbers kept.", "%(count)d sets of numbers kept.", count)
            self.stdout.write(text % {"count": count})
