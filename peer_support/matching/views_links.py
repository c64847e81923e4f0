"""The pages behind a match's links. A look answers nothing; only a button does."""

from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.shell import public_response
from ..public.throttle import keyed_hash
from . import services
from .link_screens import CANNOT, COME, NO, TALK, YES, screen_of
from .links import DAY_AFTER, FIRST_MEETING, PROPOSAL, purpose_of, view_of
from .models import Match, MatchCall
from .services_calls import meeting_of
from .services_match import LINK

TEMPLATE = "peer_support/matching/link_question.html"
_ABOUT = {
    PROPOSAL: MatchCall.About.PROPOSAL,
    FIRST_MEETING: MatchCall.About.FIRST_MEETING,
    DAY_AFTER: MatchCall.About.DAY_AFTER,
}
_ANSWER = {PROPOSAL: services.record_answer, DAY_AFTER: services.record_day_after}
_PRESSED = {PROPOSAL: {YES, NO, TALK}, FIRST_MEETING: {COME, CANNOT}, DAY_AFTER: {YES, NO, TALK}}


def question_page(question, side):
    """Return the view on which ``side`` is asked ``question``."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @link_view(purpose_of(question, side))
    def page(request, opened):
        match = Match.objects.select_related("citizen", "volunteer").get(pk=opened.target.pk)
        if request.method != "POST":
            return _page(request, question, side, match)
        pressed = request.POST.get("answer")
        if pressed not in _PRESSED[question]:
            raise Http404
        try:
            _take(question, side, match, pressed, request.POST.get("meeting", ""))
        except NotAllowed as refusal:
            match = Match.objects.select_related("citizen", "volunteer").get(pk=match.pk)
            return _page(request, question, side, match, refusal=refusal.decision.reason, status=409)
        return HttpResponseRedirect(request.path)

    return page


def _take(question, side, match, pressed, seen):
    if pressed in (TALK, CANNOT):
        services.ask_for_call(match=match, side=side, about=_ABOUT[question])
    elif pressed == COME:
        # What the person saw is in the page; a meeting that was moved since is looked at once more.
        meeting = meeting_of(match) if seen == _mark(match) else None
        services.say_coming(match=match, side=side, meeting=meeting)
    else:
        _ANSWER[question](match=match, side=side, answer=pressed, user=None, way=LINK)


def _mark(match):
    """Return a word that changes when the first meeting is moved, and says nothing of where it is."""
    return keyed_hash("first meeting", match.pk, *meeting_of(match))[:16]


def _page(request, question, side, match, *, refusal="", status=200):
    context = {
        "screen": screen_of(question, side, match),
        "meeting_mark": _mark(match) if question == FIRST_MEETING else "",
        "refusal": refusal,
    }
    log_access(
        user=None, action=Action.READ, objects=[match], route=f"peer_support:{view_of(question, side)}"
    )
    return public_response(request, TEMPLATE, context, status=status, personal=True)
