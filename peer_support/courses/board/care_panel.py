"""Whom to ring, on the admin's front page: who has not come two times in a row. Care, never a penalty."""

from django.forms import Media
from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from ...access.scopes import current_initiative_ids
from ...privacy.access_log import Action, log_access
from ..absence import caring_calls
from ..models import CaringCall
from .base import url

PERMISSION = "peer_support.add_caringcall"
SHOWN = 10


def is_shown_to(request):
    """Whether ``request.user`` rings participants."""
    return request.user.has_perm(PERMISSION) and bool(current_initiative_ids())


class CarePanel(Component):
    """Numbers instead of names; each with a tick for how the call went. Nothing is drawn where nobody is to be rung."""

    name = "peer_support_care"
    order = 40
    template_name = "peer_support/courses/care_panel.html"

    @property
    def media(self):
        return Media(css={"all": ["peer_support/matching/board.css"]})

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        found = caring_calls()
        shown = found[:SHOWN]
        if shown:
            log_access(
                user=request.user,
                action=Action.LIST,
                objects=[due.enrolment for due in shown],
                route="peer_support_courses:care_panel",
            )
        return {
            "request": request,
            # A component's template gets no request context, and its form could not be sent without.
            "csrf_token": get_token(request),
            "calls": [
                {
                    "due": due,
                    "url": url("care", due.enrolment.pk),
                    "enrolment_url": url("enrolment", due.enrolment.pk),
                }
                for due in shown
            ],
            "more": len(found) - len(shown),
            "outcomes": CaringCall.Outcome.choices,
        }


def homepage_panels(request, panels):
    """Put the panel on the admin's front page for those who ring."""
    if is_shown_to(request):
        panels.append(CarePanel())
