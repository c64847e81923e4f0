"""What this room shows on the page of a person, and, where the citizen said yes, on the page of their match."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...matching.sections import register_match_section
from ...people.presenting import register_section
from ..questionnaires.models import Questionnaire, State
from . import rules, services
from .views_admin import PERMISSION, url


def _answered(person):
    rows = Questionnaire.objects.filter(**{person._meta.model_name: person}, state=State.ANSWERED)
    return list(rows.order_by("answered_on").values_list("answered_on", flat=True))


@register_section
def change_section(person, user):
    """That there is something to look at, and the way to it; never a number."""
    if not user.has_perm(PERMISSION):
        return None
    days = _answered(person)
    if not days:
        return None
    times = ngettext("%(count)d questionnaire answered", "%(count)d questionnaires answered", len(days)) % {
        "count": len(days)
    }
    last = _("the last one %(day)s") % {"day": date_format(days[-1], "SHORT_DATE_FORMAT")}
    return "peer_support/outcomes/changes/section.html", {
        "title": _("When I began, and now"),
        "line": f"{times} · {last}",
        "change_url": url("person", person),
    }


@register_match_section
def shown_change(match, user):
    """The way to the citizen's change, where the citizen said that the volunteer may see it; nothing at all where not."""
    if not user.has_perm(PERMISSION) or not rules.volunteer_sees(services.choice_of(match.citizen)):
        return None
    if not _answered(match.citizen):
        return None
    return "peer_support/outcomes/changes/match_section.html", {
        "title": _("The citizen's change"),
        "print_url": url("print", match.citizen),
    }
