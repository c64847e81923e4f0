"""One's own change behind the link to one's questionnaires: look, print, hide, and say who else may see it.

No name stands on the page. Nothing on it needs a script.
"""

from functools import partial

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from ...public.links import link_view
from ...public.shell import public_response
from ...public.throttle import allow
from ..questionnaires.links import CITIZEN_LINK, VOLUNTEER_LINK, then_and_now_url
from ..questionnaires.links import address_of as questionnaires_url
from . import rules, services, sheets
from .collecting import answered_by, are_readable, shown_of

SAFE = ("GET", "HEAD")
PAGE = "peer_support/outcomes/changes/page.html"
ROUTE = "peer_support:change_link"


def address_of(link, page="page"):
    """Return the address of one's own change behind ``link``, a link to one's questionnaires; "page", "print" or "pdf"."""
    if page == "page":
        return then_and_now_url(link)
    side = "citizen" if link.purpose == CITIZEN_LINK else "volunteer"
    return reverse(f"peer_support:change_{side}_{page}", args=[link.token])


def page(request, opened):
    """Show the change; a post hides it, or says whether the volunteer may see it."""
    if request.method in SAFE:
        return _page(request, opened)
    decision = allow(request, "post")
    if not decision:
        return _page(request, opened, refusal=decision.reason, status=429)
    try:
        told = _DEEDS.get(request.POST.get("do"), _nothing)(opened.target)
    except NotAllowed as no:
        return _page(request, opened, refusal=no.decision.reason, status=409)
    return HttpResponseRedirect(address_of(opened.link) + (f"?told={told}#told" if told else ""))


def _nothing(person):
    return ""


def _hide(hidden, person):
    services.hide(person=person, hidden=hidden, route=ROUTE)
    return "hidden" if hidden else "seen"


def _show(shown, person):
    services.show_to_volunteer(person=person, shown=shown, route=ROUTE)
    return "shown" if shown else "kept"


_DEEDS = {
    "hide": partial(_hide, True),
    "see": partial(_hide, False),
    "show": partial(_show, True),
    "keep": partial(_show, False),
}


def _page(request, opened, *, refusal="", status=200):
    person, choice = opened.target, services.choice_of(opened.target)
    hidden = choice is not None and choice.hidden
    rows = [] if hidden else answered_by(person)
    _log(rows)
    readable = are_readable(rows)
    context = {
        "hidden": hidden,
        "readable": readable,
        "shown": shown_of(rows) if readable else [],
        "is_citizen": opened.link.purpose == CITIZEN_LINK,
        "volunteer_sees": rules.volunteer_sees(choice),
        "may_choose": rules.may_choose(person),
        "told": request.GET.get("told", ""),
        "refusal": refusal,
        "questionnaires_url": questionnaires_url(opened.link),
        "print_url": address_of(opened.link, "print"),
    }
    return public_response(request, PAGE, context, status=status, personal=True)


def _log(rows):
    if rows:
        log_access(user=None, action=Action.READ, objects=rows, route=ROUTE)


def _printed(opened):
    """Return the rows to print: none where the person would rather not see them."""
    choice = services.choice_of(opened.target)
    rows = [] if choice is not None and choice.hidden else answered_by(opened.target)
    _log(rows)
    return rows


def print_page(request, opened):
    """Show the sheet to print."""
    return sheets.print_response(
        request, _printed(opened), back=address_of(opened.link), pdf_url=address_of(opened.link, "pdf")
    )


def pdf(request, opened):
    """Return the sheet as a PDF."""
    return sheets.pdf_response(request, _printed(opened), print_url=address_of(opened.link, "print"))


_BOTH = require_http_methods(["GET", "HEAD", "POST"])
# Every screen once per side: the purpose of a link says whose change it opens.
SCREENS = {
    side: {
        "page": _BOTH(link_view(purpose)(page)),
        "print": require_safe(link_view(purpose)(print_page)),
        "pdf": require_safe(link_view(purpose)(pdf)),
    }
    for side, purpose in (("citizen", CITIZEN_LINK), ("volunteer", VOLUNTEER_LINK))
}
