"""May this be done with a study, or with somebody in it? One function each; the same one drives button and service."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.decisions import Decision
from ...courses.models import EnrolmentState
from ...people.models import Citizen
from ...people.standing import COURSE, may_be_used
from . import baseline, sight
from .models import Left, ParticipantState, Population, StudyState

P, S = ParticipantState, StudyState


def _is_in(study, *states):
    if study.state in states:
        return Decision.yes()
    words = {
        S.DRAFT: _("The study is still being planned. Seal it first."),
        S.SEALED: _("The study is sealed and has not begun to take people in."),
        S.RECRUITING: _("The study takes people in just now."),
        S.CLOSED: _("The study is closed."),
        S.UNSEALED: _("The study is over and opened up."),
    }
    return Decision.no(f"study_{study.state}", words[S(study.state)])


# The study


def may_change(study):
    """Whether what an allocation rests on can be changed: before the seal only."""
    if study.is_draft:
        return Decision.yes(_("Everything can be changed until you seal the study."))
    return Decision.no(
        "sealed",
        _(
            "The study is sealed, so its question, towns, course and measurements stay as they are. That is what makes "
            "the result worth believing."
        ),
    )


def may_write_text(study):
    """Whether a new version of the consent text can be written: for as long as somebody may still say yes to it."""
    return _is_in(study, S.DRAFT, S.SEALED, S.RECRUITING)


def missing(study):
    """Return what a study lacks before it can be sealed, one sentence each."""
    found = []
    measures = sight.measures_of(study)
    if not study.question.strip():
        found.append(_("Write the question that the study is to answer."))
    if study.template_id is None:
        found.append(_("Choose the course that places are given in."))
    if not sight.sites_of(study).exists():
        found.append(_("Write at least one town, with how many people you plan for."))
    if not sight.texts_of(study).exists():
        found.append(_("Write the text that people say yes to."))
    last = max((measure.week for measure in measures), default=0)
    if measures and not any(measure.week == 0 for measure in measures):
        found.append(_("Measure once before the draw (week 0). Without it nobody can see a change."))
    if measures and not last:
        found.append(_("Measure once more, some weeks after the draw."))
    if measures and sum(measure.is_primary for measure in measures) != 1:
        found.append(
            _("Say which one measurement answers the question. Choose it before you see any answers.")
        )
    if study.control_may_have_place and last > study.control_weeks:
        found.append(_("Let the control group wait until the last measurement has been made."))
    return found


def may_seal(study):
    """Whether the study is whole, and not sealed yet."""
    decision = _is_in(study, S.DRAFT)
    if not decision:
        return decision
    lacks = missing(study)
    if lacks:
        return Decision.no("incomplete", " ".join(lacks))
    return Decision.yes(_("After this nobody can change what the draw rests on. Nobody is written to."))


def may_begin(study):
    """Whether people can be asked from now on."""
    return _is_in(study, S.SEALED) and Decision.yes(_("From now on you can ask people, and draw."))


def may_close(study):
    """Whether the study can stop taking people in."""
    decision = _is_in(study, S.SEALED, S.RECRUITING)
    return decision and Decision.yes(_("Nobody is asked or drawn any more. It cannot be opened again."))


def may_unseal(study):
    """Whether the envelope can be opened: when nothing can be drawn any more."""
    decision = _is_in(study, S.CLOSED)
    return decision and Decision.yes(_("The sealed number is shown, and anybody can check the draw."))


# People


def may_ask(study, site, citizen, enrolment=None):
    """Whether ``citizen`` can be asked to take part for the town ``site``."""
    decision = _is_in(study, S.RECRUITING)
    if not decision:
        return decision
    if site.study_id != study.pk or site.initiative_id != citizen.initiative_id:
        return Decision.no("other_initiative", _("The town belongs to another initiative."))
    if not (standing := may_be_used(citizen, COURSE)):
        return standing
    if citizen.status == Citizen.Status.ENDED:
        return Decision.no("ended", _("You have said goodbye to each other. Welcome the person back first."))
    waits = study.population == Population.OR_WAITING and citizen.status == Citizen.Status.WAITING
    if enrolment is None and not waits:
        return Decision.no("not_eligible", _("The study is for those who have signed up for the course."))
    if enrolment is not None:
        if enrolment.citizen_id != citizen.pk or enrolment.course.template_id != study.template_id:
            return Decision.no("not_eligible", _("The study is for those who have signed up for the course."))
        if enrolment.state in (EnrolmentState.OFFERED, EnrolmentState.ENROLLED, EnrolmentState.COMPLETED):
            return Decision.no("has_place", _("The person has a place already, or has been offered one."))
    if sight.drawn_in(site) >= site.planned:
        return Decision.no("full", _("As many as you planned have been drawn in this town."))
    return Decision.yes(_("You ask, and they think about it. Nobody is written to."))


def may_consent(participant):
    """Whether a yes can be written: while the study takes people in, and more than once does no harm."""
    decision = _is_in(participant.study, S.RECRUITING)
    if not decision:
        return decision
    if participant.citizen_id is None or participant.left == Left.EVERYTHING:
        return Decision.no("withdrawn", _("The person has withdrawn, and nothing more is written."))
    if participant.state not in (P.ASKED, P.EXCLUDED):
        return Decision.no("consented", _("The person has said yes already."))
    return Decision.yes(_("They may say no, and take a yes back, without a reason."))


def may_exclude(participant):
    """Whether it can be written that somebody does not take part after all: before the draw."""
    if participant.state == P.ALLOCATED:
        return Decision.no("allocated", _("The draw has been made. Write that they withdraw instead."))
    if participant.state == P.EXCLUDED or participant.left:
        return Decision.no("excluded", _("It is written down already."))
    return Decision.yes(_("A no needs no reason, and costs nothing."))


def may_tick_baseline(participant):
    """Whether the first questions can be ticked as answered on paper: only where the study asks with no instrument."""
    if participant.state != P.CONSENTED or participant.left:
        return Decision.no("not_consented", _("Write the yes down first."))
    if baseline.measures_at_start(participant.study):
        return Decision.no(
            "has_instrument",
            _("The study asks with a questionnaire. Type the answers from the paper in there."),
        )
    return _is_in(participant.study, S.RECRUITING)


def may_allocate(participant):
    """Whether the draw can be made for this person: yes, signed; first questions, answered; and not drawn before."""
    if participant.state == P.ALLOCATED:
        return Decision.no(
            "allocated", _("The draw has been made. It is made once, and nobody can make it again.")
        )
    decision = _is_in(participant.study, S.RECRUITING)
    if not decision:
        return decision
    if participant.state != P.CONSENTED or participant.left or participant.citizen_id is None:
        return Decision.no("not_consented", _("First the person says yes to taking part."))
    if not baseline.baseline_is_in(participant):
        return Decision.no(
            "no_baseline",
            _("First the questions before the draw are answered. Then the answers cannot be coloured by it."),
        )
    return Decision.yes(
        _("The draw is made once. Nobody knows what it will be, and nobody can change it afterwards.")
    )


def may_tell(participant):
    """Whether it can be ticked that the person has been told of the draw."""
    if participant.state != P.ALLOCATED or participant.left == Left.EVERYTHING:
        return Decision.no("not_allocated", _("There is no draw to tell of."))
    if participant.told_on:
        return Decision.no("told", _("It is written down already."))
    return Decision.yes()


def may_withdraw(participant, what):
    """Whether somebody can withdraw from ``what`` (:class:`Left`): always, once they have said yes."""
    if participant.left == Left.EVERYTHING or participant.left == what:
        return Decision.no("withdrawn", _("It is written down already."))
    if participant.state not in (P.CONSENTED, P.ALLOCATED):
        return Decision.no(
            "not_consented", _("The person has not said yes, so there is nothing to take back.")
        )
    return Decision.yes(_("It holds at once, needs no reason, and takes no other help away."))


def control_waits_until(participant):
    """Return the day from which somebody in the control group may get a place, or ``None`` for who is not in it."""
    allocation = getattr(participant, "allocation", None)
    if allocation is None or allocation.arm != "control":
        return None
    day = timezone.localdate(allocation.at)
    return day + timedelta(weeks=participant.study.control_weeks)
