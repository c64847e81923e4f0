"""A paper read and signed with a link, once. A look shows the words; only the button signs them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..access.links import LinkProblem
from ..matching.sentences import day
from ..privacy.access_log import Action, log_access
from ..public.coordinators import coordinator_for
from ..public.forms import PublicForm, take_post
from ..public.links import link_view
from ..public.shell import public_response
from . import rules, services
from .centre import centre_name
from .kinds import PaperKind
from .links import SIGN
from .models import Paper, PaperState
from .sections import signed_line

TEMPLATE = "peer_support/agreements/link_paper.html"
ROUTE = "peer_support:paper_link"


class SignForm(PublicForm):
    """The name, and which words it stands under."""

    purpose = "sign"
    button = gettext_lazy("I sign")
    button_line = gettext_lazy(
        "Then it is signed, with your name and the time. You can always ring and talk about it."
    )

    name = forms.CharField(
        label=gettext_lazy("Your whole name"),
        max_length=160,
        error_messages={"required": gettext_lazy("Write your name. That is your signature.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    words = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def shown_fields(self):
        return [bound for bound in super().shown_fields() if bound.name != "words"]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not any(char.isalpha() for char in name):
            raise forms.ValidationError(_("Write your name. That is your signature."))
        return name


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(SIGN)
def paper_page(request, opened):
    """Show the paper; a post with the name signs it and uses the link up in the same transaction."""
    paper = _paper(opened)
    decision = rules.may_sign(paper)
    if not decision:
        return _page(request, paper, problem=decision)
    form = SignForm(request.POST or None, initial={"words": paper.text_hash})
    status = 200
    if request.method == "POST":

        def accept(form):
            return services.sign_by_link(
                paper=paper,
                name=form.values["name"],
                shown_hash=form.values["words"],
                link=opened.link,
                route=ROUTE,
            )

        taken = take_post(request, form, accept=accept)
        if taken.done and taken.result is None:
            raise LinkProblem("used")  # the second press of the same form
        if taken.done:
            return _page(request, _paper(opened), done=True)
        status = taken.status
    return _page(request, paper, form=form, status=status)


def _paper(opened):
    rows = Paper.objects.select_related("volunteer", "citizen", "match", "initiative")
    return rows.get(pk=opened.target.pk)


def _page(request, paper, *, form=None, problem=None, done=False, status=200):
    # Where nothing may be signed, the words are not shown: they may name somebody who is not to be named any more.
    shows = form is not None or done
    if shows:
        log_access(user=None, action=Action.READ, objects=[paper], route=ROUTE)
    context = {
        "paper": paper,
        "blocks": paper.blocks if shows else [],
        "form": form,
        "done": done,
        "signed_line": signed_line(paper) if done else "",
        "until": day(paper.until_on) if paper.until_on else "",
        "centre": centre_name(),
        "problem": problem.reason if problem is not None else "",
        "is_signed": paper.state == PaperState.SIGNED,
        "is_contract": paper.kind == PaperKind.CONTRACT,
        "coordinator": coordinator_for(paper.initiative_id, None),
    }
    return public_response(request, TEMPLATE, context, status=status, personal=True)
