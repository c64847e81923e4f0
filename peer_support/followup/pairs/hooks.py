"""What the screens of pairs add to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path

from . import sections, sections_meetings, urls  # noqa: F401 - the sections register themselves


def admin_urls():
    """The addresses, under the admin's prefix."""
    return [path("pairs/", include(urls))]
