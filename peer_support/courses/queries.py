"""Questions about courses that many ask: seats, closed days, who leads. All inside the scope that is open."""

from django.db.models import Count, F, Q
from django.utils import timezone

from .models import (
    SEAT_STATES,
    Enrolment,
    EnrolmentState,
    Facilitator,
    GroupCourse,
    SchoolHoliday,
    Session,
    SessionState,
)
from .schedule import Closed


def seats_taken(course):
    """Return how many places of ``course`` are spoken for, counted from the rows (offered, enrolled, completed)."""
    return Enrolment.objects.filter(course=course, state__in=SEAT_STATES).count()


def enrolled(course):
    """Return how many have a place in ``course``."""
    return Enrolment.objects.filter(course=course, state=EnrolmentState.ENROLLED).count()


def with_counts(courses):
    """Annotate ``courses`` with ``n_enrolled``, ``n_waiting``, ``n_offered`` and ``n_incoming`` in one query."""
    incoming = (EnrolmentState.INTERESTED, EnrolmentState.INVITED, EnrolmentState.ATTENDED)
    wanted = {
        "n_enrolled": Q(enrolments__state=EnrolmentState.ENROLLED),
        "n_waiting": Q(enrolments__state=EnrolmentState.WAITING),
        "n_offered": Q(enrolments__state=EnrolmentState.OFFERED),
        "n_incoming": Q(enrolments__state__in=incoming),
    }
    return courses.annotate(**{name: Count("enrolments", filter=where) for name, where in wanted.items()})


def closed_days(town=None, first=None):
    """Return the school holidays that hold in ``town``, as :class:`~peer_support.courses.schedule.Closed`.

    Without a town: those that hold everywhere. ``first`` leaves out what is over by then.
    """
    rows = SchoolHoliday.objects.annotate(towns=Count("municipalities")).filter(
        Q(towns=0) | Q(pk__in=SchoolHoliday.objects.filter(municipalities=town).values("pk"))
        if town
        else Q(towns=0)
    )
    if first:
        rows = rows.filter(last_day__gte=first)
    return [Closed(row.first_day, row.last_day, row.name) for row in rows.order_by("first_day", "pk")]


def meeting(course):
    """Return the sessions of ``course`` that are not called off, in the order they fall."""
    return course.sessions.exclude(state=SessionState.CANCELLED).order_by("date", "start_time", "pk")


def next_session(course, day=None):
    """Return the first session from ``day`` (default: today) on, or ``None``."""
    day = day or timezone.localdate()
    return (
        course.sessions.filter(state=SessionState.PLANNED, date__gte=day)
        .order_by("date", "start_time")
        .first()
    )


def leading(course, day=None):
    """Return those who lead ``course`` on ``day`` (default: the first session, or today once it has begun)."""
    day = day or max(filter(None, (course.starts_on, timezone.localdate())))
    return (
        Facilitator.objects.filter(course=course)
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
        .filter(from_on__lte=day)
        .select_related("volunteer")
    )


def leads_of_session(session):
    """Return the volunteers who lead ``session``: those who lead the course that day, with stand-ins put in."""
    stand_ins = {row.facilitator_id: row for row in session.stand_ins.select_related("volunteer")}
    found = []
    for facilitator in leading(session.course, session.date):
        stand_in = stand_ins.get(facilitator.pk)
        volunteer = stand_in.volunteer if stand_in else facilitator.volunteer
        if volunteer:
            found.append(volunteer)
    return found


def sessions_between(first, last):
    """Return the sessions of live and past courses from ``first`` to ``last``, for a week's view."""
    return (
        Session.objects.filter(date__gte=first, date__lte=last)
        .select_related("course", "course__place", "course__initiative", "place")
        .order_by("date", "start_time", "pk")
    )


def to_decide(day=None):
    """Return open courses whose day to decide has come, with ``n_enrolled`` against ``minimum``."""
    day = day or timezone.localdate()
    return with_counts(GroupCourse.objects.filter(state="open", go_no_go_on__lte=day)).order_by(
        F("go_no_go_on").asc(), "pk"
    )
