"""The steps after the conversation: waiting list or approval, pause and back, closing and welcome back."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from .. import conversation_page, rules, services
from ..forms import PauseForm
from ..models import Citizen
from .common import for_kind, get_person, header, kind_of, person_url


def _route(person, step):
    return f"people_{kind_of(person)}:{step}"


def _take(request, person, step, service, done, **values):
    """Call a service for ``person``, say what came of it, and go back to the person's page."""
    try:
        service(person=person, user=request.user, route=_route(person, step), **values)
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
    else:
        messages.success(request, done % {"person": person})
    return redirect(person_url(person))


@require_POST
@for_kind("change")
def finish(request, model, pk):
    """Put a citizen on the waiting list, or approve a volunteer."""
    person = get_person(model, pk)
    done = _("%(person)s is on the waiting list.") if model is Citizen else _("%(person)s is approved.")
    return _take(request, person, "finish", conversation_page.finish, done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_kind("change")
def pause(request, model, pk):
    """Ask from when and until when, and note the pause."""
    person = get_person(model, pk)
    decision = rules.may_pause(person)
    if not decision:
        messages.warning(request, decision.reason)
        return redirect(person_url(person))
    form = PauseForm(request.POST or None, initial=_known_pause(person))
    if request.method == "POST" and form.is_valid():
        return _take(
            request,
            person,
            "pause",
            services.pause_person,
            _("The pause of %(person)s is noted."),
            **form.cleaned_data,
        )
    log_access(user=request.user, action=Action.READ, objects=[person], route=_route(person, "pause"))
    return _ask(request, person, _("Pause"), decision.reason, _("Note the pause"), form)


def _known_pause(person):
    if not person.paused_from:
        return {}
    return {"starts": person.paused_from, "until": person.paused_until, "reason": person.pause_reason}


@require_POST
@for_kind("change")
def resume(request, model, pk):
    """End the pause."""
    person = get_person(model, pk)
    done = _("The pause of %(person)s is over.")
    return _take(request, person, "resume", services.resume_person, done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_kind("change")
def end(request, model, pk):
    """Ask once, and close the person's record; an open match stands in the way."""
    person = get_person(model, pk)
    decision = rules.may_end(person)
    if not decision:
        messages.warning(request, decision.reason)
        return redirect(person_url(person))
    if request.method == "POST":
        done = _("The record of %(person)s is closed.")
        return _take(request, person, "end", services.end_person, done)
    log_access(user=request.user, action=Action.READ, objects=[person], route=_route(person, "end"))
    return _ask(request, person, _("Close the record"), decision.reason, _("Close the record"))


@require_POST
@for_kind("change")
def welcome_back(request, model, pk):
    """Begin again with somebody whose record was closed."""
    person = get_person(model, pk)
    done = _("Welcome back. %(person)s is in conversation again.")
    return _take(request, person, "back", services.welcome_back, done)


def _ask(request, person, title, line, button, form=None):
    context = {
        **header(type(person), title, person),
        "person": person,
        "name": person.display_name,
        "title": title,
        "line": line,
        "button": button,
        "form": form,
        "cancel_url": person_url(person),
    }
    return render(request, "peer_support/people/step.html", context)
