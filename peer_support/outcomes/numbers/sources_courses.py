"""Items about group courses, their sessions, those who take part, and those who lead them.

The town is that of the course. Courses for volunteers (training, supervision, meetings) are kept apart from those for
citizens. Steps of enrolments are read from their own history: who left and signed up again has left once.
"""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from ...courses.models import (
    CAME,
    Attendance,
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    Facilitator,
    ForWhom,
    GroupCourse,
    IntroWorkshop,
    LeftWhy,
    Session,
    SessionStandIn,
    SessionState,
)
from ...courses.models_course import State
from .counting import COURSE, ENROLMENT, FOREVER, VOLUNTEER, WORKSHOP, Item, source
from .scoping import rows_in, town_of_postcode

MINUTES = Decimal(60)
# Nobody who is moved to another course, or whose course is called off, has dropped out.
_NO_DROP_OUT = {LeftWhy.OTHER_COURSE.value, LeftWhy.CANCELLED.value}
_PLACED = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)


def courses_of(question):
    """Return ``{key: (initiative, town, for whom, state, started, ended)}``."""
    if "courses" not in question.cache:
        towns = town_of_postcode(question)
        rows = rows_in(GroupCourse, question).values_list(
            "pk", "initiative_id", "town_id", "postcode", "for_whom", "state", "started_on", "ended_on"
        )
        question.cache["courses"] = {
            pk: (initiative, town or towns.get(postcode, ""), *rest)
            for pk, initiative, town, postcode, *rest in rows
        }
    return question.cache["courses"]


def _course_item(pk, course, day, until=None, fact=""):
    return Item(course[0], course[1], day, until, 1, 0, (COURSE, pk), fact)


@source
def courses(question):
    """Courses for citizens, from the day they began until the day they ended; ``fact``: the state."""
    for pk, course in courses_of(question).items():
        __, __, for_whom, state, started, ended = course
        if for_whom == ForWhom.CITIZENS and started:
            yield _course_item(pk, course, started, max(ended, started) if ended else FOREVER, state)


@source
def course_starts(question):
    """Courses for citizens, on the day they began."""
    return [item._replace(until=None) for item in courses(question)]


@source
def course_ends(question):
    """Courses for citizens that were completed or called off, on that day; ``fact``: the state."""
    for pk, course in courses_of(question).items():
        __, __, for_whom, state, __, ended = course
        if for_whom == ForWhom.CITIZENS and ended and state in (State.COMPLETED, State.CANCELLED):
            yield _course_item(pk, course, ended, fact=state)


def sessions_of(question):
    """Return ``{key: (course, day, minutes)}`` of the sessions that were held."""
    if "sessions" not in question.cache:
        rows = rows_in(Session, question).filter(state=SessionState.HELD)
        rows = rows.values_list("pk", "course_id", "date", "minutes")
        question.cache["sessions"] = {pk: tuple(rest) for pk, *rest in rows}
    return question.cache["sessions"]


@source
def sessions(question):
    """Sessions that were held; ``fact``: for whom the course is."""
    known = courses_of(question)
    for course, day, __ in sessions_of(question).values():
        if course in known:
            yield _course_item(course, known[course], day, fact=known[course][2])


@source
def workshops(question):
    """Intro workshops that were held."""
    towns = town_of_postcode(question)
    rows = rows_in(IntroWorkshop, question).filter(state=SessionState.HELD)
    for pk, initiative, town, postcode, day in rows.values_list(
        "pk", "initiative_id", "town_id", "postcode", "date"
    ):
        yield Item(initiative, town or towns.get(postcode, ""), day, None, 1, 0, (WORKSHOP, pk))


# Those who take part


def _enrolments(question):
    """Return ``{key: (course, citizen, state, got the place, completed, left, reasons)}`` of citizens."""
    if "enrolments" not in question.cache:
        rows = rows_in(Enrolment, question).filter(course__for_whom=ForWhom.CITIZENS, citizen__isnull=False)
        rows = rows.values_list(
            "pk", "course_id", "citizen_id", "state", "enrolled_on", "completed_on", "left_on", "left_reasons"
        )
        question.cache["enrolments"] = {pk: tuple(rest) for pk, *rest in rows}
    return question.cache["enrolments"]


def _steps(question):
    """Return ``{enrolment: [(day, from state, to state, action, facts), …]}``, in order, of changes of state."""
    if "enrolment steps" not in question.cache:
        found = defaultdict(list)
        rows = rows_in(EnrolmentEvent, question).order_by("at", "pk")
        for enrolment, at, before, after, action, facts in rows.values_list(
            "enrolment_id", "at", "from_state", "to_state", "action", "facts"
        ):
            if before != after:
                found[enrolment].append((timezone.localtime(at).date(), before, after, action, facts or {}))
        question.cache["enrolment steps"] = found
    return question.cache["enrolment steps"]


