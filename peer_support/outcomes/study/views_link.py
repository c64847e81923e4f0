"""One's own page of a study, behind a link: what it is about, yes or no, and the way out. No name stands on it."""

from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from ...public.links import link_view
from ...public.shell import public_response
from ...public.throttle import allow
from . import rules, services_participants, sight
from .allocation import Arm
from .links import PURPOSE, VIEW
from .models import How, Left, ParticipantState, StudyParticipant, WhyNot

TEMPLATE = "peer_support/outcomes/study/link.html"
ROUTE = f"peer_support:{VIEW}"
P = ParticipantState
# What a form behind a link answers at once, as others do, so that nothing is taken for done.
FAULTS = ("unsure", "newer")


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(PURPOSE)
def page(request, opened):
    """Show where the person stands in the study, and take their answer."""
    participant = _read(opened.target)
    if request.method != "POST":
        return _page(request, participant, told=request.GET.get("told", ""))
    decision = allow(request, "post")
    if not decision:
        return _page(request, participant, refusal=decision.reason, status=429)
    try:
        told = _answer(request, participant)
    except NotAllowed as no:
        return _page(request, _read(participant), refusal=no.decision.reason, status=409)
    if told == "gone":
        # The link has closed behind the answer; this is the last page it shows.
        return _page(request, _read(participant), told="left")
    if told in FAULTS:
        return _page(request, _read(participant), told=told)
    return HttpResponseRedirect(f"{request.path}?told={told}#told" if told else request.path)


def _read(participant):
    rows = StudyParticipant.objects.select_related("study", "allocation")
    return rows.get(pk=participant.pk)


def _answer(request, participant):
    """Do what was pressed; returns the word for what came of it."""
    do, sure = request.POST.get("do"), request.POST.get("sure") == "yes"
    if do == "yes":
        # The words that stood on the page, not those that an editor wrote while it was read.
        text = sight.texts_of(participant.study).filter(pk=_number(request.POST.get("text"))).first()
        if not sure or text is None:
            return "unsure"
        if text != sight.texts_of(participant.study).first():
            return "newer"
        services_participants.consent(participant=participant, how=How.LINK, text=text, route=ROUTE)
        return "yes"
    if do == "no":
        services_participants.exclude(participant=participant, why=WhyNot.SAID_NO, user=None, route=ROUTE)
        return "no"
    what = {"stop_asking": Left.MEASUREMENT, "stop_all": Left.EVERYTHING}.get(do)
    if what is None:
        return ""
    if not sure:
        return "unsure"
    services_participants.withdraw(participant=participant, what=what, how=How.LINK, route=ROUTE)
    return "gone" if what == Left.EVERYTHING else "left"


def _number(given):
    given = given or ""
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 19 else 0


def _page(request, participant, *, told="", refusal="", status=200):
    study = participant.study
    arm = participant.arm if participant.told_on else None
    until = rules.control_waits_until(participant) if arm is Arm.CONTROL else None
    takes_part = participant.state in (P.CONSENTED, P.ALLOCATED) and not participant.left
    context = {
        "title": _("A study of our help"),
        "text": sight.texts_of(study).first(),
        "may_say_yes": bool(rules.may_consent(participant)),
        "may_say_no": participant.state == P.ASKED and bool(rules.may_consent(participant)),
        "said_no": participant.state == P.EXCLUDED,
        "takes_part": takes_part,
        "may_leave": bool(rules.may_withdraw(participant, Left.EVERYTHING)),
        "may_stop_asking": bool(rules.may_withdraw(participant, Left.MEASUREMENT)) and not participant.left,
        "left": participant.left,
        "place": arm is Arm.PLACE,
        "control": arm is Arm.CONTROL,
        "until": date_format(until) if until and until > timezone.localdate() else "",
        "may_have_place": study.control_may_have_place,
        "told": told,
        "refusal": refusal,
    }
    log_access(user=None, action=Action.READ, objects=[participant], route=ROUTE)
    return public_response(request, TEMPLATE, context, status=status, personal=True)
