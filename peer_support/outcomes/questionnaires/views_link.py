"""One's own questionnaires behind a link: one question at a time, each press saved, to be stopped and skipped freely.

No name stands on the page, nothing on it needs a script, and no address holds an answer.
"""

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from ...access.decisions import NotAllowed
from ...access.links import LinkProblem
from ...privacy import retention
from ...privacy.access_log import Action, log_access
from ...public.links import link_view
from ...public.shell import public_response
from ..instruments.registry import instrument_of
from . import rules, services
from .links import CITIZEN_LINK, VOLUNTEER_LINK, address_of, then_and_now_url
from .models import WAITING_STATES, State

SAFE = ("GET", "HEAD")
ROUTE = "peer_support:questionnaire_link"
SKIP = "skip"
# The rule of retention that takes the name off the answers.
RULE = "questionnaire"
# About how many questions somebody answers in a minute, unhurried.
A_MINUTE = 4


def _template(name):
    return f"peer_support/outcomes/questionnaires/{name}.html"


def _page_of(opened, told=""):
    return address_of(opened.link) + (f"?told={told}#told" if told else "")


def _back(opened, told=""):
    return HttpResponseRedirect(_page_of(opened, told))


def _open_ones(person):
    """Return what the person may answer now, the oldest first; and what they may still change."""
    rows = [row for row in services.of_person(person) if row.asked_at and rules.may_answer(row)]
    waiting = [row for row in rows if row.state in WAITING_STATES]
    return waiting, [row for row in rows if row.state == State.ANSWERED]


def page(request, opened):
    """What there is to answer, in a few words; or that there is nothing. A post says no to one, or to all."""
    if request.method not in SAFE:
        try:
            return _deed(request, opened)
        except NotAllowed:
            return _back(opened)
    waiting, changeable = _open_ones(opened.target)
    log_access(user=None, action=Action.READ, objects=[opened.target, *waiting], route=ROUTE)
    context = {
        "waiting": [_card(opened, row) for row in waiting],
        "changeable": [_card(opened, row) for row in changeable],
        "refused": services.has_refused(opened.target),
        "told": request.GET.get("told", ""),
        "until": opened.link.expires_at,
        "page_url": address_of(opened.link),
        "has_answered": services.of_person(opened.target).filter(state=State.ANSWERED).exists(),
        "then_and_now_url": then_and_now_url(opened.link),
    }
    return public_response(request, _template("page"), context, personal=True)


def _card(opened, row):
    count, answers = len(row.text.items), row.answers
    return {
        "row": row,
        "title": row.text.title,
        "count": count,
        "minutes": max(1, round(count / A_MINUTE)),
        "begun": bool(answers),
        "left": count - len(answers),
        "url": address_of(opened.link, "answer", row),
    }


def _deed(request, opened):
    do = request.POST.get("do")
    if do == "skip":
        services.skip(questionnaire=_mine(opened, _number(request.POST.get("which"), 18)), route=ROUTE)
        return _back(opened, "skipped")
    if do == "refuse":
        services.refuse(person=opened.target, route=ROUTE)
        return _back(opened, "refused")
    if do == "again":
        services.allow_again(person=opened.target, route=ROUTE)
        return _back(opened, "again")
    return _back(opened)


def _number(given, digits=3):
    """Return what came with an address or a form as a number; 0 for anything else."""
    given = given or ""
    good = given.isdecimal() and given.isascii() and len(given) <= digits
    return int(given) if good else 0


def _mine(opened, pk):
    """Return one of the person's own questionnaires that was put to them; anything else is not known."""
    row = services.of_person(opened.target).filter(pk=pk, asked_at__isnull=False).first()
    if row is None or row.text_id is None or instrument_of(row.instrument) is None:
        raise LinkProblem("unknown")
    return row


