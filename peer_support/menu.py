"""The package's two submenus in the admin: what does not need a line of its own among a coordinator's every day."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

# A room puts its line into one of them by registering it under the submenu's hook.
FOLLOW_UP = "register_peer_support_follow_up_item"
NUMBERS = "register_peer_support_numbers_item"


def follow_up():
    """The submenu "Agreements and follow-up"; shown where one of its lines is."""
    return SubmenuMenuItem(
        _("Agreements and follow-up"),
        Menu(register_hook_name=FOLLOW_UP),
        name="peer-support-follow-up",
        icon_name="pick",
        order=205,
    )


def numbers():
    """The submenu "Numbers and effect"; shown where one of its lines is."""
    return SubmenuMenuItem(
        _("Numbers and effect"),
        Menu(register_hook_name=NUMBERS),
        name="peer-support-numbers-and-effect",
        icon_name="table",
        order=220,
    )
