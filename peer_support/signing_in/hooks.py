"""What the second proof adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _

from ..access.two_factor import is_installed
from . import urls


def admin_urls():
    """The pages' addresses, under the admin's prefix; none where ``django-otp`` is not installed."""
    return [path("sign-in/", include(urls))] if is_installed() else []


def account_menu_item(request):
    """The line on the page of one's own account."""
    if not is_installed():
        return None
    return {
        "url": reverse("peer_support_signing_in:phone"),
        "label": _("Code from your telephone"),
        "help_text": _(
            "Set up a telephone that shows a new code each time you sign in, or change to another one."
        ),
    }
