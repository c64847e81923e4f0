"""What today's list adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import home, urls

homepage_panels = home.homepage_panels


class TodayMenuItem(MenuItem):
    """The list of the day, first in the menu of those who work with people."""

    def is_shown(self, request):
        return home.is_shown_to(request)


def admin_urls():
    """The list's addresses, under the admin's prefix."""
    return [path("today/", include(urls))]


def menu_item():
    """The menu item "Today"."""
    return TodayMenuItem(
        _("Today"),
        reverse_lazy("peer_support_today:today"),
        name="peer-support-today",
        icon_name="tasks",
        order=1,
    )
