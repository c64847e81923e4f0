"""New enquiries on the admin's front page: how many, and since when. Counts only; nobody is shown, nothing is logged."""

from django.db.models import Min
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from ..access.scopes import current_initiative_ids
from ..people.models import Citizen, Volunteer
from .models_enquiry import TalkRequest


def is_shown_to(request):
    """Whether ``request.user`` takes people in."""
    user = request.user
    return bool(current_initiative_ids()) and user.has_perm("peer_support.view_citizen")


def since_words(day, today=None):
    """Return "from today", "from yesterday", "4 days old", or the date of something older than two weeks."""
    days = ((today or timezone.localdate()) - day).days
    if days <= 0:
        return _("from today")
    if days == 1:
        return _("from yesterday")
    if days <= 14:
        return ngettext("%(days)d day old", "%(days)d days old", days) % {"days": days}
    return _("from %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def new_enquiries():
    """Return ``[(what, how many, the oldest day, address)]`` of what nobody has begun with in the open scope."""
    kinds = (
        (
            Citizen.objects.filter(status="enquiry"),
            "enquired_on",
            "people_citizen_modeladmin_index",
            "status=enquiry",
        ),
        (
            Volunteer.objects.filter(status="enquiry"),
            "enquired_on",
            "people_volunteer_modeladmin_index",
            "status=enquiry",
        ),
        (
            TalkRequest.objects.filter(state="new"),
            "received_on",
            "people_talks_modeladmin_index",
            "state=new",
        ),
    )
    found = []
    for rows, day, name, query in kinds:
        oldest = rows.aggregate(oldest=Min(day))["oldest"]
        if oldest is not None:
            found.append((rows.model, rows.count(), oldest, f"{reverse(name)}?{query}"))
    return found


class EnquiriesPanel(Component):
    """How many have written, and where to begin."""

    name = "peer_support_enquiries"
    order = 40
    template_name = "peer_support/recruitment/home_panel.html"

    @property
    def media(self):
        return Media(css={"all": ["peer_support/matching/board.css"]})

    def get_context_data(self, parent_context):
        found = new_enquiries()
        words = {
            Citizen: lambda n: ngettext("citizen", "citizens", n),
            Volunteer: lambda n: ngettext("volunteer", "volunteers", n),
            TalkRequest: lambda n: ngettext("request for a talk", "requests for talks", n),
        }
        return {
            "total": sum(count for __, count, __, __ in found),
            "oldest": since_words(min(day for __, __, day, __ in found)) if found else "",
            "kinds": [
                {"count": count, "what": words[model](count), "since": since_words(day), "url": url}
                for model, count, day, url in found
            ],
        }
