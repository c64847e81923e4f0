"""What the board adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path

from . import home, menu, urls


def admin_urls():
    """The board's addresses, under the admin's prefix."""
    return [path("matching/", include(urls))]


def menu_item():
    """The menu "Matching"."""
    return menu.board_menu()


def homepage_panels(request, panels):
    """Put the matching panel on the admin's front page for those who work with matches."""
    if home.is_shown_to(request):
        panels.append(home.MatchingPanel())
