"""The pages behind a person's own links: what fits, a pause, and everything that is kept."""

from functools import partial

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.pdf import pdf_available
from ..public.shell import public_response
from . import own_rights, still_here, views_correction
from . import services_own as services
from .forms_own import OwnProfileForm
from .links import DATA, PAUSE, PROFILE, RIGHTS, STILL, hold_an_hour, purpose_of, view_of
from .own_data import own_data_of
from .views.own_export import file_of, pdf_of

METHODS = ["GET", "HEAD", "POST"]


def _seen(what, kind, person, action=Action.READ):
    log_access(user=None, action=action, objects=[person], route=f"peer_support:{view_of(what, kind)}")


def profile_page(kind):
    """Return the view on which a person changes what fits."""

    @require_http_methods(METHODS)
    @link_view(purpose_of(PROFILE, kind))
    def page(request, opened):
        person = opened.target
        if person.status == "ended":
            return _profile(request, kind, person, ended=True)
        if request.method != "POST":
            return _profile(request, kind, person, saved=request.GET.get("saved", ""))
        if views_correction.is_sent(request):
            return views_correction.answered(request, person, partial(_profile, request, kind, person))
        form = OwnProfileForm(request.POST, person=person)
        if not form.is_valid():
            return _profile(request, kind, person, form=form)
        try:
            changed = services.change_own_profile(
                person=person, values=form.cleaned_data, base=form.base_sent()
            )
        except NotAllowed as refusal:
            # Shown as it stands now: what was changed elsewhere is looked at before it is changed again.
            person.refresh_from_db()
            return _profile(request, kind, person, refusal=refusal.decision.reason, status=409)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
            return _profile(request, kind, person, form=form)
        return HttpResponseRedirect(f"{request.path}?saved={'1' if changed else '0'}#told")

    return page


def _profile(request, kind, person, *, form=None, refusal="", saved="", ended=False, status=200, **wrong):
    form = form or OwnProfileForm(person=person)
    context = {
        "form": form,
        "base": form.base_sent() if form.is_bound else {},
        "marks": _marks(form),
        "refusal": refusal,
        "saved": saved,
        "ended": ended,
        "is_citizen": kind == "citizen",
        **views_correction.asked(request, person, wrong),
    }
    _seen(PROFILE, kind, person)
    template = "peer_support/people/link_profile.html"
    return public_response(request, template, context, status=status, personal=True)


def _marks(form):
    """The fingerprints that the page carries: those it was opened with, also when it is shown again."""
    if form.is_bound:
        return [(f"base-{name}", mark) for name, mark in form.base_sent().items()]
    return list(form.base_now().items())


def pause_page(kind):
    """Return the view on which a person takes a pause, and ends it."""

    @require_http_methods(METHODS)
    @link_view(purpose_of(PAUSE, kind))
    def page(request, opened):
        person, pressed = opened.target, request.POST.get("do", "")
        if request.method != "POST":
            return _pause(request, kind, person)
        try:
            if pressed == "resume":
                services.end_own_pause(person=person)
            elif pressed in services.PAUSES:
                services.take_own_pause(person=person, length=pressed)
            else:
                raise Http404
        except NotAllowed as refusal:
            return _pause(request, kind, person, refusal=refusal.decision.reason, status=409)
        return HttpResponseRedirect(request.path)

    return page


def _pause(request, kind, person, *, refusal="", status=200):
    person.refresh_from_db()
    context = {
        "is_citizen": kind == "citizen",
        "ended": person.status == "ended",
        # A pause that the coordinator has written for later can be ended here too.
        "paused": bool(
            person.paused_from
            and (person.paused_until is None or person.paused_until >= timezone.localdate())
        ),
        "until": date_format(person.paused_until, "j. F") if person.paused_until else "",
        "choices": [
            ("14", _("Two weeks")),
            ("30", _("A month")),
            ("91", _("Three months")),
            ("open", _("Until I say so")),
        ],
        "refusal": refusal,
    }
    _seen(PAUSE, kind, person)
    template = "peer_support/people/link_pause.html"
    return public_response(request, template, context, status=status, personal=True)


def rights_page(kind):
    """Return the view on which a person decides: the stop, and what they have said yes to."""

    @require_http_methods(METHODS)
    @link_view(purpose_of(RIGHTS, kind))
    def page(request, opened):
        person = opened.target
        if request.method == "POST":
            try:
                if not own_rights.press(person, request.POST.get("do", "")):
                    raise Http404
            except NotAllowed as refusal:
                return _rights(request, kind, person, refusal=refusal.decision.reason, status=409)
            return HttpResponseRedirect(request.path)
        return _rights(request, kind, person)

    return page


def _rights(request, kind, person, *, refusal="", status=200):
    person.refresh_from_db()
    context = {
        "rights": own_rights.rights_of(person),
        "refusal": refusal,
        "initiative": person.initiative.title,
    }
    _seen(RIGHTS, kind, person)
    template = "peer_support/people/link_rights.html"
    return public_response(request, template, context, status=status, personal=True)


def still_page(kind):
    """Return the view on which a person says whether we are to go on: two big buttons, and a third to be rung."""

    @require_http_methods(METHODS)
    @link_view(purpose_of(STILL, kind))
    def page(request, opened):
        person = opened.target
        if request.method == "POST":
            given = request.POST.get("do", "")
            if given not in still_here.Answer.values:
                raise Http404
            still_here.answer(person=person, answer=given)
            return HttpResponseRedirect(request.path)
        last = person.still_here.order_by("-pk").first()
        question = still_here.open_question(person)
        context = {
            "asked": question is not None and not question.answer,
            "given": last.answer if last else "",
            "open": person.status != "ended",
            "is_citizen": kind == "citizen",
        }
        _seen(STILL, kind, person)
        return public_response(request, "peer_support/people/link_still.html", context, personal=True)

    return page


def data_page(kind):
    """Return the view that shows all that is kept, once a button is pressed: programs that look at links in mails press none."""

    @require_http_methods(METHODS)
    @link_view(purpose_of(DATA, kind))
    def page(request, opened):
        opened_before = opened.link.used_at is not None
        if request.method != "POST" and not opened_before:
            return _data(request, kind, opened.target, parts=None)
        hold_an_hour(opened.link)
        _seen(DATA, kind, opened.target, Action.EXPORT)
        if views_correction.is_sent(request) and opened_before:
            return views_correction.answered(
                request, opened.target, partial(_everything, request, kind, opened.target)
            )
        if request.method == "POST":
            return HttpResponseRedirect(request.path)
        form = request.GET.get("form")
        if form == "file":
            return file_of(opened.target)
        if form == "pdf":
            return pdf_of(request, opened.target, print_url=request.path)
        return _everything(request, kind, opened.target)

    return page


def _everything(request, kind, person, **wrong):
    return _data(
        request, kind, person, parts=own_data_of(person), **views_correction.asked(request, person, wrong)
    )


def _data(request, kind, person, *, parts, **more):
    context = {
        "pdf": pdf_available(),
        "parts": parts,
        "initiative": person.initiative.title,
        "is_citizen": kind == "citizen",
        **more,
    }
    return public_response(request, "peer_support/people/link_data.html", context, personal=True)
