"""What the centre knows of each volunteer's time with it, and the signs that somebody might be slipping away.

A sign is a fact with a sentence, never a mark of anybody. Each rule is one function with a test named after it. All of
it is read in a fixed number of queries, however many volunteers there are.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from ..agreements.queries import last_thanks, services_of
from ..agreements.service_time import Service
from ..conf import peer_settings
from ..courses.models import (
    CAME,
    LIVE_STATES,
    Attendance,
    Enrolment,
    EnrolmentState,
    Facilitator,
    GroupCourse,
    Session,
    SessionState,
)
from ..courses.models import Kind as CourseKind
from ..courses.rules_intake import intake_is_open
from ..matching.models import Match
from ..matching.models_match import OPEN_STATES
from ..matching.sentences import day as in_words
from ..matching.sentences import inside, listed
from ..people.models import Volunteer
from ..people.standing import MATCH, usable
from ..people.views.common import person_url
from .keeping import Sign, SocialYear
from .models_keeping import Skill, VolunteerSkill

# Months after which it is worth asking. Supervision: the host may say otherwise (PEER_SUPPORT["SUPERVISION_MONTHS"]).
TOGETHER_MONTHS, THANKS_MONTHS, NO_MATCH_MONTHS, WISH_MONTHS = 6, 12, 3, 3
EXPIRES_DAYS = 60
# Social events a year, planned by the volunteers: the toolbox for volunteer centres says at least two.
SOCIAL_A_YEAR = 2
TOGETHER = (CourseKind.MEETING, CourseKind.SOCIAL)
# What is read of everybody; names and notes stay encrypted unless the row is shown.
PLAIN = (
    "pk",
    "restricted_on",
    "match_stopped_on",
    "course_stopped_on",
    "number",
    "initiative",
    "status",
    "approved_on",
    "ended_on",
    "paused_from",
    "paused_until",
)


@dataclass(frozen=True)
class Wish:
    """A skill that is wished: ``offered`` where a course that teaches it goes on or is on its way."""

    name: str
    since: date
    offered: bool


@dataclass(frozen=True)
class Held:
    """A skill that is held; ``through_course`` where a completed course says so."""

    name: str
    since: date
    until: date | None
    through_course: bool = False


@dataclass
class Row:
    """One volunteer: what is known, and ``signs`` where there is something to notice."""

    volunteer: Volunteer
    service: Service | None = None
    last_supervision: date | None = None
    last_together: date | None = None
    thanked: date | None = None
    matches: int = 0
    leads: bool = False
    last_match: date | None = None
    holds_supervision: bool = False
    wishes: list = field(default_factory=list)
    held: list = field(default_factory=list)
    signs: list = field(default_factory=list)

    @property
    def open_wishes(self):
        """Wishes that nothing is planned for."""
        return [wish for wish in self.wishes if not wish.offered]

    def is_paused(self, day):
        return self.volunteer.is_paused(day)


def months_between(start, day):
    """Return the whole months from ``start`` to ``day`` by the calendar; 0 where it lies ahead."""
    months = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
    return max(months, 0)


def _in_months(months):
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def _sign(code, row, text, since=None, **facts):
    volunteer = row.volunteer
    return Sign(
        code,
        text % {"who": volunteer, **facts},
        person_url(volunteer),
        volunteer.pk,
        volunteer.initiative_id,
        since,
    )


# The rules


def supervision_sign(row, day):
    """Somebody who supports others and has not been at supervision for months.

    Nobody is told so who is on a pause, who supports nobody just now, or where no supervision has been held this year.
    """
    if not row.holds_supervision or row.is_paused(day) or not (row.matches or row.leads):
        return None
    since = max(filter(None, (row.last_supervision, row.volunteer.approved_on)), default=None)
    if since is None or months_between(since, day) < peer_settings.SUPERVISION_MONTHS:
        return None
    months = _in_months(months_between(since, day))
    if row.last_supervision is None:
        text = gettext("%(who)s has not been at supervision yet, after %(months)s.")
    else:
        text = gettext("%(who)s has not been seen at supervision for %(months)s.")
    return _sign("supervision", row, text, since, months=months)


def together_sign(row, day):
    """Somebody who has not met the others, at a meeting or a social event, for half a year."""
    since = max(filter(None, (row.last_together, row.volunteer.approved_on)), default=None)
    if row.is_paused(day) or since is None or months_between(since, day) < TOGETHER_MONTHS:
        return None
    text = gettext("%(who)s has not met the other volunteers for %(months)s.")
    return _sign("together", row, text, since, months=_in_months(months_between(since, day)))


def no_match_sign(row, day):
    """Somebody who waits for something to do: no match and no course for months."""
    if row.matches or row.leads or row.is_paused(day):
        return None
    since = max(filter(None, (row.last_match, row.volunteer.approved_on)), default=None)
    if since is None or months_between(since, day) < NO_MATCH_MONTHS:
        return None
    text = gettext("%(who)s has had nobody to support for %(months)s.")
    return _sign("no_match", row, text, since, months=_in_months(months_between(since, day)))


def thanks_sign(row, day):
    """Somebody who has not been thanked for a year."""
    since = max(filter(None, (row.thanked, row.volunteer.approved_on)), default=None)
    if since is None or months_between(since, day) < THANKS_MONTHS:
        return None
    if row.thanked is None:
        return _sign("thanks", row, gettext("No thank-you to %(who)s is written down yet."), since)
    text = gettext("%(who)s was last thanked %(months)s ago.")
    return _sign("thanks", row, text, since, months=_in_months(months_between(since, day)))


def wish_sign(row, day):
    """Somebody who has wished to learn something for months, and no course is planned for it."""
    waited = [wish for wish in row.open_wishes if months_between(wish.since, day) >= WISH_MONTHS]
    if not waited:
        return None
    names = listed(inside(wish.name) for wish in waited)
    text = gettext("%(who)s has wished to learn %(skills)s for %(months)s.")
    since = min(wish.since for wish in waited)
    return _sign("wish", row, text, since, skills=names, months=_in_months(months_between(since, day)))


def expiry_sign(row, day):
    """A skill that runs out within two months, or has run out and is not wished away."""
    ending = [
        skill for skill in row.held if skill.until and skill.until <= day + timedelta(days=EXPIRES_DAYS)
    ]
    if not ending:
        return None
    first = min(ending, key=lambda skill: skill.until)
    over = first.until < day
    text = (
        gettext("%(who)s: %(skill)s ran out on %(day)s.")
        if over
        else gettext("%(who)s: %(skill)s runs out on %(day)s.")
    )
    return _sign("expiry", row, text, first.until, skill=inside(first.name), day=in_words(first.until))


RULES = (supervision_sign, no_match_sign, wish_sign, together_sign, expiry_sign, thanks_sign)


# The rows


def rows_of(*, day, initiative=None, volunteers=None, full=True):
    """Return a :class:`Row` per approved volunteer in the open scope, by number.

    ``initiative`` narrows it down, ``volunteers`` names them. Without ``full`` only what the rule of supervision needs.
    """
    people = Volunteer.objects.filter(usable(MATCH), status=Volunteer.Status.APPROVED)
    if initiative is not None:
        people = people.filter(initiative=initiative)
    if volunteers is not None:
        people = Volunteer.objects.filter(pk__in=[volunteer.pk for volunteer in volunteers])
    if not full:
        people = people.only(*PLAIN)
    rows = {person.pk: Row(person) for person in people.order_by("initiative_id", "number")}
    if not rows:
        return []
    _attended(rows, day)
    _supported(rows, day)
    if full:
        _thanked(rows, day)
        _skills(rows, day)
        for row in rows.values():
            row.signs = [sign for sign in (rule(row, day) for rule in RULES) if sign is not None]
    return list(rows.values())


def _attended(rows, day):
    came = Attendance.objects.filter(
        enrolment__volunteer__in=rows,
        mark__in=CAME,
        session__date__lte=day,
        session__course__kind__in=(CourseKind.SUPERVISION, *TOGETHER),
    ).order_by()
    found = came.values_list("enrolment__volunteer", "session__course__kind").annotate(
        last=Max("session__date")
    )
    for pk, kind, last in found:
        name = "last_supervision" if kind == CourseKind.SUPERVISION else "last_together"
        held = getattr(rows[pk], name)
        setattr(rows[pk], name, max(filter(None, (held, last))))
    sessions = Session.objects.filter(
        course__kind=CourseKind.SUPERVISION, date__range=(day - timedelta(days=365), day)
    ).exclude(state=SessionState.CANCELLED)
    initiatives = set(sessions.order_by().values_list("initiative_id", flat=True).distinct())
    for row in rows.values():
        row.holds_supervision = row.volunteer.initiative_id in initiatives


def _supported(rows, day):
    matches = Match.objects.filter(volunteer__in=rows).order_by()
    counted = matches.values_list("volunteer").annotate(
        now=Count("pk", filter=Q(state__in=OPEN_STATES)), last=Max("ended_on")
    )
    for pk, now, last in counted:
        rows[pk].matches, rows[pk].last_match = now, last
    leads = Facilitator.objects.filter(volunteer__in=rows, course__state__in=LIVE_STATES)
    leads = leads.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
    for pk in set(leads.order_by().values_list("volunteer_id", flat=True)):
        rows[pk].leads = True


def _thanked(rows, day):
    people = [row.volunteer for row in rows.values()]
    services, thanked = services_of(people, day), last_thanks(people)
    for pk, row in rows.items():
        row.service, row.thanked = services.get(pk), thanked.get(pk)


def _skills(rows, day):
    """Wishes and what is held: as written down, and through the courses that teach it."""
    said = list(VolunteerSkill.objects.filter(volunteer__in=rows).select_related("skill"))
    taught = _taught({row.volunteer.initiative_id for row in rows.values()})
    done = Enrolment.objects.filter(
        volunteer__in=rows, state=EnrolmentState.COMPLETED, course__template__isnull=False
    )
    through = defaultdict(dict)
    for pk, template, completed in done.values_list("volunteer", "course__template", "completed_on"):
        for skill in taught["by_template"].get(template, ()):
            if completed and skill.initiative_id == rows[pk].volunteer.initiative_id:
                through[pk][skill] = max(completed, through[pk].get(skill, completed))
    for row in said:
        held_through = through[row.volunteer_id].get(row.skill)
        if row.held_on and (held_through is None or held_through < row.held_on):
            through[row.volunteer_id].pop(row.skill, None)
            rows[row.volunteer_id].held.append(Held(row.skill.name, row.held_on, row.held_until))
            held_through = None
        holds = row.is_held(day) or (held_through and not _is_over(row.skill, held_through, day))
        if row.wished_on and not holds:
            offered = row.skill_id in taught["planned"]
            rows[row.volunteer_id].wishes.append(Wish(row.skill.name, row.wished_on, offered))
    for pk, skills in through.items():
        for skill, completed in skills.items():
            rows[pk].held.append(Held(skill.name, completed, until_of(skill, completed), through_course=True))
    for row in rows.values():
        row.held.sort(key=lambda held: held.name)


def _taught(initiatives):
    """Return the skills by the templates that teach them, and the ids of those that a live course teaches."""
    by_template = defaultdict(list)
    skills = list(Skill.objects.filter(initiative__in=initiatives).prefetch_related("templates"))
    live = set(
        GroupCourse.objects.filter(initiative__in=initiatives, state__in=LIVE_STATES, template__isnull=False)
        .order_by()
        .values_list("initiative_id", "template_id")
    )
    planned = set()
    for skill in skills:
        for template in skill.templates.all():
            by_template[template.pk].append(skill)
            if (skill.initiative_id, template.pk) in live:
                planned.add(skill.pk)
    return {"by_template": by_template, "planned": planned}


def until_of(skill, held_on):
    """Return the last day on which a skill held since ``held_on`` is good, or ``None``."""
    if not skill.months or held_on is None:
        return None
    months = held_on.month - 1 + skill.months
    year, month = held_on.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(held_on.day, last))


def _is_over(skill, held_on, day):
    until = until_of(skill, held_on)
    return until is not None and until < day


# What the volunteers do together


def social_year(initiative, day):
    """Return the :class:`SocialYear` of ``initiative`` in the year of ``day``: one query."""
    sessions = Session.objects.filter(
        initiative=initiative, course__kind=CourseKind.SOCIAL, date__year=day.year
    ).exclude(state=SessionState.CANCELLED)
    counted = sessions.aggregate(
        held=Count("pk", filter=Q(date__lte=day)), planned=Count("pk", filter=Q(date__gt=day))
    )
    held, planned = counted["held"], counted["planned"]
    facts = {"year": day.year, "held": held, "planned": planned}
    text = gettext("Social events in %(year)s: %(held)s held, %(planned)s planned.") % facts
    enough = held + planned >= SOCIAL_A_YEAR
    if not enough:
        hint = gettext("Two a year are good. Ask the volunteers what they would like to do.")
        text = f"{text} {hint}"
    return SocialYear(held, planned, enough, text, reverse("peer_support_keeping:board"))


@dataclass(frozen=True)
class Gathering:
    """A course of supervision, meetings or social events that goes on: its next session and who is on its list."""

    course: GroupCourse
    next_session: Session | None
    last_session: Session | None
    enrolled: int
    can_enrol: bool


def gatherings_of(initiative, day):
    """Return a :class:`Gathering` per live course of supervision, meetings and social events. Two queries."""
    kinds = (CourseKind.SUPERVISION, *TOGETHER)
    courses = GroupCourse.objects.filter(initiative=initiative, state__in=LIVE_STATES, kind__in=kinds)
    on_list = Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ENROLLED))
    courses = list(courses.annotate(n_enrolled=on_list).order_by("kind", "starts_on", "pk"))
    ahead, behind = {}, {}
    sessions = Session.objects.filter(course__in=courses).exclude(state=SessionState.CANCELLED).defer("note")
    for session in sessions.order_by("date", "start_time"):
        if session.date >= day:
            ahead.setdefault(session.course_id, session)
        else:
            behind[session.course_id] = session
    return [
        Gathering(
            course,
            ahead.get(course.pk),
            behind.get(course.pk),
            course.n_enrolled,
            course.is_for_volunteers and course.capacity is None and bool(intake_is_open(course, day)),
        )
        for course in courses
    ]
