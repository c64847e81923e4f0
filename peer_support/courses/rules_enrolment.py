"""May this step be taken with an enrolment? And which step is next?

One function per step, used by buttons, messages and services alike; each answers with a
:class:`~peer_support.access.decisions.Decision` whose reason can be shown as it is. None of them asks the database
for more than the enrolment's course, so that a board of thousands costs no query per row.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..access.decisions import Decision
from ..people.models import Volunteer
from ..people.standing import COURSE, may_be_used
from .models_course import SessionState
from .models_enrolment import INCOMING_STATES, EnrolmentState, WaitingWhy
from .rules_intake import (  # noqa: F401 - one door for whoever asks about enrolments
    course_is_not_over,
    free_places,
    has_free_place,
    intake_is_open,
    why_waiting,
)

S = EnrolmentState


class Action(models.TextChoices):
    """What can be done with an enrolment. The value is also what :class:`EnrolmentEvent.action` holds."""

    REGISTER = "register", _("signed up")
    INVITE = "invite", _("was invited to an intro workshop")
    WORKSHOP = "workshop", _("intro workshop written down")
    EXCUSE = "excuse", _("can do without the intro workshop")
    OFFER = "offer", _("was offered a place")
    ANSWER = "answer", _("answered the offer")
    EXPIRE = "expire", _("the offer ran out without an answer")
    ENROL = "enrol", _("got a place")
    WAIT = "wait", _("was put on the waiting list")
    QUEUE = "queue", _("was moved on the waiting list")
    DECLINE = "decline", _("said no")
    LEAVE = "leave", _("left")
    COMPLETE = "complete", _("completed the course")
    REOPEN = "reopen", _("goes on after all")
    MOVE = "move", _("moved to another course")
    ARRIVE = "arrive", _("came from another course")
    RELEASE = "release", _("the course was called off or is over")
    WANTS_NEXT = "wants_next", _("said what they would like next")


_ON_THE_WAY = {*INCOMING_STATES, S.WAITING}
FROM_STATES = {
    Action.REGISTER: {S.LEFT, S.DECLINED},
    Action.INVITE: {S.INTERESTED, S.INVITED, S.WAITING},
    Action.WORKSHOP: {S.INTERESTED, S.INVITED, S.ATTENDED, S.WAITING},
    Action.EXCUSE: {S.INTERESTED, S.INVITED, S.WAITING},
    Action.OFFER: {*_ON_THE_WAY, S.OFFERED},
    Action.ANSWER: {S.OFFERED, S.WAITING},
    Action.ENROL: {*_ON_THE_WAY, S.OFFERED},
    Action.WAIT: {*_ON_THE_WAY, S.OFFERED},
    Action.QUEUE: {S.WAITING},
    Action.DECLINE: {*_ON_THE_WAY, S.OFFERED},
    Action.LEAVE: {S.ENROLLED},
    Action.COMPLETE: {S.ENROLLED},
    Action.REOPEN: {S.COMPLETED},
    Action.MOVE: {*_ON_THE_WAY, S.OFFERED, S.ENROLLED},
    Action.WANTS_NEXT: {S.COMPLETED, S.LEFT, S.DECLINED},
}

_WHERE_IT_STANDS = {
    S.INTERESTED: _("That is not possible yet: the person has said that they are interested, no more."),
    S.INVITED: _("That is not possible yet: the person is invited to an intro workshop."),
    S.ATTENDED: _(
        "That is not possible now: the person has been to the intro workshop and has no place yet."
    ),
    S.OFFERED: _("That is not possible now: the person has been offered a place and has not answered."),
    S.WAITING: _("That is not possible now: the person is on the waiting list."),
    S.ENROLLED: _("That is not possible now: the person has a place."),
    S.COMPLETED: _("That is not possible any more: the person has completed the course."),
    S.LEFT: _("That is not possible now: the person has left the course. They can sign up again."),
    S.DECLINED: _("That is not possible now: the person said no. They can sign up again at any time."),
}


# What brings somebody further into a course; a no and a goodbye can be written for whoever took back the yes to courses.
_ONWARDS = {
    Action.REGISTER, Action.INVITE, Action.OFFER, Action.ANSWER, Action.ENROL, Action.WAIT, Action.QUEUE, Action.MOVE,
}  # fmt: skip


def may(enrolment, action):
    """Whether ``enrolment`` can take the step ``action`` from where it stands, and the person is not left alone."""
    action, person = Action(action), enrolment.person
    if person is not None and (person.restricted_on or action in _ONWARDS):
        usable = may_be_used(person, COURSE)
        if not usable:
            return usable
    if enrolment.state in FROM_STATES[action]:
        return Decision.yes()
    return Decision.no(f"{action.value}_in_{enrolment.state}", _WHERE_IT_STANDS[S(enrolment.state)])


def _first_no(*decisions):
    """Return the first decision that says no, or the last one."""
    return next((decision for decision in decisions if not decision), decisions[-1])


# The person


def may_register(course, person):
    """Whether ``person`` can sign up for ``course``."""
    if person.initiative_id != course.initiative_id:
        return Decision.no("other_initiative", _("The person belongs to another initiative."))
    if isinstance(person, Volunteer) != course.is_for_volunteers:
        if course.is_for_volunteers:
            return Decision.no("for_volunteers", _("This is for volunteers."))
        return Decision.no("for_citizens", _("This is for citizens."))
    if person.status == "ended":
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    return _first_no(may_be_used(person, COURSE), course_is_not_over(course))


def intro_is_done(enrolment):
    """Whether the intro workshop is behind them, is not asked for, or is done without for a reason."""
    if enrolment.attended_on or enrolment.exception_reason or not enrolment.course.wants_intro:
        return Decision.yes()
    return Decision.no(
        "intro_missing",
        _("The course begins with an intro workshop. Write that they came, or why they can do without it."),
    )


def may_register_again(enrolment):
    """Whether somebody who left or said no can come again. It costs nothing to have said no."""
    return _first_no(may(enrolment, Action.REGISTER), course_is_not_over(enrolment.course))


def may_be_invited(enrolment, workshop=None, taken=0):
    """Whether the person can be invited to ``workshop``, to which ``taken`` others are invited."""
    decision = _first_no(may(enrolment, Action.INVITE), course_is_not_over(enrolment.course))
    if not decision or workshop is None:
        return decision
    if workshop.initiative_id != enrolment.initiative_id:
        return Decision.no("other_initiative", _("The workshop belongs to another initiative."))
    if workshop.state == SessionState.CANCELLED:
        return Decision.no("workshop_cancelled", _("The workshop was called off. Choose another."))
    if workshop.date < timezone.localdate():
        return Decision.no("workshop_past", _("The workshop has been held. Choose one that is to come."))
    if workshop.capacity is not None and taken >= workshop.capacity:
        return Decision.no("workshop_full", _("The workshop is full. Choose another."))
    return decision


def may_record_workshop(enrolment):
    """Whether it can be written down that the person came to an intro workshop, or did not."""
    decision = may(enrolment, Action.WORKSHOP)
    if decision and enrolment.workshop_id and enrolment.workshop.date > timezone.localdate():
        return Decision.no("workshop_to_come", _("The workshop has not been held yet."))
    return decision


def may_be_excused(enrolment):
    """Whether the person can go on without an intro workshop; a reason has to be written."""
    decision = may(enrolment, Action.EXCUSE)
    if decision and not enrolment.course.wants_intro:
        return Decision.no("no_intro", _("This course has no intro workshop."))
    return decision


# Places

_place_rules = []


def register_place_rule(function):
    """Let a room above say no to a place: ``function(enrolment) -> Decision``, asked where all else allows one.

    It may keep what it found on ``enrolment.course``, which many enrolments share.
    """
    if function not in _place_rules:
        _place_rules.append(function)
    return function


def may_have_place(enrolment):
    """Whether no other room keeps the person waiting, as an effect study does with its control group."""
    return _first_no(Decision.yes(), *(rule(enrolment) for rule in _place_rules))


def why_waits(enrolment):
    """Return the code of why somebody who wants a place waits now."""
    why = why_waiting(enrolment.course)
    free = why == WaitingWhy.FULL and has_free_place(enrolment.course)
    return WaitingWhy.STUDY if free and not may_have_place(enrolment) else why


def is_next_in_line(ahead):
    """Whether nobody who is ready to begin stands before the person; ``ahead`` is how many do."""
    if not ahead:
        return Decision.yes()
    return Decision.no(
        "others_first",
        ngettext(
            "%(count)d person stands before on the waiting list. Write why this person comes first.",
            "%(count)d people stand before on the waiting list. Write why this person comes first.",
            ahead,
        )
        % {"count": ahead},
    )


def may_be_offered(enrolment, day=None):
    """Whether the person can be offered a place. More time to answer can be given while the offer stands."""
    decision = may(enrolment, Action.OFFER)
    if not decision or enrolment.state == S.OFFERED:
        return decision
    course = enrolment.course
    return _first_no(
        intake_is_open(course, day),
        has_free_place(course),
        intro_is_done(enrolment),
        may_have_place(enrolment),
        Decision.yes(_("The place is kept until they answer.")),
    )


def may_be_enrolled(enrolment, day=None):
    """Whether the person can get a place at once."""
    decision = may(enrolment, Action.ENROL)
    if not decision:
        return decision
    if enrolment.state == S.OFFERED:
        return intake_is_open(enrolment.course, day)
    return may_be_offered(enrolment, day)


def may_answer(enrolment):
    """Whether there is an offer to answer; one that ran out can still be answered."""
    decision = may(enrolment, Action.ANSWER)
    if decision and enrolment.state == S.WAITING and enrolment.waiting_why != WaitingWhy.NO_ANSWER:
        return Decision.no("no_offer", _WHERE_IT_STANDS[S.WAITING])
    return decision


def may_wait(enrolment):
    """Whether the person can be put on the waiting list."""
    return _first_no(may(enrolment, Action.WAIT), course_is_not_over(enrolment.course))


def may_be_moved_in_line(enrolment):
    """Whether the person's place on the waiting list can be changed; a reason has to be written."""
    return may(enrolment, Action.QUEUE)


