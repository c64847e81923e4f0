"""What this room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path

from . import urls


def admin_urls():
    """The room's addresses, under the admin's prefix."""
    return [path("stars/", include(urls))]
