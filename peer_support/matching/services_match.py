"""From the proposal to the agreement."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from . import rules, rules_agreement
from .models_call import MatchCall
from .models_match import AgreedEvery, Answer, Match, State
from .models_policy import Exclusion, MatchingPolicy
from .services_pairs import ruled_out
from .services_steps import (
    lock_initiative,
    lock_people,
    locked,
    note_people,
    opened,
    refuse,
    refuse_unless,
    wrote,
)
from .signals import match_ended, match_started, proposal_answered, proposal_made, send_after_commit

SIDES = ("citizen", "volunteer")
LINK = "link"
_ABOUT = {
    rules.Action.ANSWER: MatchCall.About.PROPOSAL,
    rules.Action.DAY_AFTER: MatchCall.About.DAY_AFTER,
}


@transaction.atomic
def propose(*, citizen, volunteer, user, run=None):
    """Propose the pair and return the :class:`Match`; nobody is written to. ``run`` is the plan it comes from.

    Raises :class:`NotAllowed` where a rule stops the pair now, or somebody else was first.
    """
    lock_people([citizen.pk], [volunteer.pk])
    if citizen.initiative_id != volunteer.initiative_id:
        refuse_unless(rules.may_propose(citizen, volunteer))
    judge = rules.Judge(citizen.initiative_id, [citizen.pk], [volunteer.pk])
    return proposed(judge, citizen, volunteer, user, run)


def proposed(judge, citizen, volunteer, user, run=None):
    """Make the match of a pair whose people are locked; ``judge`` has looked at them since."""
    refuse_unless(judge.decision(citizen, volunteer))
    parts = judge.parts(citizen, volunteer)
    lock_initiative(citizen.initiative_id)
    top = Match.objects.filter(initiative_id=citizen.initiative_id).aggregate(n=models.Max("number"))["n"]
    match = Match(
        initiative_id=citizen.initiative_id,
        number=(top or 0) + 1,
        citizen=citizen,
        volunteer=volunteer,
        proposed_by=user if getattr(user, "pk", None) else None,
        run=run,
        points=sum(part.points for part in parts),
        parts={part.criterion: part.as_dict() for part in parts},
    )
    try:
        with transaction.atomic():
            wrote(match, rules.Action.PROPOSE, "", user, created=True, run=run.pk if run else None)
    except IntegrityError:
        # The constraint "one open match per citizen" is the last wall, for code that does not take the locks.
        refuse(
            "citizen_taken",
            gettext("%(citizen)s has just been given another proposal.") % {"citizen": citizen},
        )
    judge.take(citizen, volunteer, match.number)
    send_after_commit(proposal_made, match, user)
    return match


def _checked(side, answer):
    if side not in SIDES:
        raise ValueError(f"side is {side!r}; it is one of {SIDES}")
    return Answer(answer).value


@transaction.atomic
def record_answer(*, match, side, answer, user, expected_version=None, way=""):
    """Write down what ``side`` ("citizen" or "volunteer") answers to the proposal: "yes", "no" or "" (taken back).

    Both yes: accepted. One no: declined, the place is free, the citizen waits on as before, and the pair is not
    proposed again. An answer can be changed until the first meeting is written down; a no also after that. Writing
    the same answer twice changes nothing. ``way``: "link" where the person answers themselves; that counts once.
    """
    answer = _checked(side, answer)
    found = locked(match)
    if getattr(found, f"{side}_answer") == answer:
        return found
    _once_by_link(getattr(found, f"{side}_answer"), way)
    match = opened(match, rules.Action.ANSWER, expected_version)
    if answer == Answer.WAITING and match.first_meeting_on:
        refuse(
            "meeting_written",
            gettext("A first meeting is written down. Withdraw the proposal, or write a no."),
        )
    before = match.state
    setattr(match, f"{side}_answer", answer)
    setattr(match, f"{side}_answered_on", timezone.localdate() if answer else None)
    if answer == Answer.NO:
        match.state = State.DECLINED
    elif match.citizen_answer == match.volunteer_answer == Answer.YES:
        match.state = State.ACCEPTED
    else:
        match.state = State.PROPOSED
    return _answered(match, rules.Action.ANSWER, before, side, answer, user, way)


def _close_calls(match, side, about, user):
    """Who has answered has been talked to, or no longer needs the call they asked for."""
    calls = MatchCall.objects.filter(match=match, side=side, about=about, done_at=None)
    calls.update(done_at=timezone.now(), done_by=user if getattr(user, "pk", None) else None)


def _once_by_link(answer, way):
    """What a person, or the coordinator for them, has answered already stands; a link does not turn it round."""
    if way == LINK and answer:
        refuse(
            "answered",
            gettext("Your answer is with us already. Has something changed? Then ring the coordinator."),
        )


def _answered(match, action, before, side, answer, user, way):
    how = {"way": way} if way else {}
    wrote(match, action, before, user, side=side, answer=answer, **how)
    if answer:
        _close_calls(match, side, _ABOUT[action], user)
    send_after_commit(proposal_answered, match, user, side=side, answer=answer)
    if match.state == State.DECLINED:
        ruled_out(match.citizen_id, match.volunteer_id, match.initiative_id, Exclusion.Kind.DECLINED)
        send_after_commit(match_ended, match, user)
    return match


@transaction.atomic
def record_first_meeting(*, match, on, at=None, place="", user, expected_version=None):
    """Write down the first meeting: a day to come books it, today or earlier means it was held.

    ``at`` is the time of day, where it is known. Can be corrected until somebody has answered the day after. Who has
    said "I come" to another day, time or place has not said it to this one.
    """
    match = opened(match, rules.Action.FIRST_MEETING, expected_version)
    before = match.state
    meeting = (on, at, place.strip())
    if meeting != (match.first_meeting_on, match.first_meeting_at, match.first_meeting_place):
        match.citizen_coming = match.volunteer_coming = None
    match.first_meeting_on, match.first_meeting_at, match.first_meeting_place = meeting
    match.state = State.ACCEPTED if on > timezone.localdate() else State.MET
    return wrote(match, rules.Action.FIRST_MEETING, before, user, on=on.isoformat())


@transaction.atomic
def record_day_after(*, match, side, answer, user, expected_version=None, way=""):
    """Write down what ``side`` said the day after the first meeting: "yes", "no" or "" (taken back).

    One no: declined, at no cost to anybody. Two times yes: the match can be started. ``way`` as in
    :func:`record_answer`.
    """
    answer = _checked(side, answer)
    found = locked(match)
    if getattr(found, f"{side}_after") == answer:
        return found
    _once_by_link(getattr(found, f"{side}_after"), way)
    match = opened(match, rules.Action.DAY_AFTER, expected_version)
    before = match.state
    setattr(match, f"{side}_after", answer)
    if answer == Answer.NO:
        match.state = State.DECLINED
    return _answered(match, rules.Action.DAY_AFTER, before, side, answer, user, way)


@transaction.atomic
def start_match(
    *,
    match,
    active_from,
    planned_end=None,
    hours_a_week=None,
    agreed_every=AgreedEvery.WEEK,
    place="",
    goals="",
    user,
    expected_version=None,
):
    """Start the match with its agreement. ``planned_end`` defaults to the policy's months after ``active_from``.

    ``hours_a_week`` (hours), ``place`` and ``goals`` may be left open. ``agreed_every``: how often they mean to meet. A trial period begins, in which either side
    can stop without a reason.
    """
    match = opened(match, rules.Action.START, expected_version)
    before = match.state
    months = rules_agreement.longest(MatchingPolicy.current(match.initiative))
    planned_end = planned_end or rules_agreement.months_after(active_from, months)
    refuse_unless(rules_agreement.may_start(match, active_from))
    refuse_unless(rules_agreement.may_last(active_from, planned_end, months))
    refuse_unless(rules_agreement.may_take_hours(hours_a_week))
    match.state = State.ACTIVE
    match.active_from, match.planned_end = active_from, planned_end
    match.trial_until = rules_agreement.trial_end(active_from)
    match.hours_a_week, match.agreed_every = hours_a_week, AgreedEvery(agreed_every).value
    match.place, match.goals = place.strip(), goals.strip()
    wrote(
        match,
        rules.Action.START,
        before,
        user,
        active_from=active_from.isoformat(),
        planned_end=planned_end.isoformat(),
    )
    note_people(match, user, "matching.start", on=active_from)
    send_after_commit(match_started, match, user)
    return match


@transaction.atomic
def change_agreement(
    *,
    match,
    planned_end,
    hours_a_week=None,
    agreed_every=None,
    place="",
    goals="",
    user,
    expected_version=None,
):
    """Write a changed agreement, also to go on for more months: at most the policy's, counted from today."""
    match = opened(match, rules.Action.AGREEMENT, expected_version)
    months = rules_agreement.longest(MatchingPolicy.current(match.initiative))
    if planned_end != match.planned_end:
        refuse_unless(
            rules_agreement.may_last(max(match.active_from, timezone.localdate()), planned_end, months)
        )
    refuse_unless(rules_agreement.may_take_hours(hours_a_week))
    match.planned_end, match.hours_a_week = planned_end, hours_a_week
    if agreed_every is not None:
        match.agreed_every = AgreedEvery(agreed_every).value
    match.place, match.goals = place.strip(), goals.strip()
    return wrote(match, rules.Action.AGREEMENT, match.state, user, planned_end=planned_end.isoformat())
