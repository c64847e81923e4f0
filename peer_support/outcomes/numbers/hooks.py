"""What this room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .views import PERMISSION


def admin_urls():
    """The room's addresses, under the admin's prefix."""
    return [path("numbers/", include(urls))]


class NumbersMenuItem(MenuItem):
    """Numbers, for those who work with people and those who lead the work."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def menu_item():
    """The menu item of the numbers; what lies ahead are tabs of it."""
    return NumbersMenuItem(
        _("Numbers"),
        reverse_lazy("peer_support_numbers:numbers"),
        name="peer-support-numbers",
        icon_name="table",
        order=129,
    )
