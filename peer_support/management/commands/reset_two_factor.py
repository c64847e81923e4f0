"""Forget a colleague's telephone, when it is lost and the reserve codes are gone."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from peer_support.access import two_factor


class Command(BaseCommand):
    help = "Forget a colleague's telephone and reserve codes; they set up anew at the next sign-in. Ring them first."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        if not two_factor.is_installed():
            raise CommandError("django-otp er ikke installeret, så der er ingen telefon at glemme.")
        model = get_user_model()
        user = model._default_manager.filter(**{model.USERNAME_FIELD: username}).first()
        if user is None:
            raise CommandError(f"Der er ingen bruger, der hedder {username}.")
        count = two_factor.forget(user)
        self.stdout.write(
            f"Glemt: {count}. {username} sætter en telefon op ved næste login."
            if count
            else "Der var ingen telefon."
        )
