"""What this room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .views_admin import PERMISSION


def admin_urls():
    """The room's addresses, under the admin's prefix."""
    return [path("changes/", include(urls))]


class GroupMenuItem(MenuItem):
    """How it goes for groups, for those who see questionnaires."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def menu_item():
    """The menu item of the groups."""
    return GroupMenuItem(
        _("How it goes"),
        reverse_lazy("peer_support_changes:group"),
        name="peer-support-changes",
        icon_name="order",
        order=129,
    )
