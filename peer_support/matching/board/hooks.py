"""What the board adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path

from . import menu, urls


def admin_urls():
    """The board's addresses, under the admin's prefix."""
    return [path("matching/", include(urls))]


def menu_item():
    """The menu "Matching"."""
    return menu.board_menu()
