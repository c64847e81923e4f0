"""What the room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path

from . import care_panel, home, urls

__all__ = ["admin_urls", "homepage_panels"]


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("courses/", include(urls))]


def homepage_panels(request, panels):
    """Put whom to ring, and the courses whose next step is for today, on the admin's front page."""
    care_panel.homepage_panels(request, panels)
    home.homepage_panels(request, panels)
