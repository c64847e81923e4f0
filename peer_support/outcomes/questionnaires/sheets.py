"""A questionnaire on paper: the words, a box for each answer, and the number that one types in afterwards."""

from django.utils.translation import gettext as _

from ...public.pdf import pdf_available, pdf_of_template
from ...public.shell import public_response

TEMPLATE = "peer_support/outcomes/questionnaires/print.html"


def sheet(questionnaire, text):
    """Return the context of the sheet. It has the questionnaire's number, and no name."""
    return {"text": text, "words": text.answers, "number": questionnaire.pk, "title": text.title}


def print_response(request, questionnaire, text, *, back, pdf_url):
    """Return the sheet as a page. ``back`` is where the link above it leads."""
    context = {**sheet(questionnaire, text), "back": back, "pdf_url": pdf_url if pdf_available() else ""}
    return public_response(request, TEMPLATE, context, personal=True)


def pdf_response(request, questionnaire, text, *, print_url):
    """Return the sheet as a tagged PDF, or the page that says how to print instead."""
    context = {**sheet(questionnaire, text), "pdf": True}
    return pdf_of_template(
        request, TEMPLATE, context, filename=_("questionnaire.pdf"), print_url=print_url, personal=True
    )
