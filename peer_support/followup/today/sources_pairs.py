"""Pairs that have begun, on today's list: calls, silence, pauses that end, and endings with something left."""

from dataclasses import replace

from django.utils.translation import gettext_lazy, ngettext

from ..due import due_follow_ups, endings_to_close, pauses_ending, silent_matches
from ..models_follow_up import Kind
from .registry import RING, TALK, Line, register_source


def _line(due, kind, order):
    return Line(
        kind,
        due.sentence,
        due.label,
        due.url,
        due=due.due,
        hint=due.hint,
        person=due.people,
        initiative_id=due.initiative_id,
        key=due.key,
        order=order,
    )


def follow_up_calls(day):
    """Rule: a call of the follow-up plan is here from the day it is due until its answer is written down.

    One line a person, however many calls were missed: nobody is rung three times in a morning. The call of the day
    after has a rule of its own, which leads to the match.
    """
    by_person = {}
    for due in due_follow_ups(day):
        if due.kind != Kind.DAY_AFTER:
            by_person.setdefault(due.people, []).append(due)
    return [_latest(found) for found in by_person.values()]


def _latest(found):
    """Return the line of the latest of one person's calls, for the day of the first that was missed."""
    line = _line(found[-1], RING, 25)
    missed = len(found) - 1
    if not missed:
        return line
    text = ngettext("%(count)d earlier call is missing.", "%(count)d earlier calls are missing.", missed)
    hint = " ".join(filter(None, [text % {"count": missed}, line.hint]))
    return replace(line, due=found[0].due, hint=hint)


def silent_pairs(day):
    """Rule: a pair without a meeting for longer than its own agreement is here, until it meets or somebody has rung.

    Not where one of the two is to be rung anyway: that line says it.
    """
    rung = {person for due in due_follow_ups(day) for person in due.people}
    return [_line(due, RING, 35) for due in silent_matches(day) if not rung.intersection(due.people)]


def pauses_that_end(day):
    """Rule: a pause is here from three days before it ends (an open one after eight weeks) until somebody has asked."""
    return [_line(due, RING, 45) for due in pauses_ending(day)]


def endings_with_something_left(day):
    """Rule: a match that has ended is here when a step of its ending is due, until each is done or not wished."""
    return [_line(due, TALK, 55) for due in endings_to_close(day)]


register_source("follow_ups", gettext_lazy("Follow-up"), follow_up_calls)
register_source("silent_pairs", gettext_lazy("Pairs one has not heard of"), silent_pairs)
register_source("pauses", gettext_lazy("Pauses that end"), pauses_that_end)
register_source("endings", gettext_lazy("Good endings"), endings_with_something_left)
