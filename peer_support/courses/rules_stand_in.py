"""Who can stand in for somebody who leads a course."""

from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from ..people.models import Volunteer
from ..people.standing import COURSE, usable
from . import queries
from .models import SessionState
from .rules_leading import has_contract, is_trained, may_lead, trained_ids


def may_stand_in(session, facilitator, volunteer=None):
    """Return whether ``facilitator`` can be away from ``session`` with ``volunteer`` (or nobody yet) in their place."""
    if session.state == SessionState.CANCELLED:
        return Decision.no("session_cancelled", _("The session was called off."))
    if facilitator.course_id != session.course_id or not facilitator.is_on(session.date):
        return Decision.no("leads_not", _("They do not lead the course on that day."))
    if volunteer is None:
        return Decision.yes()
    decision = may_lead(volunteer, session.course)
    if not decision:
        return decision
    leads = {row.volunteer_id for row in queries.leading(session.course, session.date)}
    others = session.stand_ins.exclude(facilitator=facilitator)
    if volunteer.pk in leads or others.filter(volunteer=volunteer).exists():
        return Decision.no("there_already", _("They lead the session already."))
    decision = has_contract(volunteer, session.date)
    if not decision:
        return decision
    return is_trained(
        volunteer, session.date, trained_ids(session.initiative_id, [volunteer.pk], session.date)
    )


def possible_stand_ins(session):
    """Return the volunteers of the initiative who could stand in: approved, contract, trained, not there already."""
    leads = {row.volunteer_id for row in queries.leading(session.course, session.date)}
    leads |= set(session.stand_ins.filter(volunteer__isnull=False).values_list("volunteer_id", flat=True))
    trained = trained_ids(session.initiative_id, day=session.date) - leads
    people = Volunteer.objects.filter(usable(COURSE), pk__in=trained, status=Volunteer.Status.APPROVED)
    return [volunteer for volunteer in people if volunteer.has_contract(session.date)]
