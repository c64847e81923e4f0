"""The pages "Suggest a change" and "Thank you" of the directory."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _

from ..access.decisions import NotAllowed
from ..directory.suggestions import may_suggest, take_suggestion
from ..public.forms import take_post
from ..public.headers import secure_headers
from .directory_forms import SuggestionForm

TEMPLATES = "peer_support/pages/directory"


def suggest_view(page, request, initiative):
    """Show the form, or take it. Nothing typed is lost on an error; nothing is kept by a browser."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    form = SuggestionForm(request.POST if request.method == "POST" else None, initiative=initiative)
    status = 200
    if request.method == "POST":
        taken = take_post(request, form, accept=lambda sent: _accept(initiative, sent))
        if taken.done:
            address = f"{page.get_url(request)}{page.entry_path(initiative)}suggest/thanks/"
            return HttpResponseRedirect(f"{address}?number=1" if form.cpr_removed else address)
        status = taken.status
    response = page.render(
        request,
        template=f"{TEMPLATES}/suggest.html",
        context_overrides={
            **_around(page, request, initiative),
            "form": form,
            "refused": may_suggest(initiative).reason,
            "opened": form.is_bound and form.texts_changed,
        },
    )
    response.status_code = status
    return secure_headers(response, personal=True)


def _accept(initiative, form):
    """Keep it. ``nothing`` is said at the field where the words belong."""
    try:
        return take_suggestion(
            initiative=initiative,
            wishes=form.wishes,
            seen=form.digests,
            message=form.cleaned_data["message"],
            contact=form.cleaned_data["contact"],
        )
    except NotAllowed as refusal:
        if refusal.decision.code == "nothing":
            raise ValidationError({"message": refusal.decision.reason}) from refusal
        raise


def thanks_view(page, request, initiative):
    """Say what happens now. The page holds nothing of what was written."""
    response = page.render(
        request,
        template=f"{TEMPLATES}/thanks.html",
        context_overrides={**_around(page, request, initiative), "number_removed": "number" in request.GET},
    )
    return secure_headers(response, personal=True)


def _around(page, request, initiative):
    entry_url = page.get_url(request) + page.entry_path(initiative)
    return {
        "initiative": initiative,
        "entry_url": entry_url,
        "crumbs": [(entry_url, initiative.title), ("", _("Suggest a change"))],
    }
