"""A change on paper: as a page to print, and as a tagged PDF."""

from django.utils.translation import gettext as _

from ...public.pdf import pdf_available, pdf_of_template
from ...public.shell import public_response
from .collecting import are_readable, shown_of

TEMPLATE = "peer_support/outcomes/changes/sheet.html"


def sheet(rows):
    """Return the context of the sheet of one person's answered questionnaires."""
    readable = are_readable(rows)
    return {
        "title": _("When I began, and now"),
        "shown": shown_of(rows) if readable else [],
        "readable": readable,
    }


def print_response(request, rows, *, back, pdf_url):
    """Return the sheet as a page. ``back`` is where the link above it leads."""
    context = {**sheet(rows), "back": back, "pdf_url": pdf_url if pdf_available() else ""}
    return public_response(request, TEMPLATE, context, personal=True)


def pdf_response(request, rows, *, print_url):
    """Return the sheet as a tagged PDF, or the page that says how to print instead."""
    context = {**sheet(rows), "pdf": True}
    name = _("then-and-now.pdf")
    return pdf_of_template(request, TEMPLATE, context, filename=name, print_url=print_url, personal=True)
