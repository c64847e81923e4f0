"""May this course take this step? Every answer is a :class:`Decision` whose reason can be shown as it is."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from . import queries
from .models import CourseState, Enrolment, SessionState
from .rules_leading import leaders_missing


class Action(models.TextChoices):
    """What can be done with a course. The value is also what :class:`CourseEvent.action` holds."""

    CREATE = "create", _("made the course")
    CHANGE = "change", _("changed the course")
    OPEN = "open", _("opened the course to new people")
    CLOSE = "close", _("closed the course to new people again")
    START = "start", _("began the course")
    COMPLETE = "complete", _("completed the course")
    CANCEL = "cancel", _("called the course off")
    MOVE_SESSION = "move_session", _("moved a session")
    CHANGE_SESSION = "change_session", _("changed a session")
    CANCEL_SESSION = "cancel_session", _("called a session off")
    RESTORE_SESSION = "restore_session", _("took back that a session was called off")
    ADD_SESSION = "add_session", _("added a session")
    ADD_FACILITATOR = "add_facilitator", _("gave the course somebody who leads it")
    END_FACILITATOR = "end_facilitator", _("wrote down that somebody no longer leads it")
    NOTE_TRAINING = "note_training", _("wrote down that somebody is trained")
    STAND_IN = "stand_in", _("wrote down a stand-in")
    GUIDANCE = "guidance", _("wrote down a guidance date")


_LIVE = {CourseState.PLANNED, CourseState.OPEN, CourseState.RUNNING}
FROM_STATES = {
    Action.CHANGE: _LIVE,
    Action.OPEN: {CourseState.PLANNED},
    Action.CLOSE: {CourseState.OPEN},
    Action.START: {CourseState.OPEN},
    Action.COMPLETE: {CourseState.RUNNING},
    Action.CANCEL: _LIVE,
    Action.MOVE_SESSION: _LIVE,
    Action.CHANGE_SESSION: _LIVE,
    Action.CANCEL_SESSION: _LIVE,
    Action.RESTORE_SESSION: _LIVE,
    Action.ADD_SESSION: _LIVE,
    Action.ADD_FACILITATOR: _LIVE,
    Action.END_FACILITATOR: _LIVE,
    Action.NOTE_TRAINING: _LIVE,
    Action.STAND_IN: _LIVE,
    Action.GUIDANCE: _LIVE,
}
_WHERE_IT_STANDS = {
    CourseState.PLANNED: _("That is not possible yet: the course is not open to new people."),
    CourseState.OPEN: _("That is not possible now: the course is open to new people and has not begun."),
    CourseState.RUNNING: _("That is not possible now: the course has begun."),
    CourseState.COMPLETED: _("That is not possible any more: the course is completed."),
    CourseState.CANCELLED: _("That is not possible any more: the course was called off."),
}


def may(course, action):
    """Return whether ``course`` can take the step ``action`` from the state it is in."""
    action = Action(action)
    if course.state not in FROM_STATES.get(action, ()):
        return Decision.no(f"{action.value}_in_{course.state}", _WHERE_IT_STANDS[CourseState(course.state)])
    return Decision.yes()


def may_open(course):
    """Return whether ``course`` may be opened: it has sessions, and enough who lead it, each ready to."""
    decision = may(course, Action.OPEN)
    if not decision:
        return decision
    if not queries.meeting(course).exists():
        return Decision.no("no_sessions", _("The course has no sessions yet."))
    return leaders_missing(course)


def may_start(course, although_few=False):
    """Return whether ``course`` may begin: enough who lead it, and enough who take part.

    ``although_few`` says that the coordinator has seen that they are fewer, and begins all the same.
    """
    decision = may(course, Action.START)
    if decision:
        decision = leaders_missing(course)
    if not decision or although_few:
        return decision
    there = queries.enrolled(course)
    if there < course.minimum:
        reason = ngettext(
            "%(there)s has a place, and the course is meant to begin with at least %(minimum)s. Begin all the "
            "same, wait, or call it off.",
            "%(there)s have a place, and the course is meant to begin with at least %(minimum)s. Begin all the "
            "same, wait, or call it off.",
            there,
        )
        return Decision.no("too_few", reason % {"there": there, "minimum": course.minimum})
    return Decision.yes()


def may_complete(course, day=None):
    """Return whether ``course`` may be completed: no session is left to hold."""
    decision = may(course, Action.COMPLETE)
    if not decision:
        return decision
    left = course.sessions.filter(state=SessionState.PLANNED, date__gt=day or timezone.localdate()).count()
    if left:
        reason = ngettext(
            "There is %(count)s session left. Hold it or call it off first.",
            "There are %(count)s sessions left. Hold them or call them off first.",
            left,
        )
        return Decision.no("sessions_left", reason % {"count": left})
    return Decision.yes()


def may_delete(course):
    """Return whether ``course`` may be deleted: it was only ever a plan, and nobody has signed up."""
    if course.state != CourseState.PLANNED:
        return Decision.no(
            "not_planned", _("Only a course that is being planned can be deleted. Call it off.")
        )
    if Enrolment.objects.filter(course=course).exists():
        return Decision.no("has_people", _("Somebody has signed up. Call the course off instead."))
    return Decision.yes()


def may_change_capacity(course, capacity):
    """Return whether the course can have ``capacity`` places (``None``: no limit): not fewer than are taken."""
    if capacity is not None and capacity < course.seats_taken:
        return Decision.no(
            "more_taken",
            gettext("%(taken)s places are taken or offered. There cannot be fewer.")
            % {"taken": course.seats_taken},
        )
    return Decision.yes()


def may_change_session(session, action):
    """Return whether ``session`` may be moved, changed or called off: it has not been held."""
    decision = may(session.course, action)
    if not decision:
        return decision
    if session.state == SessionState.HELD:
        return Decision.no("session_held", _("The session has been held. It stays where it is."))
    if session.state == SessionState.CANCELLED and action != Action.RESTORE_SESSION:
        return Decision.no("session_cancelled", _("The session was called off. Take that back first."))
    if session.state != SessionState.CANCELLED and action == Action.RESTORE_SESSION:
        return Decision.no("session_not_cancelled", _("The session was not called off."))
    return Decision.yes()
