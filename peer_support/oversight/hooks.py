"""What the data officer's desk adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import desk, urls

homepage_panels = desk.homepage_panels


class OfficerMenuItem(MenuItem):
    """The desk, for data officers."""

    def is_shown(self, request):
        return desk.is_shown_to(request)


def admin_urls():
    """The desk's addresses, under the admin's prefix."""
    return [path("oversight/", include(urls))]


def menu_item():
    """The menu item "Data officer"."""
    return OfficerMenuItem(
        _("Data officer"),
        reverse_lazy("peer_support_oversight:desk"),
        name="peer-support-oversight",
        icon_name="view",
        order=2,
    )