def placed_days(steps, state, enrolled_on):
    """Return the days on which somebody got a place; without a history, the day that stands on the enrolment."""
    days = [
        day
        for day, before, after, __, __ in steps
        if after == EnrolmentState.ENROLLED and before not in _PLACED
    ]
    return days or ([enrolled_on] if enrolled_on else [])


def left_days(steps, state, enrolled_on, left_on, reasons):
    """Return ``[(day, whether it is a drop-out)]`` of the times somebody with a place left."""
    found = []
    for day, before, after, action, facts in steps:
        if after == EnrolmentState.LEFT and before == EnrolmentState.ENROLLED:
            on = type(day).fromisoformat(facts["on"]) if facts.get("on") else day
            why = {LeftWhy.OTHER_COURSE.value} if action == "move" else set(facts.get("why") or ())
            found.append((on, not why & _NO_DROP_OUT))
    if not found and not steps and state == EnrolmentState.LEFT and enrolled_on:
        found.append((left_on, not set(reasons or ()) & _NO_DROP_OUT))
    return found


def _enrolment_item(question, pk, row, day, amount=1, fact=""):
    initiative, town, *__ = courses_of(question)[row[0]]
    return Item(initiative, town, day, None, amount, row[1], (ENROLMENT, pk), fact)


@source
def places(question):
    """Times a citizen got a place in a course."""
    steps = _steps(question)
    for pk, row in _enrolments(question).items():
        for day in placed_days(steps.get(pk, ()), row[2], row[3]):
            yield _enrolment_item(question, pk, row, day)


@source
def departures(question):
    """How places ended; ``fact``: "completed", "dropped" or "moved"; ``amount``: 1 for a drop-out."""
    steps = _steps(question)
    for pk, row in _enrolments(question).items():
        __, __, state, enrolled_on, completed_on, left_on, reasons = row
        if state == EnrolmentState.COMPLETED and completed_on:
            yield _enrolment_item(question, pk, row, completed_on, 0, "completed")
        for day, dropped in left_days(steps.get(pk, ()), state, enrolled_on, left_on, reasons):
            yield _enrolment_item(question, pk, row, day, int(dropped), "dropped" if dropped else "moved")


@source
def completions(question):
    """Times a citizen completed a course."""
    return [item._replace(amount=1) for item in departures(question) if item.fact == "completed"]


@source
def drop_outs(question):
    """Times a citizen dropped out of a course."""
    return [item for item in departures(question) if item.fact == "dropped"]


@source
def attendance(question):
    """Marks of citizens at sessions that were held; ``amount``: 1 where they came; ``fact``: the mark."""
    held, known, enrolments = sessions_of(question), courses_of(question), _enrolments(question)
    rows = rows_in(Attendance, question).values_list("session_id", "enrolment_id", "mark")
    for session, enrolment, mark in rows:
        if session in held and enrolment in enrolments:
            course, day, __ = held[session]
            initiative, town, *__ = known[course]
            person = enrolments[enrolment][1]
            yield Item(initiative, town, day, None, int(mark in CAME), person, (ENROLMENT, enrolment), mark)


@source
def came(question):
    """Citizens at sessions; the record is the person."""
    from .counting import CITIZEN

    return [item._replace(ref=(CITIZEN, item.person)) for item in attendance(question) if item.amount]


# Those who lead


@source
def leading(question):
    """Volunteers who led a session that was held, or stood in; ``amount``: its hours."""
    away, stand_ins = set(), defaultdict(set)
    rows = rows_in(SessionStandIn, question).values_list(
        "session_id", "facilitator__volunteer_id", "volunteer_id"
    )
    for session, absent, volunteer in rows:
        away.add((session, absent))
        if volunteer:
            stand_ins[session].add(volunteer)
    teams = defaultdict(list)
    rows = rows_in(Facilitator, question).values_list("course_id", "volunteer_id", "from_on", "until_on")
    for course, volunteer, first, last in rows:
        teams[course].append((volunteer, first, last or FOREVER))
    known = courses_of(question)
    for session, (course, day, minutes) in sessions_of(question).items():
        led = {
            who for who, first, last in teams[course] if first <= day <= last and (session, who) not in away
        }
        initiative, town, *__ = known[course]
        for volunteer in sorted(led | stand_ins[session]):
            hours = minutes / MINUTES
            yield Item(initiative, town, day, None, hours, -volunteer, (VOLUNTEER, volunteer), session)
