"""What an editor does with a suggestion: one click for a draft, one to put it aside."""

from django.contrib.admin.utils import quote
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ..access.decisions import NotAllowed
from ..access.guards import require_permission
from .models import Initiative, InitiativeSuggestion
from .suggestion_admin import DRAFT_PERMISSIONS, suggestion_admin
from .suggestions import State, close_suggestion, make_draft
from .urls import NAMESPACE

ROUTE = f"{NAMESPACE}:suggestion"
CLOSE = {"done": State.DONE, "decline": State.DECLINED}


@require_POST
@require_permission(*DRAFT_PERMISSIONS)
def act(request, pk):
    """Make a draft of the chosen texts, or put the suggestion aside. The live entry is never touched here."""
    suggestion = get_object_or_404(InitiativeSuggestion, pk=pk)
    page = redirect(reverse(suggestion_admin.inspect_url_name, args=[quote(suggestion.pk)]))
    action = request.POST.get("action")
    try:
        if action == "draft":
            return _draft(request, suggestion)
        if action in CLOSE:
            close_suggestion(suggestion=suggestion, state=CLOSE[action], user=request.user, route=ROUTE)
            messages.success(request, _("The suggestion is put aside. The entry is as it was."))
            return redirect(suggestion_admin.url_helper.index_url)
    except NotAllowed as refusal:
        messages.error(request, refusal.decision.reason)
    return page


def _draft(request, suggestion):
    fields = request.POST.getlist("fields")
    result = make_draft(suggestion=suggestion, fields=fields, user=request.user, route=ROUTE)
    if result.in_review:
        text = _("The draft is made. The review of “{title}” goes on with it.")
    elif result.workflow:
        text = _("The draft of “{title}” is made and sent to review.")
    else:
        text = _("The draft of “{title}” is made. Look at it and publish when it is right.")
    # Wagtail escapes a message only where it is plain text.
    messages.success(request, format_html(text, title=suggestion.initiative.title))
    return redirect(reverse(Initiative.snippet_viewset.get_url_name("edit"), args=[suggestion.initiative_id]))
