"""Who may lead a course, whether there are enough of them, and what their other agreements say."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision
from ..matching.models import Match
from ..people import times
from ..people.models import Volunteer
from ..people.standing import COURSE, may_be_used
from . import queries, schedule, words
from .models import LIVE_STATES, Enrolment, EnrolmentState, Facilitator, Kind, Session, SessionState


@dataclass(frozen=True)
class Leader:
    """One of those who lead a course: ``contract`` and ``training`` are decisions."""

    facilitator: Facilitator
    contract: Decision
    training: Decision

    @property
    def ready(self):
        return bool(self.contract and self.training)


def _trainings():
    return Enrolment.objects.filter(course__kind=Kind.TRAINING, state=EnrolmentState.COMPLETED)


def trained_ids(initiative_id, volunteer_ids=None, day=None):
    """Return the ids of the volunteers of an initiative who are trained on ``day`` (default: today).

    Either counts: a training course of this initiative completed by then, or a coordinator's dated note on any course
    that they have led here. Two queries, however many volunteers.
    """
    day = day or timezone.localdate()
    courses = _trainings().filter(initiative_id=initiative_id, volunteer__isnull=False)
    courses = courses.filter(Q(completed_on__isnull=True) | Q(completed_on__lte=day))
    notes = Facilitator.objects.filter(initiative_id=initiative_id, trained_on__lte=day)
    if volunteer_ids is not None:
        courses = courses.filter(volunteer_id__in=volunteer_ids)
        notes = notes.filter(volunteer_id__in=volunteer_ids)
    return {*courses.values_list("volunteer_id", flat=True), *notes.values_list("volunteer_id", flat=True)}


def has_contract(volunteer, day):
    """Return whether ``volunteer`` has a contract that holds on ``day``."""
    if volunteer.has_contract(day):
        return Decision.yes()
    facts = {"volunteer": volunteer, "day": words.day_in_sentence(day)}
    return Decision.no("no_contract", gettext("%(volunteer)s has no contract on %(day)s.") % facts)


def needs_training(course):
    """Return whether those who lead ``course`` have to be trained: not for a social event, which volunteers plan."""
    return course.kind != Kind.SOCIAL


def is_trained(volunteer, day, trained):
    """Return whether ``volunteer`` is among ``trained`` (see :func:`trained_ids`)."""
    if volunteer.pk in trained:
        return Decision.yes()
    return Decision.no(
        "not_trained",
        gettext(
            "%(volunteer)s has not completed a training course here. Write on the course when they were trained."
        )
        % {"volunteer": volunteer},
    )


def may_lead(volunteer, course):
    """Return whether ``volunteer`` can be put on ``course``: approved, and of the same initiative.

    A contract and training may come later; the course cannot open before.
    """
    if volunteer.initiative_id != course.initiative_id:
        return Decision.no("other_initiative", _("The volunteer belongs to another initiative."))
    if volunteer.status != Volunteer.Status.APPROVED:
        return Decision.no("not_approved", _("The volunteer is not approved yet."))
    return may_be_used(volunteer, COURSE)


def leaders_of(course, day=None):
    """Return a :class:`Leader` for each who leads ``course`` on ``day`` (default: the first session)."""
    day = day or max(filter(None, (course.starts_on, timezone.localdate())))
    facilitators = list(queries.leading(course, day))
    ids = [row.volunteer_id for row in facilitators]
    trained = trained_ids(course.initiative_id, ids, day) if ids else set()
    return [
        Leader(
            row,
            has_contract(row.volunteer, day),
            is_trained(row.volunteer, day, trained) if needs_training(course) else Decision.yes(),
        )
        for row in facilitators
    ]


def leaders_missing(course):
    """Return whether enough people lead ``course``, each with a contract and training; says which is missing."""
    leaders = leaders_of(course)
    ready = [leader for leader in leaders if leader.ready]
    missing = course.facilitators_needed - len(ready)
    if missing <= 0:
        return Decision.yes()
    faults = [
        decision.reason
        for leader in leaders
        for decision in (leader.contract, leader.training)
        if not decision
    ]
    needed = ngettext(
        "The course needs %(needed)s volunteer who leads it and has a contract and training.",
        "The course needs %(needed)s volunteers who lead it and have a contract and training.",
        course.facilitators_needed,
    ) % {"needed": course.facilitators_needed}
    there = ngettext("There is %(count)s.", "There are %(count)s.", len(ready)) % {"count": len(ready)}
    return Decision.no("leaders_missing", " ".join([needed, there, *faults]))


def clashes(volunteer, sessions):
    """Return sentences about what else ``volunteer`` has at the times of ``sessions``. They inform and stop nothing.

    Other sessions that they lead or stand in for, courses that they take part in, times of the week that they have
    not named, and matches that they are in.
    """
    sessions = [session for session in sessions if session.state == SessionState.PLANNED]
    if not sessions:
        return []
    return [*_other_sessions(volunteer, sessions), *_outside_times(volunteer, sessions), *_matches(volunteer)]


def _other_sessions(volunteer, sessions):
    days = {session.date for session in sessions}
    own = {session.pk for session in sessions}
    leads = Facilitator.objects.filter(
        course=OuterRef("course"), volunteer=volunteer, from_on__lte=OuterRef("date")
    )
    leads = leads.filter(Q(until_on__isnull=True) | Q(until_on__gte=OuterRef("date")))
    takes_part = Enrolment.objects.filter(
        course=OuterRef("course"), volunteer=volunteer, state=EnrolmentState.ENROLLED
    )
    others = (
        Session.objects.filter(date__in=days, state=SessionState.PLANNED, course__state__in=LIVE_STATES)
        .filter(Exists(leads) | Exists(takes_part) | Q(stand_ins__volunteer=volunteer))
        .exclude(pk__in=own)
        .exclude(stand_ins__facilitator__volunteer=volunteer)
        .select_related("course")
        .distinct()
    )
    found = []
    for other in others:
        for session in sessions:
            if schedule.overlap(
                session.date, session.start_time, session.minutes, other.date, other.start_time, other.minutes
            ):
                found.append(
                    gettext("%(day)s: %(volunteer)s also has %(session)s of %(course)s, %(hours)s.")
                    % {
                        "day": words.day(other.date),
                        "volunteer": volunteer,
                        "session": str(other).lower(),
                        "course": str(other.course).lower(),
                        "hours": words.hours(other.date, other.start_time, other.minutes),
                    }
                )
                break
    return found


def _outside_times(volunteer, sessions):
    """Say once per weekday that the volunteer has named times of the week, and that this is none of them."""
    if not volunteer.times:
        return []
    can = times.bits_of(times.parse(volunteer.times))
    said, found = set(), []
    for session in sessions:
        minute = session.start_time.hour * 60 + session.start_time.minute
        last = min(minute + session.minutes, 1440)
        span = times.Span(session.date.weekday(), minute // 30, -(-last // 30))
        wanted = times.bits_of([span])
        if wanted & ~can and span not in said:
            said.add(span)
            found.append(
                gettext("%(volunteer)s can, by what they have said, not come %(rhythm)s.")
                % {
                    "volunteer": volunteer,
                    "rhythm": words.rhythm(session.date, session.start_time, session.minutes, 1),
                }
            )
    return found


def _matches(volunteer):
    active = Match.objects.filter(volunteer=volunteer, state="active").order_by("number")
    return [
        gettext("%(volunteer)s is also in %(match)s. Ask when the two meet.")
        % {"volunteer": volunteer, "match": str(match).lower()}
        for match in active
    ]
