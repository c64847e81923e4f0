"""Writes about keeping volunteers: skills, and putting everybody on the list of a meeting."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..courses.models import Enrolment, EnrolmentState, WayIn
from ..courses.rules_intake import intake_is_open
from ..courses.services_enrolment import enrol
from ..matching.services_steps import refuse_unless
from ..people.models import Volunteer
from ..people.standing import COURSE, usable
from ..privacy.access_log import Action, log_access
from .keeping_rows import until_of
from .models_keeping import VolunteerSkill

ROUTE = "followup.keeping"


@transaction.atomic
def save_skill(*, volunteer, skill, user, wished=False, held_on=None, held_until=None):
    """Write that ``volunteer`` wishes ``skill``, or holds it from a day; returns the :class:`VolunteerSkill`.

    Without ``held_until`` the skill's own months count. Raises ``ValidationError`` where nothing is said, or where the
    days do not follow each other.
    """
    if skill.initiative_id != volunteer.initiative_id:
        raise PermissionError("A skill of another initiative.")
    if not wished and held_on is None:
        raise ValidationError({"wished": gettext("Say whether it is wished, or since when it is held.")})
    if held_until and (held_on is None or held_until < held_on):
        raise ValidationError({"held_until": gettext("The last day is before the first.")})
    Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
    row = VolunteerSkill.objects.filter(volunteer=volunteer, skill=skill).first()
    created = row is None
    row = row or VolunteerSkill(initiative_id=volunteer.initiative_id, volunteer=volunteer, skill=skill)
    row.wished_on = (row.wished_on or timezone.localdate()) if wished else None
    row.held_on, row.held_until = held_on, held_until or until_of(skill, held_on)
    row.updated_at = timezone.now()
    row.save()
    log_access(
        user=user,
        action=Action.CREATE if created else Action.CHANGE,
        objects=[row],
        route=f"{ROUTE}.save_skill",
    )
    return row


@transaction.atomic
def remove_skill(*, row, user):
    """Take a skill off a volunteer's list."""
    log_access(user=user, action=Action.ERASE, objects=[row], route=f"{ROUTE}.remove_skill")
    row.delete()


@dataclass(frozen=True)
class Listed:
    """How many were put on the list, and ``[(volunteer, sentence)]`` of those who could not be."""

    added: int
    refused: list


def put_everybody_on_the_list(*, course, user):
    """Put every approved volunteer who is not on a pause on the list of an open gathering; returns a :class:`Listed`.

    Whoever left it, or said no, is left in peace. Each is a step of its own behind the course's lock.
    """
    refuse_unless(_may_list(course))
    day = timezone.localdate()
    people = Volunteer.objects.filter(
        usable(COURSE), initiative_id=course.initiative_id, status=Volunteer.Status.APPROVED
    )
    known = Enrolment.objects.filter(course=course, volunteer__isnull=False).values("volunteer_id")
    added, refused = 0, []
    for volunteer in people.exclude(pk__in=known).order_by("number"):
        if volunteer.is_paused(day):
            continue
        try:
            row = enrol(course=course, person=volunteer, way=WayIn.COORDINATOR, user=user)
            added += row.state == EnrolmentState.ENROLLED
        except NotAllowed as refusal:
            refused.append((volunteer, refusal.decision.reason))
    return Listed(added, refused)


def _may_list(course):
    if not course.is_for_volunteers or course.capacity is not None:
        return Decision.no("not_for_all", gettext("This course is not open to all volunteers."))
    # Whoever comes too late would be put on a waiting list, which a meeting for all does not have.
    return intake_is_open(course)