def answer(request, opened):
    """Ask one question; a press on an answer saves it and goes on. ``?s`` says of which questionnaire, ``?q`` which."""
    if "s" not in request.GET:
        return _back(opened)
    row = _mine(opened, _number(request.GET["s"], 18))
    if not rules.may_answer(row):
        return _back(opened)
    count = len(row.text.items)
    refusal = ""
    at = _number(request.GET.get("q"))
    if request.method not in SAFE:
        at = _number(request.POST.get("q"))
        try:
            row = services.save_answer(
                questionnaire=row, number=at, value=_value(request.POST.get("value", "")), route=ROUTE
            )
        except NotAllowed:
            return _back(opened)
        except ValidationError as fault:
            refusal = " ".join(fault.messages)
        else:
            return _onwards(opened, row, at, count)
    if not 1 <= at <= count:
        at = _first_untouched(row, count) or 1
    log_access(user=None, action=Action.READ, objects=[row], route=ROUTE)
    return public_response(
        request, _template("answer"), _question(opened, row, at, count, refusal), personal=True
    )


def _value(given):
    """Return the answer that was pressed: a number, ``None`` for "skip"; -1, which is no answer, for anything else."""
    if given == SKIP:
        return None
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 4 else -1


def _first_untouched(row, count):
    answers = row.answers
    return next((number for number in range(1, count + 1) if number not in answers), None)


def _onwards(opened, row, at, count):
    if at < count:
        return HttpResponseRedirect(_question_url(opened, row, at + 1))
    left = _first_untouched(row, count)
    if left:
        return HttpResponseRedirect(_question_url(opened, row, left))
    return HttpResponseRedirect(address_of(opened.link, "thanks", row))


def _question_url(opened, row, number):
    return f"{address_of(opened.link, 'answer', row)}&q={number}"


def _question(opened, row, at, count, refusal):
    answers, untouched = row.answers, _first_untouched(row, count)
    touched = at in answers
    onwards = ""
    if touched and at < count:
        onwards = _question_url(opened, row, at + 1)
    elif touched and untouched is None:
        onwards = address_of(opened.link, "thanks", row)
    return {
        "text": row.text,
        "item": row.text.items[at - 1],
        "at": at,
        "count": count,
        "before": at - 1,
        "choices": [
            {"value": value, "word": word, "chosen": touched and answers[at] == value}
            for value, word in row.text.answers
        ],
        "skipped": touched and answers[at] is None,
        "before_url": _question_url(opened, row, at - 1) if at > 1 else "",
        "onwards": onwards,
        "stop_url": _page_of(opened, "stopped"),
        "refusal": refusal,
    }


def thanks(request, opened):
    """The last page: thanks, what happens with the answers, whom to ring, and what else waits."""
    if "s" not in request.GET:
        return _back(opened)
    row = _mine(opened, _number(request.GET["s"], 18))
    if row.state in WAITING_STATES:
        return HttpResponseRedirect(address_of(opened.link, "answer", row))
    if row.state not in (State.ANSWERED, State.SKIPPED):
        return _back(opened)
    waiting, __ = _open_ones(opened.target)
    context = {
        "row": row,
        "skipped": row.state == State.SKIPPED,
        "may_change": rules.may_answer(row),
        "change_url": _question_url(opened, row, 1),
        "next": _card(opened, waiting[0]) if waiting else None,
        "page_url": address_of(opened.link),
        "then_and_now_url": then_and_now_url(opened.link),
        "months": retention.rules()[RULE].months_now,
    }
    return public_response(request, _template("thanks"), context, personal=True)


_BOTH = require_http_methods(["GET", "HEAD", "POST"])
# Every screen once per side: the purpose of a link says whose questionnaires it opens.
SCREENS = {
    side: {
        "page": _BOTH(link_view(purpose)(page)),
        "answer": _BOTH(link_view(purpose)(answer)),
        "thanks": require_safe(link_view(purpose)(thanks)),
    }
    for side, purpose in (("citizen", CITIZEN_LINK), ("volunteer", VOLUNTEER_LINK))
}
