"""People in a study: asked, yes or no, first questions, told, and the way out. Each one transaction, and logged."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.decisions import Decision, NotAllowed
from ...access.links import revoke_links
from . import asking, rules, sight
from .models import (
    How,
    Left,
    ParticipantState,
    StudyConsent,
    StudyParticipant,
    StudySite,
    WhyLeft,
    WhyNot,
)
from .writing import known, locked_participant, locked_study, require, wrote

# No letters that can be read as another, none that make words.
SIGNS, CODE_LENGTH = "23456789BCDFGHJKMNPQRTVWX", 6
P = ParticipantState


def _code(study):
    taken = set(StudyParticipant._base_manager.filter(study=study).values_list("code", flat=True))
    while (code := "".join(secrets.choice(SIGNS) for __ in range(CODE_LENGTH))) in taken:
        pass
    return code


@transaction.atomic
def ask(*, study, site, citizen, enrolment=None, user, route=""):
    """Write that ``citizen`` is asked to take part, for the town ``site``. Whoever was asked before is returned as is."""
    study = locked_study(study.pk)
    found = StudyParticipant.objects.filter(study=study, citizen=citizen).first()
    if found is not None:
        return found
    site = StudySite.objects.get(pk=site.pk)
    require(rules.may_ask(study, site, citizen, enrolment))
    participant = StudyParticipant.objects.create(
        initiative_id=citizen.initiative_id,
        study=study,
        site=site,
        citizen=citizen,
        enrolment=enrolment,
        code=_code(study),
    )
    wrote(study, "ask", user, about=[participant], route=route, created=True)
    return participant


@transaction.atomic
def exclude(*, participant, why, user, route=""):
    """Write that somebody does not take part, and why (:class:`WhyNot`). It costs them nothing."""
    participant = locked_participant(participant)
    require(rules.may_exclude(participant))
    if participant.state == P.CONSENTED:
        StudyConsent.objects.filter(participant=participant).mark_withdrawn(
            what=Left.EVERYTHING, how=How.LINK if known(user) is None else How.PHONE, user=known(user)
        )
        asking.stop(participant, answers_too=True)
    participant.state, participant.excluded_why = P.EXCLUDED, WhyNot(why).value
    participant.excluded_on = timezone.localdate()
    participant.save()
    wrote(participant.study, "exclude", user, about=[participant], route=route, why=participant.excluded_why)
    return participant


@transaction.atomic
def consent(*, participant, how, text=None, signed_on=None, user=None, route=""):
    """Write a signed yes: to ``text`` (default: the newest), ``how`` (:class:`How`), and on which day (default: today).

    The questions before the draw are planned at once. A day that is to come, or before the study took people in, is
    refused.
    """
    participant = locked_participant(participant)
    study = participant.study
    require(rules.may_consent(participant))
    texts = sight.texts_of(study)
    text = texts.first() if text is None else texts.filter(pk=text.pk).first()
    today, day = timezone.localdate(), signed_on or timezone.localdate()
    if text is None:
        raise NotAllowed(Decision.no("no_text", _("There is no text to say yes to.")))
    if day > today or day < study.recruiting_from:
        raise NotAllowed(
            Decision.no(
                "wrong_day", _("Write the day it was signed: not before the study began, and not to come.")
            )
        )
    StudyConsent.objects.create(
        initiative_id=participant.initiative_id,
        participant=participant,
        text=text,
        text_version=text.version,
        text_hash=text.text_hash,
        how=How(how).value,
        signed_on=day,
        recorded_by=known(user),
    )
    participant.state, participant.excluded_why, participant.excluded_on = P.CONSENTED, "", None
    participant.save()
    asking.plan(participant, before=True)
    wrote(study, "consent", user, about=[participant], route=route, how=How(how).value, version=text.version)
    return participant


@transaction.atomic
def tick_baseline(*, participant, user, on=None, route=""):
    """Write that the first questions were answered on paper, in a study that has no instrument of its own."""
    participant = locked_participant(participant)
    require(rules.may_tick_baseline(participant))
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowed(Decision.no("wrong_day", _("That day has not come yet.")))
    participant.paper_baseline_on = day
    participant.save()
    wrote(participant.study, "baseline", user, about=[participant], route=route)
    return participant


@transaction.atomic
def note_told(*, participant, user, route=""):
    """Write that the person has been told which group they drew; from now on their own page says so too."""
    participant = locked_participant(participant)
    require(rules.may_tell(participant))
    participant.told_on = timezone.localdate()
    participant.save()
    wrote(participant.study, "told", user, about=[participant], route=route)
    return participant


@transaction.atomic
def withdraw(*, participant, what, how, why=WhyLeft.NOT_SAID, user=None, route=""):
    """Let somebody withdraw, at once: from being asked (``Left.MEASUREMENT``), or from everything with all data.

    From everything: the answers are deleted, nothing points at the person any more, and they stand in line for a place
    like anybody else. The draw itself stays, without a name, so that the list can still be checked.
    """
    participant = locked_participant(participant)
    what = Left(what)
    require(rules.may_withdraw(participant, what))
    everything = what == Left.EVERYTHING
    StudyConsent.objects.filter(participant=participant).mark_withdrawn(
        what=what.value, how=How(how).value, user=known(user)
    )
    asking.stop(participant, answers_too=everything)
    participant.left, participant.left_on = what.value, timezone.localdate()
    participant.left_why = WhyLeft(why).value
    if everything:
        revoke_links(target=participant)
        participant.citizen = participant.enrolment = participant.paper_baseline_on = None
    participant.save()
    wrote(participant.study, "withdraw", user, about=[participant], route=route, what=what.value)
    return participant


def forget(participant, *, left=None, why=""):
    """Cut the thread from a participant to the person; with ``left`` and ``why`` as a withdrawal.

    Through no scope: the person was found inside one, and a part in a study belongs to the same initiative.
    """
    values = {"citizen": None, "enrolment": None}
    if left and participant.state in (P.CONSENTED, P.ALLOCATED):
        values |= {"left": left, "left_on": timezone.localdate(), "left_why": why}
    StudyParticipant._base_manager.filter(pk=participant.pk).update(**values)


@transaction.atomic
def detach(*, participant, user=None, route=""):
    """Cut the thread when the time to keep it is over; nothing else changes, and the numbers of the study stay."""
    participant = locked_participant(participant)
    forget(participant)
    wrote(participant.study, "detach", user, about=[participant], route=route)
