from django.core.management.base import BaseCommand

from peer_support.demo.attendance import demo_links
from peer_support.demo.links import links_to_try
from peer_support.demo.loader import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Print where the demo site is and who can log in."

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")

    def handle(self, *args, port, **options):
        self.stdout.write(
            f"\n  Siden   http://localhost:{port}/\n  Admin   http://localhost:{port}/admin/\n\n"
        )
        for login in LOGINS:
            self.stdout.write(f"  {login.username:<13} {PASSWORD:<11} {login.what}")
        links = [*demo_links(), *links_to_try()]
        if links:
            self.stdout.write("\n  Uden login, bedst på en telefon eller i et smalt vindue:")
        for what, path in links:
            self.stdout.write(f"  {what:<27} http://localhost:{port}{path}")
        self.stdout.write("\n  Stop med Ctrl+C. Start forfra: make demo-reset\n")
