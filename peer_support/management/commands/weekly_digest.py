"""``manage.py weekly_digest``: a mail with numbers to the coordinators who want one; run it every Monday morning."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ...followup.today.digest import send_digests


class Command(BaseCommand):
    """One mail a week and task, however often it runs."""

    help = (
        "Send the coordinators who have it ticked a mail with how much is on today's list: numbers and a link. "
        "One a week, however often it runs. Run it on Monday morning."
    )

    def handle(self, *, verbosity=1, **options):
        count = send_digests()
        if verbosity:
            text = ngettext("%(count)d weekly mail asked for.", "%(count)d weekly mails asked for.", count)
            self.stdout.write(text % {"count": count})
