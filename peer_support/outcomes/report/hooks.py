"""What this room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .views import PERMISSION


def admin_urls():
    """The room's addresses, under the admin's prefix."""
    return [path("report/", include(urls))]


class ReportMenuItem(MenuItem):
    """The year's report, for those who may take it out of the house."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def menu_item():
    """The menu item of the report."""
    return ReportMenuItem(
        _("Year's report"),
        reverse_lazy("peer_support_report:choose"),
        name="peer-support-report",
        icon_name="doc-full",
        order=130,
    )
