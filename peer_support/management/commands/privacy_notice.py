"""``manage.py privacy_notice``: prints the privacy notice for citizens or for volunteers, as Markdown."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from ...people.privacy_notice import AUDIENCES, notice_as_markdown


class Command(BaseCommand):
    """Made from the registry, the rules of retention and the roles, so that it says what the system does."""

    help = "Print the privacy notice in the site's language, as Markdown."

    def add_arguments(self, parser):
        parser.add_argument("audience", choices=list(AUDIENCES), nargs="?", default="citizen")
        parser.add_argument("--centre", default="", help="Who answers for the data.")
        parser.add_argument("--contact", default="", help="How to reach them.")

    def handle(self, *, audience, centre, contact, **options):
        with override(settings.LANGUAGE_CODE):
            self.stdout.write(notice_as_markdown(audience, centre=centre, contact=contact))
