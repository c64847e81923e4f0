from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page, Site

from example_site.models import HomePage
from peer_support.demo.loader import is_loaded, load_demo


class Command(BaseCommand):
    help = "Fill the example site with invented initiatives and people. Refused where DEBUG is off."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do nothing where it is filled already")

    def handle(self, *args, once, **options):
        if not settings.DEBUG:
            raise CommandError("Prøvedata har kendte adgangskoder. De kan kun indlæses med DEBUG=1.")
        if is_loaded():
            if once:
                return
            raise CommandError("Siden er allerede fyldt. Start forfra med: make demo-reset")
        with transaction.atomic():
            call_command("setup_roles", pages=True, verbosity=0)
            self._pages()
            counts = load_demo()
        self.stdout.write(
            "Indlæst: " + ", ".join(f"{number} {what}" for what, number in counts.items() if number),
            ending="\n",
        )

    def _pages(self):
        root = Page.get_first_root_node()
        for page in root.get_children():
            page.delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(
                title="Du behøver ikke gå alene",
                slug="forside",
                intro="Tal med en, der selv har været der. Det er gratis, og du bestemmer farten.",
                body="<p>På et frivilligcenter mødes mennesker, som har haft det svært, med mennesker, der er midt i det.</p>",
                search_description="Frivillig peer-støtte i Eksempelby: gratis, uden henvisning.",
            )
        )
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": home, "site_name": "Eksempelby"},
        )
