"""The board's place in the Wagtail admin's menu."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .base import PERMISSION


class BoardMenuItem(MenuItem):
    """A screen of the board; shown to those who may propose matches."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def board_menu():
    """Return the menu "Matching" with its four screens."""
    screens = [
        ("waiting", _("Waiting"), "time"),
        ("plan", _("Plan for all"), "tasks"),
        ("matches", _("Matches"), "group"),
        ("weights", _("Weights"), "sliders"),
    ]
    items = [
        BoardMenuItem(
            label,
            reverse_lazy(f"peer_support_matching:{name}"),
            name=f"peer-support-{name}",
            icon_name=icon,
            order=order * 100,
        )
        for order, (name, label, icon) in enumerate(screens, 1)
    ]
    return SubmenuMenuItem(
        _("Matching"), Menu(items=items), name="peer-support-matching", icon_name="link", order=200
    )
