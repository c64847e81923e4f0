"""The guided conversation: a page with groups of questions that is saved as one goes."""

import json

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from .. import conversation_page as page
from .. import guides
from ..models import Citizen, Conversation
from ..presenting import in_words, status_text
from .common import for_kind, get_person, header, kind_of, person_url, url

TEMPLATE = "peer_support/people/conversation.html"


def _route(model):
    return f"people_{kind_of(model)}:conversation"


@require_http_methods(["GET", "HEAD", "POST"])
@for_kind("change")
def conversation(request, model, pk):
    """Show the questions; a POST saves what is right, and with ``finish`` takes the next step."""
    person = get_person(model, pk)
    if request.method == "POST":
        return _save(request, person)
    log_access(user=request.user, action=Action.READ, objects=[person], route=_route(model))
    kind = request.GET.get("kind")
    form, talk, base = page.open_form(
        person, request.user, kind if kind in Conversation.Kind.values else None
    )
    if talk.pk:
        log_access(user=request.user, action=Action.READ, objects=[talk], route=_route(model))
    return _render(request, person, form, talk, base)


def _save(request, person):
    result = page.save_page(person, request.POST, request.user, _route(person))
    if not result.complete:
        messages.warning(request, status_line(result))
        return _render(request, result.person, result.form, result.talk, result.base, result)
    if "finish" in request.POST:
        try:
            person = page.finish(person=result.person, user=request.user, route=_route(person))
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return redirect(f"{url('conversation', person)}#next")
        messages.success(request, _done(person))
        return redirect(person_url(person))
    messages.success(request, status_line(result))
    if result.elsewhere:
        messages.info(request, elsewhere_line(result))
    return redirect(f"{url('conversation', person)}{_anchor(request, result.form)}")


def _anchor(request, form):
    group = request.POST.get("save", "")
    return f"#{group}" if group in {g.code for g in form.groups} else ""


def _done(person):
    if isinstance(person, Citizen):
        return _("%(person)s is on the waiting list.") % {"person": person}
    return _("%(person)s is approved.") % {"person": person}


@require_POST
@for_kind("change")
def autosave(request, model, pk):
    """Save the page in the background; answers in JSON what was saved and what was not, in words."""
    person = get_person(model, pk)
    result = page.save_page(person, request.POST, request.user, _route(model))
    decision = page.finish_decision(result.person)
    return JsonResponse(
        {
            "complete": result.complete,
            "message": status_line(result),
            "saved": result.saved,
            "errors": {name: [str(e) for e in errors] for name, errors in result.form.errors.items()},
            "conflicts": [_conflict(result, conflict) for conflict in result.conflicts],
            "elsewhere": elsewhere_line(result) if result.elsewhere else "",
            "base": json.dumps(result.base),
            "talk": result.talk.pk or "",
            "status": status_text(result.person),
            "finish": None if decision is None else {"allowed": decision.allowed, "reason": decision.reason},
        }
    )


def status_line(result):
    """Return the calm line under the form: when it was saved, and which answers need another look."""
    at = {"time": time_format(timezone.localtime(), "TIME_FORMAT")}
    names = [*result.form.errors, *(conflict.name for conflict in result.conflicts)]
    if not names:
        return _("Saved %(time)s") % at
    values = {**at, "questions": _questions(result.form, names)}
    # Translators: a list of questions in quotation marks, with commas between them.
    return _("Saved %(time)s, but not yet: %(questions)s.") % values


def elsewhere_line(result):
    """Return the sentence about what somebody else changed meanwhile and this page left alone."""
    values = {"questions": _questions(result.form, result.elsewhere)}
    # Translators: a list of questions in quotation marks, with commas between them.
    return (
        _("Somebody else has answered this meanwhile: %(questions)s. Reload the page to see their answer.")
        % values
    )


def _questions(form, names):
    """Return the questions in quotation marks, in the order of the page: most end with a mark of their own, and some hold commas."""
    labels = [str(field.label) for name, field in form.fields.items() if name in names]
    # Translators: a question of the conversation where a sentence names it.
    return ", ".join(_("“%(question)s”") % {"question": label} for label in labels)


def _conflict(result, conflict):
    name = conflict.name
    question = next((q for q in result.form.questions if q.field_name == name and not q.is_fact), None)
    if question is not None:
        theirs = guides.in_words(question, conflict.theirs)
    else:
        owner = result.talk if name.startswith(page.TALK) else result.person
        theirs = in_words(owner, name.removeprefix(page.TALK), conflict.theirs)
    return {"name": name, "label": str(result.form.fields[name].label), "theirs": theirs}


def _render(request, person, form, talk, base, result=None):
    decision = page.finish_decision(person)
    conflicts = {c["name"]: c for c in (_conflict(result, c) for c in result.conflicts)} if result else {}
    context = {
        **header(type(person), _("Conversation"), person, icon="comment"),
        "person": person,
        "status_line": status_text(person),
        "name": person.display_name,
        "kind": kind_of(person),
        "form": form,
        "groups": [
            {"group": group, "fields": [{"field": f, "conflict": conflicts.get(f.name)} for f in fields]}
            for group, fields in form.grouped()
        ],
        "talk": talk,
        "version": form.version,
        "base": json.dumps(base),
        "decision": decision,
        "is_citizen": isinstance(person, Citizen),
        "autosave_url": url("autosave", person),
        "action_url": url("conversation", person),
        "person_url": person_url(person),
        "unsaved": bool(result),
    }
    return render(request, TEMPLATE, context)
