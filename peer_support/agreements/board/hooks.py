"""What the room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .base import NAMESPACE, PERMISSION


class AgreementsMenuItem(MenuItem):
    """The overview for those who work with papers; the texts for those who write them."""

    def __init__(self, permission, *args, unless="", **kwargs):
        self.permission, self.unless = permission, unless
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        user = request.user
        return user.has_perm(self.permission) and not (self.unless and user.has_perm(self.unless))


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("papers/", include(urls))]


def menu_item():
    """The menu item "Agreements"."""
    return AgreementsMenuItem(
        PERMISSION,
        _("Agreements"),
        reverse_lazy(f"{NAMESPACE}:overview"),
        name="peer-support-agreements",
        icon_name="doc-full-inverse",
        order=205,
    )


def texts_menu_item():
    """The menu item "Texts of papers", for editors who see nobody's papers."""
    return AgreementsMenuItem(
        "peer_support.standard_papertext",
        _("Texts of papers"),
        reverse_lazy(f"{NAMESPACE}:texts"),
        unless=PERMISSION,
        name="peer-support-paper-texts",
        icon_name="doc-full-inverse",
        order=206,
    )
