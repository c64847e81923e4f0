"""A participant's own page: the next sessions, "I cannot come", the calendar, and afterwards the certificate.

No name stands on the page: a telephone lies on a table.
"""

from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.pdf import pdf_available
from ..public.shell import public_response
from . import words
from .links import PARTICIPANT, address_of, calendar_link, calendar_link_held
from .models import Enrolment, EnrolmentState, WantsNext
from .rules_after import may_have_certificate
from .rules_attendance import ends_at, is_expected, may_say_apologies, may_take_back_apologies
from .rules_enrolment import may_say_what_next
from .services_after import say_what_next
from .services_attendance import say_apologies, take_back_apologies

TEMPLATE = "peer_support/courses/link_participant.html"
ROUTE = "peer_support:participant_link"
SHOWN = 20


def enrolment_of(opened):
    """Return the link's enrolment with all that its pages read."""
    rows = Enrolment.objects.select_related(
        "course", "course__place", "course__coordinator", "citizen", "volunteer", "joined_from_session"
    )
    return rows.get(pk=opened.target.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(PARTICIPANT)
def participant_page(request, opened):
    """Show the page; a post sends word, takes it back, asks for the calendar, or says what the person would like."""
    enrolment = enrolment_of(opened)
    if request.method != "POST":
        return _page(request, enrolment, told=request.GET.get("told", ""))
    try:
        told = _ACTIONS.get(request.POST.get("do"), _nothing)(request, enrolment)
    except NotAllowed as refusal:
        return _page(request, enrolment, refusal=refusal.decision.reason, status=409)
    return HttpResponseRedirect(f"{request.path}?told={told}#told")


def _nothing(request, enrolment):
    raise Http404


def _session(request, enrolment):
    key = request.POST.get("session", "")
    found = enrolment.course.sessions.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise Http404
    return found


def _cannot_come(request, enrolment):
    say_apologies(session=_session(request, enrolment), enrolment=enrolment, route=ROUTE)
    return "apologies"


def _can_come(request, enrolment):
    take_back_apologies(session=_session(request, enrolment), enrolment=enrolment, route=ROUTE)
    return "back"


def _calendar(request, enrolment):
    calendar_link(enrolment.person, fresh=request.POST.get("fresh") == "1")
    return "calendar"


def _next(request, enrolment):
    wish = request.POST.get("wish", "")
    if wish not in WantsNext.values:
        raise Http404
    say_what_next(enrolment=enrolment, wish=wish, route=ROUTE)
    return "wish"


_ACTIONS = {"cannot": _cannot_come, "can": _can_come, "calendar": _calendar, "wish": _next}


def _coming(enrolment, now):
    """Return the sessions to come as the page shows them, those that were called off too."""
    sessions = enrolment.course.sessions.filter(date__gte=timezone.localdate(now)).select_related("place")
    marks = {row.session_id: row for row in enrolment.attendance.filter(session__in=sessions)}
    for session in sessions.order_by("date", "start_time")[:SHOWN]:
        session.course = enrolment.course
        if ends_at(session) <= now:
            continue
        mark = marks.get(session.pk)
        if not session.is_cancelled and not is_expected(enrolment, session):
            continue
        yield {
            "session": session,
            "day": words.day(session.date),
            "week": words.week(session.date, timezone.localdate(now)),
            "hours": words.hours(session.date, session.start_time, session.minutes),
            "place": session.place_text or (session.place.name if session.place else ""),
            "moved_from": words.day_in_sentence(session.moved_from) if session.moved_from else "",
            "sent_word": mark is not None and mark.mark == "apologies",
            "may_say": mark is None and may_say_apologies(session, enrolment, mark, now),
            "may_take_back": may_take_back_apologies(session, enrolment, mark, now),
        }


def _page(request, enrolment, *, refusal="", told="", status=200):
    course = enrolment.course
    held = calendar_link_held(enrolment.person)
    enrolled = enrolment.state == EnrolmentState.ENROLLED
    context = {
        "enrolment": enrolment,
        "course": course,
        "place": course.place_words,
        "enrolled": enrolled,
        "coming": list(_coming(enrolment, timezone.now())) if enrolled else [],
        "calendar": address_of(held, request) if held else "",
        "certificate": may_have_certificate(enrolment),
        "has_pdf": pdf_available(),
        "may_wish": may_say_what_next(enrolment),
        "wishes": [(value, label) for value, label in WantsNext.choices if value],
        "coordinator": course.coordinator,
        "refusal": refusal,
        "told": told,
    }
    log_access(user=None, action=Action.READ, objects=[enrolment], route=ROUTE)
    return public_response(request, TEMPLATE, context, status=status, personal=True)
