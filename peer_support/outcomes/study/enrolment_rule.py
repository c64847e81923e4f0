"""What a study says about places in its course: those who drew one get it, and the control group waits, no longer
than they were told. Everything else the centre offers is theirs as before."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...access.decisions import Decision
from ...courses.rules_enrolment import register_place_rule
from .allocation import Arm
from .models import Left, ParticipantState, Study, StudyParticipant, StudySite, StudyState

_KEPT = "_studies_of_course"


def _studies_of(course):
    """Return ``[(study, {citizen: participant})]`` of the studies that give places in ``course``; kept on the course.

    Not through the scope: a course may be filled from the website, where no coordinator's scope is open, and what is
    read says nothing but whether somebody waits.
    """
    found = course.__dict__.get(_KEPT)
    if found is None:
        sites = StudySite._base_manager.filter(initiative_id=course.initiative_id)
        studies = list(
            Study._base_manager.filter(template_id=course.template_id, pk__in=sites.values("study")).exclude(
                state__in=(StudyState.DRAFT, StudyState.SEALED)
            )
            if course.template_id
            else ()
        )
        people = {study.pk: {} for study in studies}
        if studies:
            rows = StudyParticipant._base_manager.filter(study__in=studies, citizen__isnull=False)
            for row in rows.select_related("allocation"):
                people[row.study_id][row.citizen_id] = row
        found = course.__dict__[_KEPT] = [(study, people[study.pk]) for study in studies]
    return found


@register_place_rule
def study_gives_places(enrolment):
    """While a study takes people in, places go to those who drew one; afterwards the control group waits its weeks."""
    if enrolment.citizen_id is None:
        return Decision.yes()
    for study, people in _studies_of(enrolment.course):
        decision = _says(study, people.get(enrolment.citizen_id))
        if not decision:
            return decision
    return Decision.yes()


def _says(study, participant):
    takes_part = participant is not None and participant.state != ParticipantState.EXCLUDED
    takes_part = takes_part and participant.left != Left.EVERYTHING
    arm = participant.arm if takes_part else None
    if study.state == StudyState.RECRUITING:
        return _while_recruiting(study, takes_part, arm)
    if arm is Arm.CONTROL:
        until = timezone.localdate(participant.allocation.at) + timedelta(weeks=study.control_weeks)
        if timezone.localdate() < until:
            text = _("The person is in the control group of “%(study)s”, and can get a place from %(day)s.")
            values = {"study": study.title, "day": date_format(until)}
            return Decision.no("study_control_waits", text % values)
    return Decision.yes()


def _while_recruiting(study, takes_part, arm):
    title = {"study": study.title}
    if arm is Arm.PLACE:
        return Decision.yes()
    if arm is Arm.CONTROL:
        text = _(
            "The draw of “%(study)s” gave the control group. The person keeps all other help, and can get a place "
            "when the study is over."
        )
        return Decision.no("study_control", text % title)
    if takes_part:
        text = _("The person takes part in “%(study)s”. Make the draw first; it says who gets a place.")
        return Decision.no("study_not_drawn", text % title)
    if study.others_may_have_places:
        return Decision.yes()
    text = _(
        "“%(study)s” draws who gets a place just now. Ask the person whether they would like to take part."
    )
    return Decision.no("study_first", text % title)
