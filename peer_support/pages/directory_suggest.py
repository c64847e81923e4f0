"""The pages "Suggest a change" and "Thank you" of the directory."""

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _

from ..access.decisions import NotAllowed
from ..directory.public_forms import SuggestionForm
from ..directory.suggestions import may_suggest, take_suggestion
from ..public.headers import secure_headers

TEMPLATES = "peer_support/pages/directory"


def suggest_view(page, request, initiative):
    """Show the form, or take it. Nothing typed is lost on an error; nothing is kept by a browser."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    status = 200
    if request.method == "POST":
        form = SuggestionForm(request.POST, initiative=initiative)
        if form.is_valid() and (done := _take(page, request, initiative, form)):
            return done
        status = 422
    else:
        form = SuggestionForm(initiative=initiative)
    response = page.render(
        request,
        template=f"{TEMPLATES}/suggest.html",
        context_overrides={
            **_around(page, request, initiative),
            "form": form,
            "refused": may_suggest(initiative).reason,
            "opened": any(field.errors for field in form.text_fields)
            or request.method == "POST"
            and bool(form.changed_data),
        },
    )
    response.status_code = status
    return secure_headers(response, personal=True)


def _take(page, request, initiative, form):
    try:
        taken = take_suggestion(
            initiative=initiative,
            wishes=form.wishes,
            seen=form.digests,
            message=form.cleaned_data["message"],
            contact=form.cleaned_data["contact"],
        )
    except NotAllowed as refusal:
        form.add_error("message" if refusal.decision.code == "nothing" else None, refusal.decision.reason)
        return None
    address = f"{page.get_url(request)}{page.entry_path(initiative)}suggest/thanks/"
    return HttpResponseRedirect(f"{address}?number=1" if taken.cpr_removed else address)


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
