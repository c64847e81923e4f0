"""Files of the directory's current selection: CSV, JSON and the booklet as PDF."""

import hashlib

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.timezone import localdate

from ..directory.public_export import FILE_MAX, as_csv, as_json, record_of
from ..directory.public_related import chosen_entries
from ..public.pdf import pdf_of_template

# A PDF takes time to draw; a larger selection says how many did not fit in.
PDF_MAX = 60
# Browsers may keep a file this long; afterwards they ask whether it is still the same.
FRESH_SECONDS = 300
KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


def file_response(page, request, directory, kind):
    """Return the selection as a file, at most ``FILE_MAX`` initiatives of it."""
    records = [
        record_of(initiative, page.full_url + page.entry_path(initiative))
        for initiative in chosen_entries(directory, FILE_MAX)
    ]
    content = as_csv(records) if kind == "csv" else as_json(records, total=directory.total)
    response = HttpResponse(content, content_type=KINDS[kind])
    return finish_file(
        page, request, response, f"initiativer-{localdate():%Y-%m-%d}.{kind}", as_attachment=kind == "csv"
    )


def finish_file(page, request, response, name, *, as_attachment):
    """Name the file, say how long it keeps, and answer 304 to a browser that has it already."""
    if as_attachment:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    if page.get_view_restrictions().exists():
        patch_cache_control(response, private=True, no_store=True)
        return response
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def booklet_pdf(page, request):
    """Return the booklet as a tagged PDF, or a page that says how to print it where the site makes no PDF."""
    context = page.booklet_context(request, PDF_MAX)
    print_url = f"{page.get_url(request)}booklet/{context['directory'].query()}"
    response = pdf_of_template(
        request,
        "peer_support/pages/directory/booklet_pdf.html",
        {**context, "page": page},
        filename=f"initiativer-{localdate():%Y-%m-%d}.pdf",
        print_url=print_url,
    )
    response.headers.setdefault("Cache-Control", "private, max-age=300")
    return response
