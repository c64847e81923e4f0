"""What this room shows on the page of a person, and, where the citizen said yes, on the page of their match."""

from django.utils.translation import gettext as _

from ..matching.sections import register_match_section
from ..people.presenting import register_section
from ..privacy.access_log import Action, log_access
from . import rules, services
from .presenting import latest_line, picture_of
from .views_admin import ROUTE, url


@register_section
def star_section(person, user):
    """When the star was answered last, and the way to it."""
    if not user.has_perm("peer_support.view_progressstar"):
        return None
    star = services.star_of(person)
    decision = rules.may_write(person, star)
    if star is None and not decision:
        return None
    if star is not None:
        log_access(user=user, action=Action.READ, objects=[star], route=f"{ROUTE}:section")
    context = {
        "title": _("Progress star"),
        "line": latest_line(picture_of(star), star) if star else "",
        "star_url": url("star", person),
        "begin_url": url("areas", person) if star is None else "",
        "blank_url": url("print", person, "?blank"),
    }
    return "peer_support/outcomes/section.html", context


@register_match_section
def shown_star(match, user):
    """The citizen's star, where the citizen said that the volunteer may see it; nothing at all where not."""
    if not user.has_perm("peer_support.view_progressstar"):
        return None
    star = services.star_of(match.citizen)
    if star is None or not star.shown_to_volunteer:
        return None
    log_access(user=user, action=Action.READ, objects=[star], route=f"{ROUTE}:match_section")
    return "peer_support/outcomes/match_section.html", {
        "title": _("The citizen's star"),
        "print_url": url("print", match.citizen),
    }
