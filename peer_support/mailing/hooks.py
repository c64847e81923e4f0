"""What this room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls


class MailsMenuItem(MenuItem):
    """Every kind of mail; for those who read or keep their texts."""

    def is_shown(self, request):
        return request.user.has_perm("peer_support.view_mailtext")


def admin_urls():
    """The room's addresses, under the admin's prefix."""
    return [path("mails/", include(urls))]


def settings_menu_item():
    """The item "Mails" in the menu of settings."""
    return MailsMenuItem(
        _("Mails"),
        reverse_lazy("peer_support_mailing:kinds"),
        name="peer-support-mails",
        icon_name="mail",
        order=615,
    )
