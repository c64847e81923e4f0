"""May this pair be proposed? May this match take this step? And which step is next?

Every answer is a :class:`~peer_support.access.decisions.Decision` whose reason can be shown as it is.
"""

from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from ..people.models import Citizen, Volunteer
from ..people.staleness import may_be_proposed
from ..people.standing import may_be_used
from . import adapter, sentences
from .models_match import Answer, State


class Action(models.TextChoices):
    """What can be done with a match. The value is also what :class:`MatchEvent.action` holds."""

    PROPOSE = "propose", _("proposed")
    ANSWER = "answer", _("wrote down an answer")
    FIRST_MEETING = "first_meeting", _("wrote down the first meeting")
    DAY_AFTER = "day_after", _("wrote down an answer from the day after")
    START = "start", _("started the match")
    AGREEMENT = "agreement", _("changed the agreement")
    PAUSE = "pause", _("wrote down a pause")
    RESUME = "resume", _("ended the pause")
    END = "end", _("ended the match")
    WITHDRAW = "withdraw", _("withdrew the proposal")
    REOPEN = "reopen", _("took back the last step")


_BEFORE_START = {State.PROPOSED, State.ACCEPTED, State.MET}
_RUNNING = {State.ACTIVE, State.PAUSED}
FROM_STATES = {
    Action.ANSWER: {State.PROPOSED, State.ACCEPTED},
    Action.FIRST_MEETING: {State.ACCEPTED, State.MET},
    Action.DAY_AFTER: {State.MET},
    Action.START: {State.MET},
    Action.AGREEMENT: _RUNNING,
    Action.PAUSE: _RUNNING,
    Action.RESUME: {State.PAUSED},
    Action.END: _RUNNING,
    Action.WITHDRAW: _BEFORE_START,
    Action.REOPEN: {State.DECLINED, State.ENDED, State.WITHDRAWN},
}

_WHERE_IT_STANDS = {
    State.PROPOSED: _("That is not possible yet: both have not said yes to the proposal."),
    State.ACCEPTED: _(
        "That is not possible now: both have said yes, and the first meeting is the next step."
    ),
    State.MET: _("That is not possible now: they have met, and their answers from the day after come next."),
    State.ACTIVE: _("That is not possible now: the match is active."),
    State.PAUSED: _("That is not possible now: the match is on pause."),
    State.ENDED: _("That is not possible any more: the match has ended."),
    State.DECLINED: _("That is not possible any more: one of them said no."),
    State.WITHDRAWN: _("That is not possible any more: the proposal was withdrawn."),
}


def may(match, action):
    """Return whether ``match`` can take the step ``action`` from where it stands."""
    action = Action(action)
    if match.state not in FROM_STATES.get(action, ()):
        return Decision.no(f"{action.value}_in_{match.state}", _WHERE_IT_STANDS[State(match.state)])
    if action == Action.START and not (
        match.citizen_after == Answer.YES and match.volunteer_after == Answer.YES
    ):
        return Decision.no(
            "day_after_missing",
            _("Write down first what both said the day after the meeting: do they want to go on?"),
        )
    if action == Action.FIRST_MEETING and (match.citizen_after or match.volunteer_after):
        return Decision.no(
            "after_answered",
            _(
                "The meeting has been held, and there is an answer from the day after. Take that answer back first."
            ),
        )
    return Decision.yes()


@dataclass(frozen=True)
class Step:
    """A step that is possible now: the button's ``label``, what happens then (``hint``), and for whom (``side``)."""

    action: str
    side: str
    label: str
    hint: str
    decision: Decision


def _step(match, action, label, hint="", side=""):
    return Step(Action(action).value, side, str(label), str(hint), may(match, action))


def next_steps(match):
    """Return the :class:`Step` list of ``match``; the first is the one to do next, the others stand beside it."""
    return [step for step in _steps(match) if step.decision]


def _steps(match):
    if match.state == State.PROPOSED:
        yield from _answer_steps(match)
    elif match.state == State.ACCEPTED:
        yield _first_meeting_step(match)
        yield from _answer_steps(match)
    elif match.state == State.MET:
        steps = _day_after_steps(match)
        yield from (step for answered, step in steps if not answered)
        yield _step(
            match,
            Action.START,
            _("Start the match"),
            _("You write the agreement: hours, how long, where, and what they want from it."),
        )
        yield from (step for answered, step in steps if answered)
        yield _step(match, Action.FIRST_MEETING, _("Correct the first meeting"))
    elif match.state == State.PAUSED:
        yield _step(match, Action.RESUME, _("End the pause"), _("The match is active again."))
    if match.state in _RUNNING:
        yield _step(match, Action.AGREEMENT, _("Change the agreement"), _("Also to agree on more months."))
        yield _step(match, Action.PAUSE, _("Write a pause"), _("They keep each other."))
        yield _step(match, Action.END, _("End the match"), _("You talk with both, and write down why."))
    if match.state in _BEFORE_START:
        yield _step(
            match,
            Action.WITHDRAW,
            _("Withdraw"),
            _("The place is free again, and the pair can be proposed another time."),
        )
    if match.state in FROM_STATES[Action.REOPEN]:
        yield _step(
            match,
            Action.REOPEN,
            _("Take back the last step"),
            _("For a slip of the finger; it is written in the log."),
        )


