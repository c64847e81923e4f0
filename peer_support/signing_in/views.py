"""Give the code from the telephone; set a telephone up."""

from base64 import b32encode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from ..access import two_factor
from ..access.guards import guarded
from ..public.qr import qr_svg
from .forms import CodeForm

METHODS = ["GET", "HEAD", "POST"]


def _next(request):
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("wagtailadmin_home")


def _page(request, name, context):
    status = 400 if context["form"].errors else 200
    title = context["page_title"]
    context |= {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "header_icon": "key",
    }
    return guarded(render(request, f"peer_support/signing_in/{name}.html", context, status=status))


@require_http_methods(METHODS)
@require_admin_access
def code_page(request):
    """Ask for the code; whoever has no telephone yet is led to the page that sets one up."""
    from django_otp import login as prove

    if two_factor.phone_of(request.user) is None:
        return HttpResponseRedirect(reverse("peer_support_signing_in:phone"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device, decision = two_factor.check_code(request.user, form.cleaned_data["code"])
        if device:
            prove(request, device)
            return HttpResponseRedirect(_next(request))
        form.add_error("code", decision.reason)
    return _page(request, "code", {"form": form, "next": _next(request), "page_title": _("Your code")})


@require_http_methods(METHODS)
@require_admin_access
def phone_page(request):
    """Set a telephone up. Whoever has one already gives its code first, so that nobody else changes it for them."""
    from django_otp import login as prove

    if two_factor.phone_of(request.user) and not request.user.is_verified():
        here = request.path
        return HttpResponseRedirect(f"{reverse('peer_support_signing_in:code')}?next={here}")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device, codes = two_factor.set_up(request.user, form.cleaned_data["code"])
        if device:
            prove(request, device)
            context = {"codes": codes, "form": form, "page_title": _("Your reserve codes")}
            return _page(request, "codes", context)
        form.add_error("code", _("That code does not fit. Wait for the next one, and write its six numbers."))
    begun = two_factor.phone_to_set_up(request.user)
    secret = b32encode(begun.bin_key).decode()
    context = {
        "form": form,
        "picture": qr_svg(begun.config_url, label=_("QR code for the app on your telephone")),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "changes": two_factor.phone_of(request.user) is not None,
        "page_title": _("Set up your telephone"),
    }
    return _page(request, "phone", context)
