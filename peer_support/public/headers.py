"""Headers of every public page: a strict content security policy, and no copy of pages that are about a person."""

from django.utils.cache import patch_cache_control

from ..access.headers import policy_with, set_headers
from ..conf import peer_settings


def content_security_policy(*, closed=(), **more):
    """Return the policy as a header's value; ``more`` adds sources, e.g. ``frame_src=["https://player.example"]``.

    ``closed`` names what the page may not do at all, e.g. ``("connect-src",)``; it wins over every added source.
    """
    added = {name.replace("_", "-"): hosts for name, hosts in more.items()}
    return policy_with({**peer_settings.CSP_SOURCES, **added}, closed=closed)


def secure_headers(response, *, personal=False, closed=(), **more_sources):
    """Set the policy on ``response`` and, where the page is ``personal`` or takes a form, forbid keeping a copy.

    ``closed`` and ``more_sources`` go to :func:`content_security_policy`. Returns the response. A policy that stands
    there already is left alone.
    """
    set_headers(response, content_security_policy(closed=closed, **more_sources))
    if personal:
        patch_cache_control(response, private=True, no_store=True)
    return response
