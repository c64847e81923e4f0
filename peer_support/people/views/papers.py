"""The papers of data protection, made by the system: to read and print in the admin, and the notice for everybody."""

from django.http import Http404
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from ...access.guards import require_permission
from ...directory.models import LocalCoordinator
from ...privacy.record import processing_record, retention_record
from ...public.headers import secure_headers
from ...public.shell import public_response
from .. import dpia
from ..marked import blocks_of
from ..privacy_notice import TITLES, notice, notice_as_markdown

# The papers hold nobody's data. Whoever sees the initiatives may print them: editors, coordinators, deputies, leaders.
PERMISSION = "peer_support.view_initiative"
LETTERS = {"borger": "citizen", "frivillig": "volunteer"}


def centre():
    """Return who answers for the data and how to reach them, as far as the site knows it."""
    site = Site.objects.filter(is_default_site=True).first()
    local = LocalCoordinator.objects.order_by("pk").first()
    return {"centre": site.site_name if site else "", "contact": local.phone if local else ""}


def _papers():
    return {
        "notice-citizen": (
            _("Privacy notice for citizens"),
            lambda: notice_as_markdown("citizen", **centre()),
        ),
        "notice-volunteer": (
            _("Privacy notice for volunteers"),
            lambda: notice_as_markdown("volunteer", **centre()),
        ),
        "dpia": (_("Impact assessment (draft)"), dpia.dpia_as_markdown),
        "record": (
            _("Record of processing"),
            lambda: f"# {_('Record of processing')}\n\n{retention_record()}\n{processing_record()}",
        ),
    }


@require_safe
@require_permission(PERMISSION)
def papers(request):
    """List the papers."""
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Papers on data protection")},
        ],
        "header_title": _("Papers on data protection"),
        "page_title": _("Papers on data protection"),
        "header_icon": "doc-full",
        "rows": [
            {"title": title, "url": reverse("peer_support_protection:paper", args=[code])}
            for code, (title, __) in _papers().items()
        ],
        "public": [
            {"title": TITLES[kind], "url": reverse("peer_support:privacy_notice", args=[letter])}
            for letter, kind in LETTERS.items()
        ],
    }
    return render(request, "peer_support/people/papers.html", context)


@require_safe
@require_permission(PERMISSION)
def paper(request, code):
    """Show one paper to print."""
    found = _papers().get(code)
    if found is None:
        raise Http404
    title, write = found
    context = {
        "title": title,
        "blocks": blocks_of(write()),
        "back": reverse("peer_support_protection:papers"),
    }
    return secure_headers(
        TemplateResponse(request, "peer_support/people/print_paper.html", context), personal=True
    )


@require_safe
def privacy_notice_page(request, who):
    """Show the notice to everybody: a page that an editor can link to, and that is never older than the system."""
    if who not in LETTERS:
        raise Http404
    audience = LETTERS[who]
    context = {"title": TITLES[audience], "sections": notice(audience, **centre())}
    return public_response(request, "peer_support/people/privacy_notice.html", context)
