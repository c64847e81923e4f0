"""What public pages may read of courses: facts about published ones, and nothing about any person.

Needs no scope: it opens a wide one around its own queries and closes it again. The number of queries does not grow
with the number of courses. Places are said in words, never in numbers.
"""

from contextlib import contextmanager

from django.db.models import Count, F, Prefetch, Q
from django.utils import timezone

from ..access.scopes import all_initiatives
from ..directory.models import Municipality
from ..public.coordinators import coordinator_for
from ..public.once import once, same_page
from . import schedule, words
from .models import CourseState, EnrolmentState, ForWhom, GroupCourse, IntroWorkshop, Session, SessionState
from .public_facts import CourseFacts, PastCourse, SessionFacts, WorkshopFacts
from .rules_enrolment import intake_is_open

_REASON = "published courses are for everybody to read, whichever initiative holds them"
PUBLIC_STATES = (CourseState.OPEN, CourseState.RUNNING)
# Those who still mean to come to a workshop, or came.
_COMING = (EnrolmentState.INVITED, EnrolmentState.ATTENDED, EnrolmentState.OFFERED, EnrolmentState.ENROLLED)


def _courses():
    return GroupCourse.objects.filter(
        is_public=True, state__in=PUBLIC_STATES, initiative__live=True, initiative__runs_here=True
    )


def _workshops(today):
    return (
        IntroWorkshop.objects.filter(
            is_public=True, state=SessionState.PLANNED, date__gte=today, initiative__live=True
        )
        .select_related("place", "town", "initiative", "coordinator")
        .annotate(course_key=F("courses"), course_is_public=F("courses__is_public"))
        .annotate(coming=Count("enrolments", filter=Q(enrolments__state__in=_COMING)))
        .order_by("date", "start_time", "pk")
    )


def _all_workshops(today):
    """Return every published workshop to come, read once for a page.

    Each has ``leads_to``: ``{course's key: whether it is published}``. The courses are read with the workshops: a
    workshop comes once for each course, or once without any, and who is coming is counted for each of those rows.
    """
    return once(("workshops", today), lambda: _with_courses(_workshops(today)))


def _with_courses(rows):
    found = {}
    for row in rows:
        kept = found.setdefault(row.pk, row)
        kept.leads_to = getattr(kept, "leads_to", {})
        if row.course_key:
            kept.leads_to[row.course_key] = row.course_is_public
    return list(found.values())


def _workshops_of(course_id, today):
    return [row for row in _all_workshops(today) if course_id in row.leads_to]


@contextmanager
def _open():
    """What is published is for everybody; and what the parts of a page share is read once."""
    with all_initiatives(_REASON), same_page():
        yield


def _loaded(courses, with_sessions=True):
    """Return ``courses`` with what is shown of them: their sessions, or only how many are to be held."""
    courses = courses.select_related("place", "town", "initiative", "coordinator")
    if not with_sessions:
        return courses.annotate(held=Count("sessions", filter=~Q(sessions__state=SessionState.CANCELLED)))
    return courses.prefetch_related(
        Prefetch(
            "sessions",
            queryset=Session.objects.select_related("place").order_by("date", "start_time", "pk"),
            to_attr="sessions_seen",
        ),
    )


def upcoming_courses(
    *,
    today=None,
    town=None,
    initiative=None,
    for_whom=ForWhom.CITIZENS,
    kinds=None,
    limit=None,
    with_sessions=True,
):
    """Return the :class:`CourseFacts` of published courses that are not over, those that begin first, first.

    ``town`` is a municipality or its code, ``initiative`` one or its id, ``kinds`` codes of :class:`Kind`; ``for_whom``
    ``None`` takes both. Courses that have begun are among them; see ``intake_open``. Whoever shows cards only can do
    without the days (``with_sessions=False``): ``sessions`` is empty then, and ``session_count`` as always.
    """
    today = today or timezone.localdate()
    with _open():
        courses = _courses().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        if town:
            courses = courses.filter(town=town)
        if initiative:
            courses = courses.filter(initiative=initiative)
        if for_whom:
            courses = courses.filter(for_whom=for_whom)
        if kinds:
            courses = courses.filter(kind__in=kinds)
        rows = _loaded(courses, with_sessions).order_by("starts_on", "start_time", "pk")
        return [_facts(course, today) for course in (rows[:limit] if limit else rows)]


def course_facts(course, *, today=None):
    """Return the :class:`CourseFacts` of ``course`` (or its id), or ``None`` where it is not published."""
    today = today or timezone.localdate()
    with _open():
        found = _loaded(_courses().filter(pk=getattr(course, "pk", course))).first()
        return _facts(found, today) if found else None


