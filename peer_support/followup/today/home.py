"""Today on the admin's front page: the most pressing lines, each with its button."""

from django.forms import Media
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ...access.scopes import current_initiative_ids, scope_of
from .covering import desks_of, shown_of
from .listing import todays_list
from .screens import PERMISSION, ROUTE, day_words, log_lines

SHOWN = 7


def is_shown_to(request):
    """Whether ``request.user`` works with people."""
    return request.user.has_perm(PERMISSION) and bool(current_initiative_ids())


class TodayPanel(Component):
    """The beginning of the list; the rest is on its own page."""

    name = "peer_support_today"
    order = 10
    template_name = "peer_support/followup/today/panel.html"

    @property
    def media(self):
        css = ["peer_support/matching/board.css", "peer_support/followup/today.css"]
        return Media(css={"all": css})

    def get_context_data(self, parent_context):
        request, day = parent_context["request"], timezone.localdate()
        desks = desks_of(request.user, day)
        with scope_of(*(desk.initiative.pk for desk in shown_of(desks))):
            found = todays_list(day)
        # The most pressing of all groups first; within the same urgency the order of the groups stands.
        by_urgency = sorted(found.to_do, key=lambda item: ("overdue", "today", "soon").index(item.urgency))
        items = by_urgency[:SHOWN]
        waiting = [item for item in found.items if item.line.kind == "waiting"]
        log_lines(request, items, f"{ROUTE}:panel")
        return {
            "request": request,
            # A component's template gets no request context, and a form could not be sent without.
            "csrf_token": get_token(request),
            "day_words": day_words(day),
            "list": found,
            "items": items,
            "first": items[0].digest if items else "",
            "waiting": waiting,
            "more": len(found.to_do) - len(items),
            "url": reverse(f"{ROUTE}:today"),
            "others": [desk for desk in desks if not desk.mine and not desk.on_top],
            "covers": [desk for desk in desks if not desk.mine and desk.on_top and desk.someone_away],
        }


def homepage_panels(request, panels):
    """Put today's list on top of the front page for those who work with people."""
    if is_shown_to(request):
        panels.append(TodayPanel())
