"""What accompaniment adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .base import NAMESPACE, PERMISSION


class TripsMenuItem(MenuItem):
    """Shown to those who plan accompaniment."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("accompaniment/", include(urls))]


def menu_item():
    """The menu item "Accompaniment"."""
    return TripsMenuItem(
        _("Accompaniment"),
        reverse_lazy(f"{NAMESPACE}:overview"),
        name="peer-support-accompaniment",
        icon_name="arrow-right-full",
        order=210,
    )
