"""Headers of every public page: a strict content security policy, and no copy of pages that are about a person."""

from django.utils.cache import patch_cache_control

from ..conf import peer_settings

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


def content_security_policy(*, closed=(), **more):
    """Return the policy as a header's value; ``more`` adds sources, e.g. ``frame_src=["https://player.example"]``.

    ``closed`` names what the page may not do at all, e.g. ``("connect-src",)``; it wins over every added source.
    """
    policy = dict(POLICY)
    extra = {**peer_settings.CSP_SOURCES, **{name.replace("_", "-"): hosts for name, hosts in more.items()}}
    for name, hosts in extra.items():
        policy[name] = " ".join([policy.get(name, "'self'"), *hosts])
    policy |= dict.fromkeys(closed, "'none'")
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def secure_headers(response, *, personal=False, closed=(), **more_sources):
    """Set the policy on ``response`` and, where the page is ``personal`` or takes a form, forbid keeping a copy.

    ``closed`` and ``more_sources`` go to :func:`content_security_policy`. Returns the response. A policy that stands
    there already is left alone.
    """
    policy = content_security_policy(closed=closed, **more_sources)
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if personal:
        patch_cache_control(response, private=True, no_store=True)
    return response
