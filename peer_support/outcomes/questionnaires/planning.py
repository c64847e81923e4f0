"""Which questionnaires a match or a course's participant is to have, and on which day. No database here."""

from datetime import timedelta

from ...courses.models import CourseState, EnrolmentState
from ...matching.models_match import State as MatchState
from .models import Kind, Moment

# What lies longer back than this is not planned any more: "how were you when you began?" has no true answer by then.
GRACE_DAYS = 28
# Whoever was asked and has not answered for so long is asked no more.
ANSWER_DAYS = 42
# What nobody has got round to asking for so long is left.
UNASKED_DAYS = 60
# One reminder, and not before the first week is over.
REMIND_DAYS = 7

_BEGUN = (MatchState.ACTIVE, MatchState.PAUSED)


def match_days(match):
    """Return ``{moment: the day it counts from}`` of what a match has come to as it stands now."""
    if match.state == MatchState.ENDED and match.active_from:
        return {Moment.END: match.ended_on, Moment.FOLLOW_UP: match.ended_on}
    return {Moment.START: match.active_from} if match.state in _BEGUN and match.active_from else {}


def enrolment_days(enrolment):
    """Return ``{moment: the day it counts from}`` of what somebody's place in a course has come to as it stands now.

    Somebody who came in late begins on their own day. Whoever has left is not asked any more.
    """
    if enrolment.state == EnrolmentState.COMPLETED and enrolment.completed_on:
        return {Moment.END: enrolment.completed_on, Moment.FOLLOW_UP: enrolment.completed_on}
    running = enrolment.course.state == CourseState.RUNNING and enrolment.course.started_on
    if enrolment.state == EnrolmentState.ENROLLED and running:
        return {Moment.START: max(enrolment.course.started_on, enrolment.enrolled_on)}
    return {}


DAYS = {Kind.MATCH: match_days, Kind.COURSE: enrolment_days}


def people_of(kind, belonging):
    """Return ``{"citizen": …, "volunteer": …}`` of those whom a match or an enrolment is about."""
    sides = {"citizen": belonging.citizen, "volunteer": belonging.volunteer}
    return {side: person for side, person in sides.items() if person is not None}


def wanted(kind, belonging, lines):
    """Return ``{(side, instrument, moment): due day}`` by the ``lines`` of the initiative's plan for this ``kind``."""
    days, people = DAYS[kind](belonging), people_of(kind, belonging)
    found = {}
    for line in lines:
        sides = [side for side in people if getattr(line, f"{side}s")]
        for moment, day in days.items():
            if line.asks(moment):
                weeks = line.follow_up_weeks if moment == Moment.FOLLOW_UP else 0
                due = day + timedelta(weeks=weeks)
                found.update({(side, line.instrument, moment.value): due for side in sides})
    return found