def may_decline(enrolment):
    """Whether a no can be written. It needs no reason, and nothing is kept against the person."""
    decision = may(enrolment, Action.DECLINE)
    return decision and Decision.yes(_("A no needs no reason. They can sign up again at any time."))


def may_leave(enrolment):
    """Whether the person can leave the course."""
    return may(enrolment, Action.LEAVE)


def may_complete(enrolment):
    """Whether the person has completed the course: once it has begun."""
    decision = may(enrolment, Action.COMPLETE)
    if decision and enrolment.course.started_on is None:
        return Decision.no("not_begun", _("The course has not begun yet."))
    return decision


def may_reopen(enrolment):
    """Whether "completed" can be taken back: while the course goes on."""
    return _first_no(may(enrolment, Action.REOPEN), course_is_not_over(enrolment.course))


def may_move(enrolment, course=None):
    """Whether the person can be moved, and to ``course`` where one is named."""
    decision = may(enrolment, Action.MOVE)
    if not decision or course is None:
        return decision
    if course.pk == enrolment.course_id:
        return Decision.no("same_course", _("The person is in this course already."))
    return may_register(course, enrolment.person)


def may_say_what_next(enrolment):
    """Whether it can be written down what the person would like now."""
    return may(enrolment, Action.WANTS_NEXT)


