"""From a template and a first day to a course: what would be made, and making exactly that."""

from dataclasses import dataclass, field
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from . import queries, rules, schedule, words
from .models import CourseTemplate, GroupCourse, Session
from .models_template import NUMBERS
from .results import Planned, Preview
from .services_steps import in_scope, lock_initiative, recompute, same_initiative, wrote

PLACE = ("place", "place_text", "town", "postcode", "coordinator")
# What a coordinator may set on a course, besides when it is.
EDITABLE = (*NUMBERS, *PLACE, "go_no_go_on", "is_public", "notes")


@dataclass(frozen=True)
class Wanted:
    """What a coordinator asks for.

    ``values`` are those of :data:`EDITABLE` that differ from the template's, ``session_count`` the number of sessions
    where it differs, and ``kept`` the days that are held although they are a holiday.
    """

    template: CourseTemplate
    first_day: date
    start_time: time
    values: dict = field(default_factory=dict)
    session_count: int | None = None
    kept: frozenset = frozenset()


def first_day_of(year, week, weekday):
    """Return the date of ``weekday`` (Monday is 0) in an ISO week; ``ValidationError`` where there is no such week."""
    try:
        return schedule.day_in_week(year, week, weekday)
    except schedule.NoSuchWeek:
        raise ValidationError(
            gettext("%(year)s has the weeks 1 to %(last)s.") % {"year": year, "last": schedule.weeks_in(year)}
        ) from None


def _drafted(wanted):
    """Return an unsaved course with the template's values and those of ``wanted``."""
    unknown = sorted(set(wanted.values) - set(EDITABLE))
    if unknown:
        raise ValueError(f"a course has no value called {unknown[0]!r}")
    course = GroupCourse(template=wanted.template, start_time=wanted.start_time, **wanted.template.numbers())
    for name, value in wanted.values.items():
        setattr(course, name, value)
    if course.place and not course.postcode:
        course.postcode = course.place.postcode
    return course


def _days(course, wanted):
    count = wanted.template.session_count if wanted.session_count is None else wanted.session_count
    closed = queries.closed_days(course.town, wanted.first_day)
    try:
        return schedule.weekly(wanted.first_day, count, course.interval_weeks, closed, wanted.kept)
    except schedule.NeverOpen:
        raise ValidationError(
            gettext("The closed days leave no day to meet on. Look at the list of school holidays.")
        ) from None


def _contents(template, count):
    plans = template.numbered_plans()
    return [(number, plans.get(number)) for number in range(1, count + 1)]


def preview_course(wanted):
    """Return the :class:`Preview` of what :func:`create_course` would make of ``wanted``. Writes nothing."""
    course = _drafted(wanted)
    plan = _days(course, wanted)
    planned = tuple(
        Planned(number, day, schedule.week_of(day), content.title if content else "")
        for (number, content), day in zip(_contents(wanted.template, len(plan.days)), plan.days, strict=True)
    )
    if not plan.days:
        return Preview((), plan.skipped, wanted.first_day, wanted.first_day, None, course.go_no_go_on)
    return Preview(
        sessions=planned,
        skipped=plan.skipped,
        starts_on=plan.days[0],
        ends_on=plan.days[-1],
        intake_until=schedule.intake_end(plan.days, course.intake_sessions),
        go_no_go_on=course.go_no_go_on or schedule.decide_by(plan.days[0]),
        remarks=tuple(_remarks(course, plan.days, wanted)),
    )


def _remarks(course, days, wanted):
    """Yield sentences on what a coordinator may not have seen."""
    if wanted.first_day < timezone.localdate():
        yield gettext("The first day has passed.")
    for day in days:
        if odd := words.odd_clock(day, wanted.start_time, schedule.clock(day, wanted.start_time)):
            yield odd
        if day in wanted.kept and (skip := schedule.skip_of(day, queries.closed_days(course.town, day))):
            yield gettext("%(day)s is held although it is %(name)s.") % {
                "day": words.day(day),
                "name": skip.name,
            }
    extra = len(days) - len(wanted.template.numbered_plans())
    if extra > 0 and wanted.template.numbered_plans():
        yield gettext("The template has no plan for the last %(count)s sessions.") % {"count": extra}


def refuse_impossible_times(days, at):
    """Raise ``ValidationError`` where the clock never shows ``at`` on one of ``days``."""
    for day in days:
        found = schedule.clock(day, at)
        if found == schedule.Clock.NEVER:
            raise ValidationError({"start_time": words.odd_clock(day, at, found)})


@transaction.atomic
def create_course(*, initiative, wanted, user, external=("", "")):
    """Make the course of ``wanted`` with its sessions, and return it. ``external`` is (source, id) of an import.

    Raises ``ValidationError`` where a value is wrong.
    """
    in_scope(initiative)
    course = _drafted(wanted)
    course.initiative = initiative
    course.external_source, course.external_id = external
    same_initiative(initiative.pk, course.place)
    plan = _days(course, wanted)
    refuse_impossible_times(plan.days, wanted.start_time)
    if plan.days and course.go_no_go_on is None:
        course.go_no_go_on = schedule.decide_by(plan.days[0])
    course.starts_on = plan.days[0] if plan.days else wanted.first_day
    course.number = _next_number(initiative)
    course.full_clean(exclude=["number", "template"], validate_unique=False, validate_constraints=False)
    course.save()
    _make_sessions(course, wanted.template, plan.days)
    if plan.days:
        recompute(course)
    return wrote(
        course, rules.Action.CREATE, user, from_state="", sessions=len(plan.days), skipped=len(plan.skipped)
    )


def _next_number(initiative):
    lock_initiative(initiative.pk)
    top = GroupCourse.objects.filter(initiative=initiative).aggregate(n=models.Max("number"))["n"]
    return (top or 0) + 1


def _make_sessions(course, template, days):
    rows = [
        Session(
            initiative_id=course.initiative_id,
            course=course,
            number=number,
            plan=content,
            title=content.title if content else "",
            aim=content.aim if content else "",
            checklist=content.items if content else [],
            date=day,
            start_time=course.start_time,
            minutes=course.minutes,
        )
        for (number, content), day in zip(_contents(template, len(days)), days, strict=True)
    ]
    Session.objects.bulk_create(rows)
