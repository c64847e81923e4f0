"""What questionnaires add to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import urls
from .presenting import NAMESPACE
from .views_base import PERMISSION


class QuestionnairesMenuItem(MenuItem):
    """Shown to those who ask people."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("questionnaires/", include(urls))]


def menu_item():
    """The menu item "Questionnaires"."""
    return QuestionnairesMenuItem(
        _("Questionnaires"),
        reverse_lazy(f"{NAMESPACE}:overview"),
        name="peer-support-questionnaires",
        icon_name="form",
        order=220,
    )