# Buttons

_RULES = {
    Action.REGISTER: may_register_again,
    Action.INVITE: may_be_invited,
    Action.WORKSHOP: may_record_workshop,
    Action.EXCUSE: may_be_excused,
    Action.OFFER: may_be_offered,
    Action.ANSWER: may_answer,
    Action.ENROL: may_be_enrolled,
    Action.WAIT: may_wait,
    Action.QUEUE: may_be_moved_in_line,
    Action.DECLINE: may_decline,
    Action.LEAVE: may_leave,
    Action.COMPLETE: may_complete,
    Action.REOPEN: may_reopen,
    Action.MOVE: may_move,
    Action.WANTS_NEXT: may_say_what_next,
}
# What a button per state shows, the usual one first.
_BUTTONS = {
    S.INTERESTED: "invite workshop excuse offer enrol wait move decline",
    S.INVITED: "workshop invite excuse offer enrol wait move decline",
    S.ATTENDED: "offer enrol wait workshop move decline",
    S.OFFERED: "answer offer wait move decline",
    S.WAITING: "offer enrol queue invite workshop excuse wait move decline",
    S.ENROLLED: "complete leave move",
    S.COMPLETED: "wants_next reopen",
    S.LEFT: "wants_next register",
    S.DECLINED: "register wants_next",
}
_INTRO = {Action.INVITE, Action.WORKSHOP, Action.EXCUSE}


def next_actions(enrolment):
    """Return ``[(code, Decision)]`` for the buttons of an enrolment, the usual one first.

    A no is there to be explained: the button is shown without working, with its sentence. What has no meaning for
    the course (an intro workshop it does not ask for, an answer without an offer) is left out.
    """
    actions = [Action(code) for code in _BUTTONS[S(enrolment.state)].split()]
    if enrolment.state == S.WAITING and enrolment.waiting_why == WaitingWhy.NO_ANSWER:
        actions.insert(0, Action.ANSWER)
    if not enrolment.course.wants_intro:
        actions = [action for action in actions if action not in _INTRO]
    elif enrolment.state == S.WAITING and intro_is_done(enrolment):
        actions = [action for action in actions if action not in _INTRO]
    elif enrolment.state in (S.INTERESTED, S.INVITED) and intro_is_done(enrolment):
        # The place comes first; the workshop can still be chosen.
        actions.sort(key=lambda action: action in _INTRO)
    return [(action.value, _RULES[action](enrolment)) for action in actions]
