"""Tags of the public pages: the crisis box, the way out, the local coordinator, and where one is."""

from django import template
from django.utils.translation import gettext as _

from ..conf import peer_settings
from ..directory.models import LocalCoordinator
from ..public.models import CrisisHelp

register = template.Library()


@register.inclusion_tag("peer_support/public/crisis_box.html", takes_context=True)
def crisis_box(context, place="foot"):
    """Draw the crisis box. ``place`` tells two boxes on one page apart ("foot", "form", …)."""
    request = context.get("request")
    return {"help": CrisisHelp.load(request_or_site=request), "place": place}


@register.inclusion_tag("peer_support/public/leave.html")
def leave_button():
    """Draw the way off the page: a link that works without JavaScript; Shift three times with it."""
    return {"leave_url": peer_settings.LEAVE_URL}


@register.inclusion_tag("peer_support/public/local_coordinator.html")
def local_coordinator(coordinator=None):
    """Draw whom to ring: ``coordinator``, or the first one in the list. Nothing where there is none."""
    return {"coordinator": coordinator or LocalCoordinator.objects.first()}


@register.inclusion_tag("peer_support/public/breadcrumbs.html", takes_context=True)
def breadcrumbs(context):
    """Draw the way from the front page to here. ``crumbs`` in the context adds ``[(url, title), …]`` below the page."""
    page, request = context.get("page"), context.get("request")
    steps = []
    if page is not None and getattr(page, "pk", None):
        steps = [
            (p.get_url(request), p.title) for p in page.get_ancestors(inclusive=True).live() if p.depth > 1
        ]
    steps += context.get("crumbs", [])
    return {"steps": steps, "label": _("You are here")}
