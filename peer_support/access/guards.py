"""Guards for the package's own admin views: who may, and what may be kept by a browser."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils.cache import patch_cache_control
from wagtail.admin.auth import require_admin_access

from .attempts import noting_attempts
from .headers import admin_headers
from .reach import narrow


def no_store(response):
    """Tell browsers and proxies to keep no copy of ``response``; returns it."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def guarded(response):
    """Give ``response``, an admin page of the package's own, its headers: no copy is kept, and no foreign code runs."""
    return admin_headers(no_store(response))


def require_permission(*permissions):
    """Decorator for a function view: signed in, allowed into the admin, and holding every permission named.

    ``permissions`` are written ``"peer_support.make_match"``. A visitor is sent to the login page; somebody
    without the permission gets Wagtail's own refusal (a message on the admin's front page, or 403 to a script). Asking for
    another initiative's record is written down. Somebody with several tasks meets only the people with whom they may do it
    (:mod:`.reach`).
    """
    if not permissions:
        raise ValueError("Name at least one permission.")

    def decorator(view):
        def checked(request, *args, **kwargs):
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            with noting_attempts(request):
                return guarded(narrow(lambda: view(request, *args, **kwargs), request.user, *permissions))

        return wraps(view)(require_admin_access(checked))

    return decorator