def upcoming_workshops(*, today=None, town=None, initiative=None, course=None, limit=None):
    """Return the :class:`WorkshopFacts` of published workshops to come, the first one first."""
    today = today or timezone.localdate()
    with _open():
        rows = _workshops_of(_key(course), today) if course else _all_workshops(today)
        if town:
            rows = [row for row in rows if row.town_id == _key(town)]
        if initiative:
            rows = [row for row in rows if row.initiative_id == _key(initiative)]
        return [_workshop(row, today) for row in rows[:limit]]


def _key(record):
    """Return the key of ``record``, which may be the key itself."""
    return getattr(record, "pk", record)


def next_workshop(*, today=None, town=None, initiative=None, course=None):
    """Return the :class:`WorkshopFacts` of the next workshop that has a place left, or of the next one, or ``None``."""
    found = upcoming_workshops(today=today, town=town, initiative=initiative, course=course)
    return next((row for row in found if not row.is_full), found[0] if found else None)


def towns(*, today=None, for_whom=ForWhom.CITIZENS):
    """Return the municipalities that have a published course which is not over, by name."""
    today = today or timezone.localdate()
    with _open():
        courses = _courses().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), for_whom=for_whom)
        return list(Municipality.objects.filter(pk__in=courses.values("town")).order_by("name"))


def _facts(course, today):
    days = getattr(course, "sessions_seen", ())
    held = getattr(course, "held", None)
    first = course.starts_on
    return CourseFacts(
        pk=course.pk,
        title=course.title,
        kind=course.kind,
        kind_name=str(course.get_kind_display()),
        for_whom=course.for_whom,
        about=course.about,
        what_happens=course.what_happens,
        rules=tuple(course.rules),
        town=course.town.name if course.town else "",
        postcode=course.postcode,
        place=course.place_words,
        starts_on=first,
        ends_on=course.ends_on,
        week=words.week(first, today) if first else "",
        day=words.day(first) if first else "",
        when=words.rhythm(first, course.start_time, course.minutes, course.interval_weeks) if first else "",
        session_count=sum(not row.is_cancelled for row in days) if held is None else held,
        length=words.length(course.minutes),
        minutes=course.minutes,
        interval_weeks=course.interval_weeks,
        capacity=course.capacity,
        facilitators=course.facilitators_needed,
        seats=words.seats(course.seats_taken, course.capacity),
        is_full=course.capacity is not None and course.seats_taken >= course.capacity,
        has_begun=course.state == CourseState.RUNNING,
        intake_open=bool(intake_is_open(course, today)),
        intake_until=course.intake_until,
        intake_sessions=course.intake_sessions,
        wants_intro=course.wants_intro,
        answer_days=course.answer_days,
        workshops=tuple(_workshop(row, today) for row in _workshops_of(course.pk, today)),
        sessions=tuple(_session(row, course, today) for row in days),
        coordinator=course.coordinator or coordinator_for(course.initiative_id, course.town_id),
        initiative_id=course.initiative_id,
        initiative=course.initiative.title,
    )


def _session(row, course, today):
    place = row.place_text or (
        ", ".join(filter(None, (row.place.name, row.place.address))) if row.place else course.place_words
    )
    return SessionFacts(
        number=row.number,
        title=row.title,
        date=row.date,
        week=words.week(row.date, today),
        hours=words.hours(row.date, row.start_time, row.minutes),
        place=place,
        begins=schedule.begins(row.date, row.start_time),
        ends=schedule.ends(row.date, row.start_time, row.minutes),
        called_off=row.is_cancelled,
    )


def _workshop(row, today):
    return WorkshopFacts(
        pk=row.pk,
        title=row.title,
        date=row.date,
        week=words.week(row.date, today),
        day=words.day(row.date),
        hours=words.hours(row.date, row.start_time, row.minutes),
        place=row.place_words,
        town=row.town.name if row.town else "",
        postcode=row.postcode,
        seats=words.seats(row.coming, row.capacity),
        is_full=row.capacity is not None and row.coming >= row.capacity,
        begins=schedule.begins(row.date, row.start_time),
        ends=schedule.ends(row.date, row.start_time, row.minutes),
        course_ids=tuple(key for key, is_public in row.leads_to.items() if is_public),
        initiative_id=row.initiative_id,
        initiative=row.initiative.title,
        coordinator=row.coordinator or coordinator_for(row.initiative_id, row.town_id),
    )


def past_course(course):
    """Return the :class:`PastCourse` of a course (or its id) that was published and is over or called off, or ``None``.

    Somebody with an old address then reads what became of it, instead of nothing.
    """
    with _open():
        rows = GroupCourse.objects.filter(
            pk=getattr(course, "pk", course),
            is_public=True,
            initiative__live=True,
            initiative__runs_here=True,
        ).exclude(state__in=(*PUBLIC_STATES, CourseState.PLANNED))
        found = rows.select_related("initiative", "coordinator").first()
        if found is None:
            return None
        return PastCourse(
            pk=found.pk,
            title=found.title,
            called_off=found.state == CourseState.CANCELLED,
            coordinator=found.coordinator or coordinator_for(found.initiative_id, found.town_id),
        )
