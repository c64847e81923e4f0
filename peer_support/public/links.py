"""Views behind a link without an account: opened in its own scope, kept nowhere, and each problem a clear page."""

from functools import wraps

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from ..access.links import LinkProblem, opened_link
from . import throttle
from .shell import public_response

# What a problem answers with; a link that is over is gone for good (410), one that is not known is not found (404).
_STATUS = {"too_often": 429, "resting": 409}
PROBLEM_TEMPLATE = "peer_support/public/link_problem.html"


def link_problem(request, kind):
    """Return the page for a link that does not hold. It says nothing of what the link was for."""
    words = {
        "expired": (
            _("This link is too old"),
            _("Ask the coordinator for a new one. You have done nothing wrong."),
        ),
        "used": (
            _("This link has been used"),
            _("Your answer is with us. Ring the coordinator if something has changed."),
        ),
        "revoked": (
            _("This link no longer works"),
            _("Ask the coordinator for a new one. You have done nothing wrong."),
        ),
    }
    if kind == "resting":
        text = _(
            "There is nothing to answer here just now. You have done nothing wrong. Ring the coordinator."
        )
        words = {kind: (_("This page rests just now"), text)}
    if kind == "too_often":
        text = _("A lot has been sent from here. Wait a while, go back and press again. Or ring us.")
        words = {kind: (_("Wait a moment"), text)}
    unknown = (
        _("We do not know this link"),
        _("Look whether the whole address is there. Long addresses are sometimes cut in two."),
    )
    title, text = words.get(kind, unknown)
    status = _STATUS.get(kind, 410) if kind in words else 404
    context = {"title": title, "text": text}
    return public_response(request, PROBLEM_TEMPLATE, context, status=status, personal=True)


def link_view(purpose):
    """Decorator: ``view(request, opened, **kwargs)`` runs inside the scope of the link ``kwargs["token"]``.

    The response is drawn inside the scope too. What is sent is counted (``PEER_SUPPORT["PUBLIC_LIMITS"]["link"]``). A page behind a link is not kept, and tells no other site where the
    reader came from. (With "no-referrer" a browser would send ``Origin: null`` with the page's own form, and Django
    would refuse it.)
    """

    def decorator(view):
        @wraps(view)
        def checked(request, token, **kwargs):
            try:
                with opened_link(purpose, token) as opened:
                    if request.method == "POST" and not throttle.allow(request, "link"):
                        raise LinkProblem("too_often")
                    response = view(request, opened, **kwargs)
                    if hasattr(response, "render") and not response.is_rendered:
                        response.render()
            except LinkProblem as problem:
                response = link_problem(request, problem.kind)
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        checked.link_purpose = purpose
        return checked

    return decorator


def address_of(link, view, request=None):
    """Return the whole address of ``link``, which the view called ``view`` ("own_data") opens: to copy, or to send.

    Without a ``request`` (a mail is sent later) it stands on the default site.
    """
    path = reverse(f"peer_support:{view}", args=[link.token])
    if request:
        return request.build_absolute_uri(path)
    site = Site.objects.filter(is_default_site=True).first()
    root = site.root_url if site else getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    return f"{root.rstrip('/')}{path}"
