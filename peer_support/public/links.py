"""Views behind a link without an account: opened in its own scope, kept nowhere, and each problem a clear page."""

from functools import wraps

from django.utils.translation import gettext as _

from ..access.links import LinkProblem, opened_link
from .shell import public_response

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
    unknown = (
        _("We do not know this link"),
        _("Look whether the whole address is there. Long addresses are sometimes cut in two."),
    )
    title, text = words.get(kind, unknown)
    status = 404 if kind not in words else 410
    context = {"title": title, "text": text}
    return public_response(request, PROBLEM_TEMPLATE, context, status=status, personal=True)


def link_view(purpose):
    """Decorator: ``view(request, opened, **kwargs)`` runs inside the scope of the link ``kwargs["token"]``.

    The response is drawn inside the scope too. A page behind a link is not kept, and tells no other site where the
    reader came from. (With "no-referrer" a browser would send ``Origin: null`` with the page's own form, and Django
    would refuse it.)
    """

    def decorator(view):
        @wraps(view)
        def checked(request, token, **kwargs):
            try:
                with opened_link(purpose, token) as opened:
                    response = view(request, opened, **kwargs)
                    if hasattr(response, "render") and not response.is_rendered:
                        response.render()
            except LinkProblem as problem:
                response = link_problem(request, problem.kind)
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return checked

    return decorator
