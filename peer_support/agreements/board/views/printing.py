"""Papers and cards as pages to print and as tagged PDF: the words, lines to sign on, and nothing around them."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ....access.guards import require_permission
from ....conf import peer_settings
from ....people.views.common import person_url
from ....privacy.access_log import Action, log_access
from ....public.headers import secure_headers
from ....public.pdf import pdf_available, pdf_of_template
from ...centre import centre_name
from ...kinds import SIGNED_BY_PERSON, PaperKind
from ...models import Paper, Thanks
from ...sections import signed_line
from ..base import NAMESPACE, url

PAPER, CARD = "peer_support/agreements/print_paper.html", "peer_support/agreements/print_card.html"


def _page(request, template, context, **more):
    """Return a page to print; its line at the top is not printed."""
    response = TemplateResponse(request, template, {**context, **more, "on_screen": True})
    return secure_headers(response, personal=True)


def paper_context(paper):
    """Return what the print of ``paper`` says."""
    return {
        "paper": paper,
        "person": paper.person,
        "centre": centre_name(),
        "signed_line": signed_line(paper),
        "has_lines": paper.kind in SIGNED_BY_PERSON,
        "is_letter": paper.kind == PaperKind.REFERENCE,
        "cpr_line": paper.kind == PaperKind.CONTRACT and peer_settings.CONTRACT_CPR_LINE,
    }


def _paper(request, pk, route):
    rows = Paper.objects.select_related("volunteer", "citizen", "match", "initiative", "made_by")
    paper = get_object_or_404(rows, pk=pk)
    log_access(
        user=request.user, action=Action.READ, objects=[paper, paper.person], route=f"{NAMESPACE}:{route}"
    )
    return paper


@require_safe
@require_permission("peer_support.view_paper")
def paper_print(request, pk):
    """Show a paper to print."""
    paper = _paper(request, pk, "paper_print")
    pdf_url = url("paper_pdf", pk) if pdf_available() else ""
    return _page(request, PAPER, paper_context(paper), back=url("paper", pk), pdf_url=pdf_url)


@require_safe
@require_permission("peer_support.view_paper")
def paper_pdf(request, pk):
    """Return a paper as a tagged PDF. Its name says which kind of paper it is, and not whose."""
    paper = _paper(request, pk, "paper_pdf")
    return pdf_of_template(
        request,
        PAPER,
        paper_context(paper),
        filename=f"{slugify(str(paper.title))}-{paper.pk}.pdf",
        print_url=url("paper_print", pk),
        personal=True,
    )


def _thanks(request, pk, route):
    thanks = get_object_or_404(Thanks.objects.select_related("volunteer", "initiative", "by"), pk=pk)
    log_access(user=request.user, action=Action.READ, objects=[thanks], route=f"{NAMESPACE}:{route}")
    return {
        "thanks": thanks,
        "centre": centre_name(),
        "from_name": thanks.by.get_full_name() if thanks.by else "",
    }


@require_safe
@require_permission("peer_support.view_thanks")
def thanks_card(request, pk):
    """Show a thank-you as a card to print."""
    context = _thanks(request, pk, "thanks_card")
    pdf_url = url("thanks_card_pdf", pk) if pdf_available() else ""
    return _page(request, CARD, context, back=person_url(context["thanks"].volunteer), pdf_url=pdf_url)


@require_safe
@require_permission("peer_support.view_thanks")
def thanks_card_pdf(request, pk):
    """Return the card as a tagged PDF."""
    return pdf_of_template(
        request,
        CARD,
        _thanks(request, pk, "thanks_card_pdf"),
        filename=_("thank-you.pdf"),
        print_url=url("thanks_card", pk),
        personal=True,
    )
