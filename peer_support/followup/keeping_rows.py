"""What the centre knows of each volunteer's time with it, read in a fixed number of queries however many there are."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from ..agreements.queries import last_thanks, services_of
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
from ..matching.models import Match
from ..matching.models_match import OPEN_STATES
from ..people.models import Volunteer
from ..people.standing import MATCH, usable
from .keeping_signs import RULES, Held, Row, Wish
from .models_keeping import Skill, VolunteerSkill

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
