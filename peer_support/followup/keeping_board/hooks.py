"""What keeping volunteers adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .admin import SkillAdmin
from .views import NAMESPACE, PERMISSION

__all__ = ["SkillAdmin", "admin_urls", "menu_item"]


class KeepingMenuItem(MenuItem):
    """Shown to those who work with volunteers."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("keeping/", include(urls))]


def menu_item():
    """The menu item "Keeping volunteers"."""
    return KeepingMenuItem(
        _("Keeping volunteers"),
        reverse_lazy(f"{NAMESPACE}:board"),
        name="peer-support-keeping",
        icon_name="pick",
        order=215,
    )
