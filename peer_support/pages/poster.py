"""A poster and a flyer of a page: no navigation, one paper size, a QR code to the page, as HTML and as tagged PDF."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..public.coordinators import first_coordinator
from ..public.pdf import pdf_available, pdf_of_template
from ..public.qr import qr_svg
from ..public.shell import public_response
from .caching import keep_no_copy_unasked

SIZES = ("a4", "a5")
TEMPLATE = "peer_support/pages/poster.html"


@dataclass(frozen=True)
class Sheet:
    """What stands on a poster. ``gains`` and ``asks`` are on the back of the flyer."""

    title: str
    text: str = ""
    quote: str = ""
    who: str = ""
    picture: object = None
    picture_alt: str = ""
    gains: tuple = ()
    asks: tuple = ()
    action: str = ""
    then: str = ""

    @property
    def is_long(self):
        """Whether the heading is set in smaller letters, so that it fits above the text."""
        return len(self.title) > 42


class PrintsPosterMixin:
    """Adds ``?print=a4`` (poster), ``?print=a5`` (flyer) and ``&file=pdf`` to a page that can say its :class:`Sheet`."""

    def get_sheet(self, request):
        """Return the :class:`Sheet`, or nothing where there may be no poster."""
        raise NotImplementedError

    def serve(self, request, *args, **kwargs):
        size = request.GET.get("print", "")
        if size in SIZES:
            return keep_no_copy_unasked(self.serve_poster(request, size))
        return super().serve(request, *args, **kwargs)

    def serve_poster(self, request, size):
        """Return the poster or flyer as a page for printing, or as PDF."""
        sheet = self.get_sheet(request)
        if sheet is None:
            raise Http404
        address = self.get_full_url(request)
        context = {
            "page": self,
            "sheet": sheet,
            "size": size,
            "address": address,
            "short_address": address.split("://", 1)[-1].rstrip("/"),
            "qr": qr_svg(address),
            "person": first_coordinator(),
            "print_links": self.print_links(request),
            "pdf": False,
        }
        if request.GET.get("file") == "pdf":
            return pdf_of_template(
                request,
                TEMPLATE,
                {**context, "pdf": True},
                filename=f"{slugify(self.title) or 'plakat'}-{size}.pdf",
                print_url=f"{self.get_url(request)}?print={size}",
            )
        response = public_response(request, TEMPLATE, context)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def print_links(self, request):
        """Return ``[(address, words), …]``: the sheets to print and, where this site makes PDFs, the files."""
        url = self.get_url(request)
        names = (("a4", _("Poster, A4"), _("Poster, A4, PDF")), ("a5", _("Flyer, A5"), _("Flyer, A5, PDF")))
        links = []
        for size, words, pdf_words in names:
            links.append((f"{url}?print={size}", words))
            if pdf_available():
                links.append((f"{url}?print={size}&file=pdf", pdf_words))
        return links
