"""What this part adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .board import NAMESPACE


class StudiesMenuItem(MenuItem):
    """Effect studies, for those who run, lead or count them."""

    def is_shown(self, request):
        return request.user.has_perm("peer_support.view_study")


def admin_urls():
    """The addresses of the screens, under the admin's prefix."""
    return [path("studies/", include(urls))]


def menu_item():
    """The menu item "Effect studies"."""
    return StudiesMenuItem(
        _("Effect studies"),
        reverse_lazy(f"{NAMESPACE}:studies"),
        name="peer-support-studies",
        icon_name="clipboard-list",
        order=219,
    )
