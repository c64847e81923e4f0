"""Who leads a course, who stands in, and when they get guidance."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import queries, rules
from .links import take_back_evenings
from .models import Facilitator, GuidanceDate, Session, SessionStandIn
from .rules_leading import clashes, may_lead
from .rules_stand_in import may_stand_in
from .services_steps import ROUTE, opened, refuse, refuse_unless, same_initiative, wrote


@dataclass(frozen=True)
class Put:
    """Somebody who leads or stands in, and sentences about what else they have at those times."""

    record: object
    clashes: list = field(default_factory=list)


@transaction.atomic
def add_facilitator(*, course, volunteer, user, role=Facilitator.Role.CO, from_on=None, trained_on=None):
    """Put ``volunteer`` on ``course``. Clashes are told and stop nothing; see :func:`~.rules_leading.may_lead`.

    ``trained_on`` notes a training held elsewhere, on the word of ``user``.
    """
    course = opened(course, rules.Action.ADD_FACILITATOR)
    refuse_unless(may_lead(volunteer, course))
    facilitator = Facilitator(
        initiative_id=course.initiative_id,
        course=course,
        volunteer=volunteer,
        role=Facilitator.Role(role),
        from_on=from_on or timezone.localdate(),
    )
    _note(facilitator, trained_on, user)
    facilitator.full_clean(exclude=["initiative", "course"], validate_constraints=False)
    try:
        with transaction.atomic():
            facilitator.save()
    except IntegrityError:
        refuse(
            "leads_already", gettext("%(volunteer)s leads this course already.") % {"volunteer": volunteer}
        )
    wrote(course, rules.Action.ADD_FACILITATOR, user, facilitator=facilitator.pk)
    log_access(user=user, action=LogAction.CREATE, objects=[facilitator], route=f"{ROUTE}.add_facilitator")
    return Put(facilitator, clashes(volunteer, list(queries.meeting(course))))


def _note(facilitator, trained_on, user):
    if trained_on and trained_on > timezone.localdate():
        refuse("trained_later", _("The training is still to come. Write it down when it has been held."))
    facilitator.trained_on = trained_on
    facilitator.trained_noted_by = user if trained_on and getattr(user, "pk", None) else None


@transaction.atomic
def note_training(*, facilitator, trained_on, user):
    """Write down when somebody was trained (``None`` takes it back), with who says so."""
    course = opened(facilitator.course, rules.Action.NOTE_TRAINING)
    facilitator = Facilitator.objects.get(pk=facilitator.pk)
    _note(facilitator, trained_on, user)
    facilitator.save()
    wrote(course, rules.Action.NOTE_TRAINING, user, facilitator=facilitator.pk)
    log_access(user=user, action=LogAction.CHANGE, objects=[facilitator], route=f"{ROUTE}.note_training")
    return facilitator


@transaction.atomic
def end_facilitator(*, facilitator, user, until=None):
    """Write down that somebody leads the course until ``until`` (default: yesterday, so that the place is free today).

    One who never began is taken off altogether. A course that has begun goes on; today's list and the board say that
    one is missing.
    """
    course = opened(facilitator.course, rules.Action.END_FACILITATOR)
    facilitator = Facilitator.objects.get(pk=facilitator.pk)
    until = until or timezone.localdate() - timedelta(days=1)
    log_access(user=user, action=LogAction.CHANGE, objects=[facilitator], route=f"{ROUTE}.end_facilitator")
    take_back_evenings(course)
    wrote(course, rules.Action.END_FACILITATOR, user, facilitator=facilitator.pk, until=until.isoformat())
    if until < facilitator.from_on:
        facilitator.delete()
        return None
    facilitator.until_on = until
    facilitator.save()
    return facilitator


@transaction.atomic
def set_stand_in(*, session, facilitator, user, volunteer=None):
    """Write down that ``facilitator`` cannot come to ``session``, and that ``volunteer`` stands in, or nobody yet.

    The stand-in needs what those who lead need: refused without a contract or training on the day.
    """
    course = opened(session.course, rules.Action.STAND_IN)
    session = Session.objects.get(pk=session.pk)
    refuse_unless(may_stand_in(session, facilitator, volunteer))
    same_initiative(course, session, facilitator, volunteer)
    row, __ = SessionStandIn.objects.update_or_create(
        session=session,
        facilitator=facilitator,
        defaults={"volunteer": volunteer},
        create_defaults={"volunteer": volunteer, "initiative_id": course.initiative_id},
    )
    wrote(course, rules.Action.STAND_IN, user, session=session.pk, found=volunteer is not None)
    log_access(user=user, action=LogAction.CHANGE, objects=[row], route=f"{ROUTE}.stand_in")
    return Put(row, clashes(volunteer, [session]) if volunteer else [])


@transaction.atomic
def remove_stand_in(*, stand_in, user):
    """Take back that somebody cannot come: they come after all."""
    course = opened(stand_in.session.course, rules.Action.STAND_IN)
    log_access(user=user, action=LogAction.ERASE, objects=[stand_in], route=f"{ROUTE}.stand_in")
    wrote(course, rules.Action.STAND_IN, user, session=stand_in.session_id, found=None)
    SessionStandIn.objects.filter(pk=stand_in.pk).delete()


GUIDANCE_FIELDS = ("kind", "date", "start_time", "minutes", "given_by", "place_text", "state", "note")


@transaction.atomic
def save_guidance(*, course, values, user, guidance=None):
    """Make a guidance date of ``course``, or change ``guidance``. Raises ``ValidationError``."""
    unknown = sorted(set(values) - set(GUIDANCE_FIELDS))
    if unknown:
        raise ValueError(f"a guidance date has no value called {unknown[0]!r}")
    course = opened(course, rules.Action.GUIDANCE)
    row = guidance or GuidanceDate(initiative_id=course.initiative_id, course=course)
    same_initiative(course, row)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["initiative", "course"])
    row.save()
    wrote(course, rules.Action.GUIDANCE, user, guidance=row.pk)
    action = LogAction.CHANGE if guidance else LogAction.CREATE
    log_access(user=user, action=action, objects=[row], route=f"{ROUTE}.guidance")
    return row


@transaction.atomic
def remove_guidance(*, guidance, user):
    """Take a guidance date out again."""
    course = opened(guidance.course, rules.Action.GUIDANCE)
    log_access(user=user, action=LogAction.ERASE, objects=[guidance], route=f"{ROUTE}.guidance")
    wrote(course, rules.Action.GUIDANCE, user, guidance=guidance.pk, removed=True)
    GuidanceDate.objects.filter(pk=guidance.pk).delete()
