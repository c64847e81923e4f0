from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page

from example_site.models import TextPage
from peer_support.demo import initiatives
from peer_support.demo.loader import is_loaded, load_demo
from peer_support.demo.pages import make_pages
from peer_support.demo.pages_texts import ABOUT, PRIVACY
from peer_support.directory.models import Initiative


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
            counts = load_demo()
            counts["sider"] = self._pages()
        self.stdout.write(
            "Indlæst: " + ", ".join(f"{number} {what}" for what, number in counts.items() if number),
            ending="\n",
        )

    def _pages(self):
        """Put the package's pages in the place of Wagtail's welcome page, and this site's own below them."""
        for page in Page.get_first_root_node().get_children():
            page.delete()
        root = Page.objects.get(pk=Page.get_first_root_node().pk)
        rows = [Initiative.objects.get(title=entry["title"]) for entry in initiatives.entries()[:2]]
        editor = get_user_model().objects.get(username="redaktor")
        pages = make_pages(root, rows, editor)
        front = pages["forside"]
        for words in (ABOUT, PRIVACY):
            page = front.add_child(instance=TextPage(owner=editor, show_in_menus=words is ABOUT, **words))
            page.save_revision(user=editor).publish()
        return len(pages) + 2
