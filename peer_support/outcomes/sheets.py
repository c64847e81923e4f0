"""The star on paper: blank to fill in by hand, or with the numbers; as a page to print and as a tagged PDF."""

from django.utils.translation import gettext as _

from ..public.pdf import pdf_available, pdf_of_template
from ..public.shell import public_response
from .forms import SCALE
from .presenting import blank_picture, picture_of

TEMPLATE = "peer_support/outcomes/star_print.html"
FREE_LINES = 10


def sheet(star, *, blank):
    """Return the context of the sheet. A blank one has the person's own areas, and lines for more."""
    picture = blank_picture(star) if blank else picture_of(star)
    return {
        "picture": picture,
        "blank": blank,
        "scale": SCALE,
        "free_lines": range(max(FREE_LINES - len(picture.rows), 0)) if blank else (),
        "title": _("My star"),
    }


def print_response(request, star, *, blank, back, pdf_url):
    """Return the sheet as a page. ``back`` is where the link above it leads."""
    context = {**sheet(star, blank=blank), "back": back, "pdf_url": pdf_url if pdf_available() else ""}
    return public_response(request, TEMPLATE, context, personal=True)


def pdf_response(request, star, *, blank, print_url):
    """Return the sheet as a tagged PDF, or the page that says how to print instead."""
    context = {**sheet(star, blank=blank), "pdf": True}
    name = _("star-blank.pdf") if blank else _("star.pdf")
    return pdf_of_template(request, TEMPLATE, context, filename=name, print_url=print_url, personal=True)
