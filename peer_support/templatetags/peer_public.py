"""Tags of the public pages: the crisis box, the way out, the local coordinator, where one is, and what is told to machines."""

from django import forms, template
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from ..conf import peer_settings
from ..public.coordinators import crisis_help, first_coordinator
from ..public.leave import leave_address
from ..public.navigation import entries_of, line_of, section_of
from ..public.structured import json_ld

register = template.Library()
LOCALES = {"da": "da_DK", "en": "en_GB"}


@register.inclusion_tag("peer_support/public/crisis_box.html", takes_context=True)
def crisis_box(context, place="foot"):
    """Draw the crisis box. ``place`` tells two boxes on one page apart ("foot", "form", …)."""
    return {"help": crisis_help(context.get("request")), "place": place}


@register.inclusion_tag("peer_support/public/leave.html")
def leave_button():
    """Draw the way off the page: a link that works without JavaScript; Shift three times with it."""
    return {"leave_url": leave_address()}


@register.inclusion_tag("peer_support/public/local_coordinator.html")
def local_coordinator(coordinator=None):
    """Draw whom to ring: ``coordinator``, or the first one in the list. Nothing where there is none (``False``: known)."""
    if coordinator is not False:
        coordinator = coordinator or first_coordinator()
    return {"coordinator": coordinator}


@register.inclusion_tag("peer_support/public/form_field.html")
def public_field(bound):
    """Draw one field of a :class:`~peer_support.public.forms.PublicForm`: label, hint, remarks, errors, control."""
    remarks = bound.form.remarks_at(bound.name)
    lines = [f"{bound.auto_id}_hint"] if bound.help_text else []
    lines += [f"{bound.auto_id}_remark_{place}" for place in range(len(remarks))]
    lines += [f"{bound.auto_id}_fault"] if bound.errors else []
    widget = bound.field.widget
    group = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    attrs = {"aria-describedby": " ".join(lines)} if lines else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "remarks": remarks,
        "describedby": " ".join(lines),
        "group": group,
        "single": isinstance(widget, forms.CheckboxInput),
        "widget": "" if group else bound.as_widget(attrs=attrs),
    }


@register.inclusion_tag("peer_support/public/breadcrumbs.html", takes_context=True)
def breadcrumbs(context):
    """Draw the way from the front page to here. ``crumbs`` in the context adds ``[(url, title), …]`` below the page."""
    page, request = context.get("page"), context.get("request")
    steps = [(p.get_url(request), p.title) for p in line_of(page, request) if p.live and p.depth > 1]
    steps += context.get("crumbs", [])
    return {"steps": steps, "label": _("You are here")}


@register.inclusion_tag("peer_support/public/brand.html", takes_context=True)
def brand(context):
    """Draw the site's name as a link to its front page."""
    site = _site(context)
    return {
        "name": _site_name(site),
        "address": site.root_page.get_url(context.get("request")) if site else "/",
    }


@register.inclusion_tag("peer_support/public/navigation.html", takes_context=True)
def navigation(context):
    """Draw the menu: the pages of the section that an editor has ticked "show in menus" on."""
    request, page = context.get("request"), context.get("page")
    site = _site(context)
    section = section_of(page, site, request)
    return {"entries": entries_of(section, page, request)}


@register.inclusion_tag("peer_support/public/meta.html", takes_context=True)
def page_meta(context, title="", description="", image="", kind="website", address=""):
    """Draw description, canonical address, Open Graph and the organisation's JSON-LD. Arguments stand before the page's own.

    ``image`` and ``address`` are absolute; a page that answers several addresses says which one it is. A page behind a link has no address to tell: pass nothing, none is written.
    """
    page, request = context.get("page"), context.get("request")
    site = _site(context)
    name = _site_name(site)
    return {
        "title": title
        or getattr(page, "seo_title", "")
        or getattr(page, "title", "")
        or context.get("title", ""),
        "description": description or getattr(page, "search_description", ""),
        "address": address or (page.get_full_url(request) if getattr(page, "pk", None) else ""),
        "image": image,
        "kind": kind,
        "locale": LOCALES.get(get_language(), "da_DK"),
        "site_name": name,
        "organisation": json_ld(organisation(site, name)) if site else "",
    }


def organisation(site, name):
    """Return what search engines are told of the centre."""
    facts = {"@context": "https://schema.org", "@type": "NGO", "name": name, "url": site.root_url}
    return {**facts, **peer_settings.ORGANISATION}


register.simple_tag(json_ld)


def _site(context):
    request = context.get("request")
    return Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()


def _site_name(site):
    return (site.site_name if site else "") or getattr(settings, "WAGTAIL_SITE_NAME", "")
