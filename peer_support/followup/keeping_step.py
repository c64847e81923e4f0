"""What this room does at each step of a match, and at each change of a person's pause, stop or yes; connected by import."""

from ..matching.listeners import register_step_listener
from ..matching.models_match import State
from ..matching.rules import Action
from ..people.listeners import register_lift_listener, register_pause_listener
from .services_ending import plan_ending, take_back_ending
from .services_follow_up import keep_in_step, note_day_after, plan_again
from .services_pause import keep_pause


@register_step_listener
def follow_match(match, event, user):
    """Keep pauses, endings and calls in step with ``match``, in the transaction that took the step."""
    if not match.first_meeting_on and event.action != Action.REOPEN:
        return  # nothing of this room's begins before a first meeting is written down
    if State.PAUSED in (event.from_state, event.to_state):
        keep_pause(match, user)
    if event.action == Action.END:
        plan_ending(match, event, user)
    elif event.action == Action.REOPEN and event.from_state == State.ENDED:
        take_back_ending(match)
    elif event.action == Action.DAY_AFTER:
        note_day_after(match, event.facts["side"], event.facts["answer"], user)
    keep_in_step([match], user)


@register_pause_listener
def follow_person(person, user):
    """Keep the history of a person's pauses."""
    keep_pause(person, user)


@register_lift_listener
def follow_lift(person, user):
    """Plan the calls that were not planned while the record was left alone."""
    plan_again(person, user)
