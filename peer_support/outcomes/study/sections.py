"""What this part shows on the page of a citizen: that they are in a study, where they stand, and the way there."""

from django.utils.translation import gettext as _

from ...people.models import Citizen
from ...people.presenting import register_section
from ...privacy.access_log import Action, log_access
from .baseline import answered_at_start
from .board import NAMESPACE, url
from .models import ParticipantState, StudyParticipant
from .presenting import where_it_stands


@register_section
def study_section(person, user):
    """The studies that somebody takes part in, or was asked to."""
    if not isinstance(person, Citizen) or not user.has_perm("peer_support.view_studyparticipant"):
        return None
    rows = list(StudyParticipant.objects.filter(citizen=person).select_related("study", "allocation"))
    if not rows:
        return None
    log_access(user=user, action=Action.READ, objects=rows, route=f"{NAMESPACE}:section")
    ready = answered_at_start([row for row in rows if row.state == ParticipantState.CONSENTED])
    lines = [
        {
            "title": row.study.title,
            "words": where_it_stands(row, row.pk in ready),
            "url": url("participant", row.study_id, row.pk),
        }
        for row in rows
    ]
    return "peer_support/outcomes/study/section.html", {"title": _("Effect study"), "lines": lines}
