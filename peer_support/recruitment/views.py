"""Screens of this room: a consent to read and take back, a yes to write down, the next step of a request."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..access.decisions import NotAllowed
from ..access.guards import require_permission
from ..people.models import Citizen, Volunteer
from ..people.views.common import for_kind, get_person, header, kind_of, person_url
from ..privacy.access_log import Action, log_access
from . import rules_consent, rules_talk, services_consent, services_talk
from .admin_talk import button_for
from .forms_admin import TalkStepForm, WithdrawForm, YesForm
from .models_consent import Consent
from .models_enquiry import TalkRequest
from .sections import in_words

SAFE = ("GET", "HEAD")
ROUTE = "peer_support_recruitment"


def talk_url(talk):
    """Return the address of the page that shows a request."""
    return reverse("people_talks_modeladmin_inspect", args=[talk.pk])


def _about_url(about):
    return talk_url(about) if isinstance(about, TalkRequest) else person_url(about)


def _header_of(about, title):
    if isinstance(about, (Citizen, Volunteer)):
        return header(type(about), title, about)
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("people_talks_modeladmin_index"), "label": _("Requests for talks")},
    ]
    if about is not None:
        items.append({"url": talk_url(about), "label": str(about)})
    return {
        "breadcrumbs_items": [*items, {"url": "", "label": title}],
        "header_title": f"{title} · {about}" if about is not None else title,
        "page_title": title,
        "header_icon": "comment",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@require_permission("peer_support.view_consent")
def consent(request, pk):
    """Show what was agreed to, and take it back."""
    found = get_object_or_404(Consent.objects.select_related("text", "citizen", "volunteer", "talk"), pk=pk)
    about = found.about
    may_change = about is not None and request.user.has_perm(f"peer_support.change_{about._meta.model_name}")
    decision = rules_consent.may_withdraw(found)
    form = WithdrawForm(request.POST or None)
    if request.method not in SAFE:
        if not may_change:
            raise PermissionDenied
        if not decision:
            messages.warning(request, decision.reason)
            return redirect(_about_url(about))
        if form.is_valid():
            services_consent.withdraw_consent(
                consent=found, how=form.cleaned_data["how"], user=request.user, route=f"{ROUTE}:consent"
            )
            messages.success(request, _("It is written down. Nothing is proposed from now on."))
            return redirect(_about_url(about))
    log_access(user=request.user, action=Action.READ, objects=[found], route=f"{ROUTE}:consent")
    context = {
        **_header_of(about, _("Consent")),
        "consent": found,
        "line": in_words(found),
        "form": form if may_change and decision else None,
        "what_happens": decision.reason,
        "back_url": _about_url(about) if about is not None else "",
    }
    return render(request, "peer_support/recruitment/consent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_kind("change")
def said_yes(request, model, pk):
    """Read the text to somebody, and write down their yes."""
    person = get_person(model, pk)
    decision = rules_consent.may_note_yes(person)
    if not decision:
        messages.warning(request, decision.reason)
        return redirect(person_url(person))
    form = YesForm(request.POST or None)
    route = f"{ROUTE}:{kind_of(person)}_yes"
    try:
        text = services_consent.current_text(services_consent.OWN_PURPOSE[model])
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            services_consent.note_own_yes(
                person=person, how=values["how"], on=values["on"], user=request.user, route=route
            )
            messages.success(request, _("The yes is written down."))
            return redirect(person_url(person))
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
        return redirect(person_url(person))
    log_access(user=request.user, action=Action.READ, objects=[person], route=route)
    context = {
        **header(model, _("The person said yes"), person),
        "text": text,
        "form": form,
        "line": decision.reason,
        "back_url": person_url(person),
    }
    return render(request, "peer_support/recruitment/said_yes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_permission("peer_support.change_talkrequest")
def talk_step(request, pk, step):
    """Ask once, and take the next step with a request."""
    talk = get_object_or_404(TalkRequest, pk=pk)
    if step not in TalkRequest.State.values:
        raise Http404
    asks_day = step == TalkRequest.State.AGREED
    if step not in rules_talk.STEPS[talk.state]:
        messages.warning(request, rules_talk.may_move(talk, step).reason)
        return redirect(talk_url(talk))
    initial = {"notes": talk.notes, "agreed_for": talk.agreed_for}
    form = TalkStepForm(request.POST or None, initial=initial, asks_day=asks_day)
    if request.method == "POST" and form.is_valid() and _move(request, talk, step, form):
        messages.success(request, _("It is written down. Nobody was written to."))
        return redirect(talk_url(talk))
    log_access(user=request.user, action=Action.READ, objects=[talk], route=f"{ROUTE}:talk_step")
    label = str(button_for(talk, TalkRequest.State(step)))
    context = {
        **_header_of(talk, label),
        "form": form,
        "line": rules_talk.LINES[step](),
        "button": label,
        "talk": talk,
        "back_url": talk_url(talk),
    }
    return render(request, "peer_support/recruitment/talk_step.html", context)


def _move(request, talk, step, form):
    try:
        services_talk.move_talk(
            talk=talk,
            to=step,
            agreed_for=form.cleaned_data.get("agreed_for"),
            notes=form.cleaned_data["notes"],
            user=request.user,
            route=f"{ROUTE}:talk_step",
        )
    except NotAllowed as refusal:
        form.add_error(None, refusal.decision.reason)
    except ValidationError as error:
        form.put_faults(error)
    else:
        return True
    return False
