"""The certificate as a page to print and as a PDF, by the participant's own link and in the admin."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..access.decisions import NotAllowed
from ..access.guards import require_permission
from ..privacy.access_log import Action, log_access
from ..public.links import link_view
from ..public.pdf import pdf_available, pdf_of_template
from ..public.shell import public_response
from .certificate import TEMPLATE, certificate_of
from .links import PARTICIPANT
from .models import Enrolment
from .views_participant_link import enrolment_of

PRINTED = "peer_support/courses/certificate_print.html"


def _certificate(enrolment, user, route):
    try:
        found = certificate_of(enrolment)
    except NotAllowed:
        raise Http404 from None
    log_access(user=user, action=Action.READ, objects=[enrolment], route=route)
    return found


def _show(request, enrolment, user, route, back, pdf_url):
    context = {
        "certificate": _certificate(enrolment, user, route),
        "back": back,
        "pdf_url": pdf_url if pdf_available() else "",
        "title": _("Certificate"),
    }
    return public_response(request, TEMPLATE, context, personal=True)


def _pdf(request, enrolment, user, route, print_url):
    context = {"certificate": _certificate(enrolment, user, route)}
    return pdf_of_template(
        request, PRINTED, context, filename=_("certificate.pdf"), print_url=print_url, personal=True
    )


@require_safe
@link_view(PARTICIPANT)
def own_certificate(request, opened):
    """Show the certificate to the participant."""
    token = opened.link.token
    return _show(
        request,
        enrolment_of(opened),
        None,
        "peer_support:own_certificate",
        reverse("peer_support:participant_link", args=[token]),
        reverse("peer_support:own_certificate_pdf", args=[token]),
    )


@require_safe
@link_view(PARTICIPANT)
def own_certificate_pdf(request, opened):
    """Return the participant's certificate as a tagged PDF."""
    print_url = reverse("peer_support:own_certificate", args=[opened.link.token])
    return _pdf(request, enrolment_of(opened), None, "peer_support:own_certificate_pdf", print_url)


def _enrolment(pk):
    rows = Enrolment.objects.select_related("course", "citizen", "volunteer")
    return get_object_or_404(rows, pk=pk)


@require_safe
@require_permission("peer_support.view_enrolment")
def admin_certificate(request, pk):
    """Show the certificate to the coordinator, to print and hand over."""
    return _show(
        request,
        _enrolment(pk),
        request.user,
        "peer_support_courses:certificate",
        "",
        reverse("peer_support_courses:certificate_pdf", args=[pk]),
    )


@require_safe
@require_permission("peer_support.view_enrolment")
def admin_certificate_pdf(request, pk):
    """Return the certificate as a tagged PDF to the coordinator."""
    print_url = reverse("peer_support_courses:certificate", args=[pk])
    return _pdf(request, _enrolment(pk), request.user, "peer_support_courses:certificate_pdf", print_url)
