"""The content security policy of the package's pages: nothing runs that is not a file of this site's own."""

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


def policy_with(more, *, closed=()):
    """Return the policy as a header's value, with the sources ``{"img-src": ["https://…"]}`` added to it.

    ``closed`` names what the page may not do at all, e.g. ``("connect-src",)``; it wins over every added source.
    """
    policy = dict(POLICY)
    for name, hosts in more.items():
        policy[name] = " ".join([policy.get(name, "'self'"), *hosts])
    policy |= dict.fromkeys(closed, "'none'")
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def set_headers(response, policy):
    """Set ``policy`` and the referrer's on ``response``, unless the view has set its own; returns the response."""
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response


def admin_headers(response):
    """Set the headers of an admin page of the package's own; returns the response.

    Wagtail's own screens are left alone: some of them run scripts that stand in the page.
    """
    return set_headers(response, policy_with(peer_settings.ADMIN_CSP_SOURCES))
