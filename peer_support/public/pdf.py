"""A public page as a tagged PDF, where the host has installed the ``pdf`` extra; without it, how to print instead.

Nothing is fetched from the network: pictures, style sheets and fonts come from the site's own static files and
storage, and everything else is left out.
"""

import logging
import mimetypes
import threading
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from .headers import secure_headers
from .shell import public_response, shell_context

logger = logging.getLogger(__name__)
# PDF for people who use a screen reader: every part tagged, language and title set (ISO 14289-1).
VARIANT = "pdf/ua-1"
OWN_KINDS = ("image/", "font/", "text/css", "application/font", "application/vnd.ms-fontobject")
# Drawing a PDF takes a second of one processor; more than two at a time would slow the whole site down.
_places = threading.BoundedSemaphore(2)
WAIT_SECONDS = 15


class NotOurs(ValueError):
    """The document asked for something that is not a picture, style sheet or font of the site's own."""


class Busy(RuntimeError):
    """Two PDFs are being drawn already and no place came free."""


@cache
def _weasyprint():
    try:
        import weasyprint
    except (ImportError, OSError) as problem:
        # OSError: the package is there, and Pango, which it draws letters with, is not.
        logger.info("No PDF: %s", problem)
        return None
    return weasyprint


def pdf_available():
    """Whether this site can make a PDF. A button for one is shown only then."""
    return _weasyprint() is not None


def own_file(url, base_url):
    """Return ``(bytes, media type)`` of a picture, style sheet or font of the site's own.

    ``url`` is absolute. Raises :class:`NotOurs` for any other address: another host, a path outside the static files
    and the storage, another kind of file.
    """
    kind = mimetypes.guess_type(urlsplit(url).path)[0] or ""
    if not kind.startswith(OWN_KINDS):
        raise NotOurs(f"neither a picture nor a style sheet nor a font: {url[:200]}")
    for prefix, opened in ((settings.STATIC_URL, _static), (settings.MEDIA_URL, default_storage.open)):
        root = urljoin(base_url, prefix or "/")
        if prefix and url.startswith(root) and root != base_url:
            with opened(unquote(urlsplit(url[len(root) :]).path)) as file:
                return file.read(), kind
    raise NotOurs(f"not a file of this site: {url[:200]}")


def _static(name):
    """Open a static file where it was collected, or where it lies before that."""
    try:
        if staticfiles_storage.exists(name):
            return staticfiles_storage.open(name)
    except ImproperlyConfigured:
        pass  # no STATIC_ROOT: nothing is ever collected here
    if path := finders.find(name):
        return open(path, "rb")
    raise NotOurs(f"no such static file: {name[:200]}")


def _fetcher(base_url):
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Reads from the disk and the storage, and never opens a connection."""

        def fetch(self, url, headers=None):
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            content, kind = own_file(url, base_url)
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnFilesOnly(allowed_protocols=("data",), allow_redirects=False)


def make_pdf(html, *, base_url):
    """Return ``html`` (a whole document, with a language and a title) as the bytes of a tagged PDF.

    ``base_url`` is the site's own absolute root, for example ``request.build_absolute_uri("/")``; links are made
    absolute with it. Raises :class:`Busy` where too many are being drawn.
    """
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        document = _weasyprint().HTML(string=html, base_url=base_url, url_fetcher=_fetcher(base_url))
        return document.write_pdf(pdf_variant=VARIANT)
    finally:
        _places.release()


def pdf_response(request, html, *, filename, print_url="", personal=False, attachment=False):
    """Return ``html`` as a PDF called ``filename``; without the ``pdf`` extra, a page that says how to print instead.

    ``print_url`` is the page's own view for printing, ``personal`` says that no copy may be kept. The answer is 200
    with a PDF, 404 with the kind page, or 503 with it where too many PDFs are being drawn.
    """
    if not pdf_available():
        return _instead(request, print_url, "missing", 404, personal)
    try:
        content = make_pdf(html, base_url=request.build_absolute_uri("/"))
    except Busy:
        response = _instead(request, print_url, "busy", 503, personal)
        response.headers["Retry-After"] = "20"
        return response
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(attachment, filename)
    response.headers["X-Robots-Tag"] = "noindex"
    return secure_headers(response, personal=personal)


def pdf_of_template(request, template, context=None, **options):
    """Draw ``template`` in the frame's context and return it with :func:`pdf_response`; ``options`` are its own.

    Where there is no PDF on this site the template is not drawn at all.
    """
    html = (
        render_to_string(template, {**shell_context(), **(context or {})}, request) if pdf_available() else ""
    )
    return pdf_response(request, html, **options)


def _instead(request, print_url, why, status, personal):
    context = {"why": why, "print_url": print_url}
    return public_response(
        request, "peer_support/public/print_instead.html", context, status=status, personal=personal
    )
