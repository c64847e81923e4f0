"""One's own star behind a link: choose areas, answer one at a time or all at once, look, print, hide, delete.

No name stands on the page. Nothing on it needs a script. Each press says in its line what it does.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.shell import public_response
from ..public.throttle import allow
from . import rules, services, sheets
from .forms import AreasForm, answers_in, questions
from .links import STAR_CITIZEN, STAR_VOLUNTEER, address_of
from .models import StarReading
from .presenting import picture_of

SAFE = ("GET", "HEAD")
PAGE, AREAS, ANSWER = (f"peer_support/outcomes/{name}.html" for name in ("star", "star_areas", "star_answer"))
ROUTE = "peer_support:star_link"


def _address(opened, page="page"):
    return address_of(opened.link, page=page)


def _back(opened, told=""):
    return HttpResponseRedirect(_address(opened) + (f"?told={told}#told" if told else ""))


def page(request, opened):
    """Show the star, or the choice of areas where there is none; a post changes, hides, shows or deletes it."""
    star = services.star_of(opened.target)
    if request.method in SAFE:
        return _page(request, opened, star)
    if refusal := _too_often(request):
        return _page(request, opened, star, refusal=refusal, status=429)
    try:
        return _DEEDS.get(request.POST.get("do"), _nothing)(request, opened, star)
    except NotAllowed as no:
        return _page(request, opened, star, refusal=no.decision.reason, status=409)


def _too_often(request):
    decision = allow(request, "post")
    return "" if decision else decision.reason


def _nothing(request, opened, star):
    return _back(opened)


def _areas(request, opened, star):
    form = AreasForm(star, request.POST)
    try:
        services.set_areas(person=opened.target, areas=form.pairs(), route=ROUTE)
    except ValidationError as error:
        form.error = " ".join(error.messages)
        return _choose(request, opened, star, form)
    return _back(opened, "areas") if star else HttpResponseRedirect(_address(opened, "answer"))


def _show(shown, request, opened, star):
    if star is None:
        return _back(opened)
    services.show_to_volunteer(star=star, shown=shown, route=ROUTE)
    return _back(opened, "shown" if shown else "hidden")


def _delete(request, opened, star):
    if star is None or request.POST.get("sure") != "yes":
        return _back(opened, "" if star is None else "unsure")
    services.delete_star(star=star, route=ROUTE)
    return _back(opened, "deleted")


_DEEDS = {
    "areas": _areas,
    "show": partial(_show, True),
    "hide": partial(_show, False),
    "delete": _delete,
}


def _page(request, opened, star, *, refusal="", status=200):
    told = request.GET.get("told", "")
    if star is None or ("areas" in request.GET and rules.is_readable(star)):
        return _choose(request, opened, star, AreasForm(star), told=told, refusal=refusal, status=status)
    log_access(user=None, action=Action.READ, objects=[star, *star.readings.all()], route=ROUTE)
    context = {
        "star": star,
        "picture": picture_of(star),
        "may_write": rules.may_write(opened.target, star),
        "may_show": rules.may_show(star),
        "told": told,
        "refusal": refusal,
        **_around(opened),
    }
    return public_response(request, PAGE, context, status=status, personal=True)


def _around(opened):
    return {
        "page_url": _address(opened),
        "answer_url": _address(opened, "answer"),
        "print_url": _address(opened, "print"),
        "pdf_url": _address(opened, "pdf"),
        "is_citizen": opened.link.purpose == STAR_CITIZEN,
    }


def _choose(request, opened, star, form, *, told="", refusal="", status=200):
    decision = rules.may_write(opened.target, star)
    context = {
        "star": star,
        "form": form,
        "told": told,
        "refusal": refusal or ("" if decision else decision.reason),
        "may_write": decision,
        **_around(opened),
    }
    return public_response(request, AREAS, context, status=status, personal=True)


def answer(request, opened):
    """Ask about one area, or with ``?all`` about every one; a post saves what was chosen and goes on."""
    star = services.star_of(opened.target)
    if star is None or not rules.may_write(opened.target, star):
        return _back(opened)
    asked = questions(star, services.going_on(star))
    at = None if "all" in request.GET else _position(request, asked)
    refusal, status = "", 200
    if request.method not in SAFE:
        refusal, status = _too_often(request), 429
        if not refusal:
            try:
                _save(request, star)
            except (NotAllowed, ValidationError) as no:
                refusal, status = getattr(no, "decision", None), 200
                refusal = refusal.reason if refusal else " ".join(no.messages)
            else:
                return _onwards(request, opened, at, len(asked))
    else:
        log_access(user=None, action=Action.READ, objects=[star], route=ROUTE)
    context = {
        "questions": asked if at is None else [asked[at]],
        "at": None if at is None else at + 1,
        "before": at or 0,
        "count": len(asked),
        "refusal": refusal,
        **_around(opened),
    }
    return public_response(request, ANSWER, context, status=status, personal=True)


def _position(request, asked):
    """Return which area is asked about: the one named in the address, or the first that is not answered yet."""
    given = request.GET.get("area", "")
    if given.isdecimal() and given.isascii() and len(given) < 3 and 1 <= int(given) <= len(asked):
        return int(given) - 1
    return next((n for n, question in enumerate(asked) if not question["answered"]), 0)


def _save(request, star):
    services.save_answers(
        star=star,
        answers=answers_in(request.POST, star.areas),
        way=StarReading.Way.LINK,
        route=ROUTE,
    )


def _onwards(request, opened, at, count):
    if at is None or at + 1 >= count or request.POST.get("then") == "stop":
        return _back(opened, "saved")
    return HttpResponseRedirect(f"{_address(opened, 'answer')}?area={at + 2}")


def print_page(request, opened):
    """Show the sheet to print; ``?blank`` without numbers."""
    star, blank = services.star_of(opened.target), "blank" in request.GET
    _log(star)
    pdf_url = _address(opened, "pdf") + ("?blank" if blank else "")
    return sheets.print_response(
        request, star, blank=_is_blank(star, blank), back=_address(opened), pdf_url=pdf_url
    )


def pdf(request, opened):
    """Return the sheet as a PDF; ``?blank`` without numbers."""
    star, blank = services.star_of(opened.target), "blank" in request.GET
    _log(star)
    print_url = _address(opened, "print") + ("?blank" if blank else "")
    return sheets.pdf_response(request, star, blank=_is_blank(star, blank), print_url=print_url)


def _is_blank(star, asked):
    return asked or star is None


def _log(star):
    if star is not None:
        log_access(user=None, action=Action.READ, objects=[star], route=ROUTE)


_BOTH = require_http_methods(["GET", "HEAD", "POST"])
# Every screen once per side: the purpose of a link says whose star it opens.
SCREENS = {
    side: {
        "page": _BOTH(link_view(purpose)(page)),
        "answer": _BOTH(link_view(purpose)(answer)),
        "print": require_safe(link_view(purpose)(print_page)),
        "pdf": require_safe(link_view(purpose)(pdf)),
    }
    for side, purpose in (("citizen", STAR_CITIZEN), ("volunteer", STAR_VOLUNTEER))
}
