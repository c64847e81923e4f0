"""An offer of a place, answered once by link. A look shows the offer; only a button answers it."""

from django.db import transaction
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..access.links import use_up
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.shell import public_response
from . import words
from .links import OFFER
from .models import EnrolmentState, WayIn
from .rules_enrolment import may_answer
from .services_enrolment import answer_offer
from .views_participant_link import enrolment_of

TEMPLATE = "peer_support/courses/link_offer.html"
ROUTE = "peer_support:offer_link"


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(OFFER)
def offer_page(request, opened):
    """Show the offer; a post with "yes" or "no" answers it and uses the link up in the same transaction."""
    enrolment = enrolment_of(opened)
    answer = request.POST.get("answer")
    if request.method != "POST" or answer not in ("yes", "no"):
        return _page(request, enrolment)
    try:
        with transaction.atomic():
            use_up(opened.link)
            enrolment = answer_offer(enrolment=enrolment, answer=answer, way=WayIn.OFFER)
    except NotAllowed as refusal:
        return _page(request, enrolment, refusal=refusal.decision.reason, status=409)
    log_access(user=None, action=Action.CHANGE, objects=[enrolment], route=ROUTE)
    return _page(request, enrolment_of(opened), answered=True)


def _page(request, enrolment, *, refusal="", answered=False, status=200):
    course, today = enrolment.course, timezone.localdate()
    first = course.starts_on
    context = {
        "course": course,
        "enrolment": enrolment,
        "day": words.day(first) if first else "",
        "week": words.week(first, today) if first else "",
        "when": words.rhythm(first, course.start_time, course.minutes, course.interval_weeks)
        if first
        else "",
        "count": course.sessions.exclude(state="cancelled").count(),
        "place": course.place_words,
        "has_begun": bool(first and first < today),
        "answer_by": words.day_in_sentence(enrolment.answer_by) if enrolment.answer_by else "",
        "is_open": bool(may_answer(enrolment)),
        "is_late": enrolment.state == EnrolmentState.WAITING,
        "answered": answered,
        "refusal": refusal,
        "coordinator": course.coordinator,
    }
    if not answered:
        log_access(user=None, action=Action.READ, objects=[enrolment], route=ROUTE)
    return public_response(request, TEMPLATE, context, status=status, personal=True)
