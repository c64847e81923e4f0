"""The page on which one of a pair logs a meeting: a few presses, and the last few that they have logged."""

from django.http import Http404, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..matching.models import Match
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.shell import public_response
from .forms_meeting import MeetingForm
from .links import purpose_of, view_of
from .models_meeting import Meeting, MeetingWay
from .rules_meeting import may_correct, may_log
from .services_meeting import correct_meeting, log_meeting

TEMPLATE = "peer_support/followup/link_meetings.html"
SHOWN = 5


def meetings_page(side):
    """Return the view on which ``side`` logs meetings."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @link_view(purpose_of(side))
    def page(request, opened):
        match = Match.objects.select_related("citizen", "volunteer").get(pk=opened.target.pk)
        given = request.POST if request.method == "POST" else request.GET
        meeting = _named(match, side, given.get("meeting", ""))
        if request.method != "POST":
            return _page(request, side, match, meeting=meeting, told=request.GET.get("saved", ""))
        form = MeetingForm(request.POST, meeting=meeting)
        if not form.is_valid():
            return _page(request, side, match, form=form, meeting=meeting)
        try:
            saved = _save(match, side, meeting, form.values())
        except NotAllowed as refusal:
            told = refusal.decision.reason
            return _page(request, side, match, form=form, meeting=meeting, refusal=told, status=409)
        told = ["1", *(["call"] if saved.wants_call else []), *(["cpr"] if form.cpr_removed else [])]
        return HttpResponseRedirect(f"{request.path}?saved={'-'.join(told)}#told")

    return page


def _named(match, side, key):
    """Return the meeting that is to be corrected: of this match, and written by this side."""
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    found = Meeting.objects.filter(match=match, side=side, pk=key).first()
    if found is None:
        raise Http404
    return found


def _save(match, side, meeting, values):
    if meeting is not None:
        return correct_meeting(meeting=meeting, way=MeetingWay.LINK, **values)
    return log_meeting(match=match, side=side, way=MeetingWay.LINK, **values)


def length_in_words(minutes):
    """Return "45 min" or "1½ hours"; "" where nobody has said."""
    if not minutes:
        return ""
    if minutes % 30:
        return _("%(minutes)s min") % {"minutes": minutes}
    hours, half = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    number = f"{hours}½" if half else str(hours)
    return ngettext("%(number)s hour", "%(number)s hours", 1 if minutes == 60 else 2) % {"number": number}


def _last(match, side):
    rows = Meeting.objects.filter(match=match, side=side)[:SHOWN]
    return [
        {
            "meeting": row,
            "day": capfirst(date_format(row.on, "l j. F")),
            "words": ", ".join(
                filter(
                    None,
                    (
                        capfirst(row.get_outcome_display()),
                        length_in_words(row.minutes),
                        row.get_feeling_display() if row.feeling else "",
                    ),
                )
            ),
            "may_correct": may_correct(row),
        }
        for row in rows
    ]


def _page(request, side, match, *, form=None, meeting=None, refusal="", told="", status=200):
    decision = may_log(match)
    words = told.split("-")
    last = _last(match, side) if decision else []
    context = {
        "decision": decision,
        "form": form or MeetingForm(meeting=meeting),
        "meeting": meeting,
        "last": last,
        "refusal": refusal,
        "saved": "1" in words,
        "call": "call" in words,
        "cpr": "cpr" in words,
    }
    log_access(
        user=None,
        action=Action.READ,
        objects=[match, *(row["meeting"] for row in last)],
        route=f"peer_support:{view_of(side)}",
    )
    return public_response(request, TEMPLATE, context, status=status, personal=True)
