"""``manage.py dpia_draft``: prints a draft of the impact assessment (GDPR art. 35), as Markdown."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from ...people.dpia import dpia_as_markdown


class Command(BaseCommand):
    """The risks with what stands against them, and what shows it; blanks for the controller."""

    help = "Print a draft of the impact assessment in the site's language, as Markdown."

    def handle(self, **options):
        with override(settings.LANGUAGE_CODE):
            self.stdout.write(dpia_as_markdown())
