"""The evening of those who lead a course: one page on a telephone, behind a link that opens this session and no other."""

from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.shell import public_response
from . import words
from .attendance_sheet import sheet_of
from .forms_attendance import SheetForm, screen_of
from .links import SESSION
from .models import By, Session

TEMPLATE = "peer_support/courses/link_session.html"
ROUTE = "peer_support:session_link"


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(SESSION)
def session_page(request, opened):
    """Show the evening; a post saves it and shows it again. Two who save at once are merged."""
    session = Session.objects.select_related("course", "course__place", "place").get(pk=opened.target.pk)
    if request.method != "POST":
        return _page(request, session, just_saved=request.GET.get("saved", ""))
    return save_sheet(request, session, by=By.FACILITATOR, route=ROUTE, page=_page, back=request.path)


def save_sheet(request, session, *, by, route, page, back, user=None):
    """Save what the attendance screen sent: a redirect to ``back``, or ``page`` again with what is wrong or clashes."""
    form = SheetForm(request.POST, session)
    if not form.is_valid():
        return page(request, session, form=form, status=422)
    try:
        saved = form.save(way=by, user=user, route=route)
    except NotAllowed as refusal:
        return page(request, session, form=form, refusal=refusal.decision.reason, status=409)
    if saved.clashes:
        session.refresh_from_db()
        return page(request, session, form=form, saved=saved, status=409)
    said = "-".join(
        word for word, on in (("1", True), ("notes", saved.notes_joined), ("cpr", saved.cpr_removed)) if on
    )
    return HttpResponseRedirect(f"{back}?saved={said}")


def context_of(session, form=None, saved=None, refusal="", just_saved=""):
    """Return the context of the attendance screen, for this page and for the coordinator's."""
    sheet = sheet_of(session)
    told = just_saved.split("-")
    return {
        **screen_of(sheet, form, saved),
        "course": session.course,
        "day": words.day(session.date),
        "week": words.week(session.date, timezone.localdate()),
        "hours": words.hours(session.date, session.start_time, session.minutes),
        "place": session.place_text
        or (session.place.name if session.place else "")
        or session.course.place_words,
        "refusal": refusal,
        "has_clashes": bool(saved and saved.clashes),
        "just_saved": told[0] == "1",
        "notes_joined": "notes" in told,
        "cpr_removed": "cpr" in told,
    }


def _page(request, session, *, status=200, **state):
    context = context_of(session, **state)
    people = [row.enrolment for row in context["sheet"].rows]
    log_access(user=None, action=Action.LIST, objects=people, route=ROUTE)
    return public_response(request, TEMPLATE, context, status=status, personal=True)
