"""Where the papers of data protection stand in the admin: under the settings, for all who see the initiatives."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls_papers
from .views.papers import PERMISSION


class PapersMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def admin_urls():
    """The screens."""
    return [path("data-protection/", include(urls_papers))]


def settings_menu_item():
    """The papers, in the menu of the settings."""
    return PapersMenuItem(
        _("Papers on data protection"),
        reverse("peer_support_protection:papers"),
        name="peer-support-protection",
        icon_name="doc-full",
        order=710,
    )