def _answer_steps(match):
    """The side that has not answered comes first; an answer that is there can be changed."""
    hint = _("A no costs nobody their place in the queue, and needs no reason.")
    sides = [
        (match.citizen_answer, "citizen", _("Write the citizen's answer"), _("Change the citizen's answer")),
        (
            match.volunteer_answer,
            "volunteer",
            _("Write the volunteer's answer"),
            _("Change the volunteer's answer"),
        ),
    ]
    for answer, side, write, change in sorted(sides, key=lambda one: bool(one[0])):
        yield _step(match, Action.ANSWER, change if answer else write, hint, side)


def _first_meeting_step(match):
    booked = match.first_meeting_on
    if booked is None:
        return _step(
            match, Action.FIRST_MEETING, _("Write the first meeting"), _("You take part in it yourself.")
        )
    if booked > timezone.localdate():
        hint = gettext("It is booked for %(date)s.") % {"date": sentences.day(booked)}
        return _step(match, Action.FIRST_MEETING, _("Move the first meeting"), hint)
    return _step(match, Action.FIRST_MEETING, _("The first meeting was held"), _("Ring both the day after."))


def _day_after_steps(match):
    hint = _("Ask each of them alone. A no is fine, and costs nobody their place in the queue.")
    sides = [
        (
            match.citizen_after,
            "citizen",
            _("Write what the citizen said the day after"),
            _("Change what the citizen said the day after"),
        ),
        (
            match.volunteer_after,
            "volunteer",
            _("Write what the volunteer said the day after"),
            _("Change what the volunteer said the day after"),
        ),
    ]
    return [
        (answer, _step(match, Action.DAY_AFTER, change if answer else write, hint, side))
        for answer, side, write, change in sides
    ]


# Proposals


def may_propose(citizen, volunteer):
    """Return whether the pair may be proposed today; one of several reasons is named, in the engine's order."""
    if citizen.initiative_id != volunteer.initiative_id:
        return Decision.no("other_initiative", _("The two belong to different initiatives."))
    return Judge(citizen.initiative_id, [citizen.pk], [volunteer.pk]).decision(citizen, volunteer)


class Judge:
    """The rules on a number of pairs of one initiative, with what the database holds now, in few queries.

    Build it inside the transaction that has locked the people, so that nothing changes between the look and the
    write.
    """

    def __init__(self, initiative_id, citizen_ids, volunteer_ids, policy=None):
        self.table = adapter.load(
            initiative_id, citizen_ids=citizen_ids, volunteer_ids=volunteer_ids, policy=policy
        )

    def decision(self, citizen, volunteer):
        """Return whether ``citizen`` and ``volunteer`` may be proposed to each other."""
        return next(self._objections(citizen, volunteer), Decision.yes())

    def _objections(self, citizen, volunteer):
        names = {"citizen": citizen, "volunteer": volunteer}
        for person in (citizen, volunteer):
            if not (usable := may_be_used(person)):
                yield usable
                return
        status = self.table.citizen_status.get(citizen.pk)
        if status is None or volunteer.pk not in self.table.volunteer_status:
            yield Decision.no("gone", _("One of the two is not in this initiative any more."))
            return
        if (number := self.table.taken.get(citizen.pk)) is not None:
            yield Decision.no(
                "citizen_taken",
                gettext("%(citizen)s already has a proposal or a match (match %(number)s).")
                % {**names, "number": number},
            )
        if status == Citizen.Status.ENDED:
            yield Decision.no("citizen_ended", gettext("%(citizen)s has ended.") % names)
        elif status != Citizen.Status.WAITING:
            yield Decision.no("not_waiting", gettext("%(citizen)s is not on the waiting list.") % names)
        status = self.table.volunteer_status[volunteer.pk]
        if status == Volunteer.Status.ENDED:
            yield Decision.no("volunteer_ended", gettext("%(volunteer)s has ended.") % names)
        elif status != Volunteer.Status.APPROVED:
            yield Decision.no("not_approved", gettext("%(volunteer)s is not approved yet.") % names)
        for person in (citizen, volunteer):
            if not (fresh := may_be_proposed(person)):
                yield fresh
        for code in self.table.failing(citizen.pk, volunteer.pk):
            yield Decision.no(code, sentences.rule_for_pair(code, citizen, volunteer))

    def parts(self, citizen, volunteer):
        """Return the engine's parts of the pair, as it is now."""
        return self.table.parts(citizen.pk, volunteer.pk)

    def take(self, citizen, volunteer, number):
        """Count the pair as made (match ``number``), for the pairs that are judged after it."""
        self.table.take(citizen.pk, volunteer.pk, number)
