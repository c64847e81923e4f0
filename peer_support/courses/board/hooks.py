"""What the room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.urls import include, path

from . import urls
from .home import homepage_panels

__all__ = ["admin_urls", "homepage_panels"]


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("courses/", include(urls))]
