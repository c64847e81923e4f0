"""What studies put on today's list: draws to make and to tell of, and the control group when its time has come."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...followup.today.registry import RING, SEAT, SOON, Line, register_source
from . import rules
from .allocation import Arm
from .baseline import answered_at_start
from .board import url
from .flow import first_seats
from .models import Left, ParticipantState, StudyParticipant, StudyState

P = ParticipantState


def lines(day):
    """Return the lines of ``day``; a constant number of queries."""
    rows = StudyParticipant.objects.filter(
        citizen__isnull=False, state__in=(P.CONSENTED, P.ALLOCATED)
    ).exclude(left=Left.EVERYTHING)
    people = list(rows.select_related("study", "citizen", "allocation"))
    return [*_to_draw(people), *_to_tell(people), *_may_have_place(people, day)]


def _to_draw(people):
    waiting = [
        one
        for one in people
        if one.state == P.CONSENTED and not one.left and one.study.state == StudyState.RECRUITING
    ]
    ready = answered_at_start(waiting)
    for one in waiting:
        if one.pk in ready:
            yield _line(
                SEAT,
                one,
                _("%(person)s has said yes to the study and answered the first questions.")
                % {"person": one.citizen},
                _("Make the draw"),
            )


def _to_tell(people):
    for one in people:
        if one.state == P.ALLOCATED and not one.told_on:
            text = _("%(person)s is drawn in the study and has not been told yet.") % {"person": one.citizen}
            yield _line(RING, one, text, _("See what to say"), due=timezone.localdate(one.allocation.at))


def _may_have_place(people, day):
    """One line a study that is closed: so many of its control group may get a place now, and have none."""
    found = {}
    for one in people:
        if one.arm is not Arm.CONTROL or not one.study.control_may_have_place:
            continue
        if (
            one.study.state in (StudyState.CLOSED, StudyState.UNSEALED)
            and rules.control_waits_until(one) <= day
        ):
            found.setdefault((one.study, one.initiative_id), []).append(one)
    for (study, initiative_id), waited in found.items():
        seats = first_seats(study, waited)
        group = [one for one in waited if one.citizen_id not in seats]
        if not group:
            continue
        text = ngettext(
            "%(n)d person from the control group of “%(study)s” may get a place now.",
            "%(n)d people from the control group of “%(study)s” may get a place now.",
            len(group),
        )
        yield Line(
            SOON,
            text % {"n": len(group), "study": study.title},
            _("See who"),
            url("people", study.pk),
            order=65,
            person=tuple(one.citizen for one in group),
            initiative_id=initiative_id,
            key=f"study-control-{study.pk}",
        )


def _line(kind, one, sentence, label, due=None):
    return Line(
        kind,
        sentence,
        label,
        url("participant", one.study_id, one.pk),
        due=due,
        order=45,
        person=one.citizen,
        initiative_id=one.initiative_id,
        key=f"study-{one.pk}-{one.state}",
    )


register_source("studies", gettext_lazy("Effect studies"), lines)
