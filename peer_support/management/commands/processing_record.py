"""``manage.py processing_record``: prints what is kept about people, why, and for how long, as Markdown."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from ...privacy.record import processing_record, retention_record


class Command(BaseCommand):
    """Made from the registry that export, erasure and purge use too."""

    help = "Print the record of processing and the rules of retention, as Markdown in the site's language."

    def handle(self, **options):
        with override(settings.LANGUAGE_CODE):
            self.stdout.write(retention_record())
            self.stdout.write(processing_record())
