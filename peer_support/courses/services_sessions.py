"""Move, call off, take back, add and change single sessions. What follows from them is worked out anew each time.

A row stays with its day: who sent word for that day and who stands in belong to it. When a session is called off and
the rest follows, the days stay too; it is the plan's subjects that move one session on, and a day is added at the end.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext, ngettext

from ..access.decisions import Decision
from . import queries, rules, schedule, words
from .models import Attendance, CalledOff, Session, SessionStandIn, SessionState
from .planning import refuse_impossible_times
from .results import Changed
from .services_steps import (
    differences,
    locked,
    opened,
    recompute,
    refuse_stale,
    refuse_unless,
    same_initiative,
    whens,
    wrote,
)
from .signals import send_after_commit, session_cancelled, session_moved

CONTENT = ("plan_id", "title", "aim", "checklist")
CHANGEABLE = ("title", "aim", "checklist", "place", "place_text", "start_time", "minutes")


def _opened(session, action, expected_version=None):
    """Return ``session`` read anew behind its course's lock, where ``action`` is possible."""
    course = locked(session.course)
    found = Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    found.course = course
    refuse_stale(found, expected_version)
    refuse_unless(rules.may_change_session(found, action))
    return found


def _later(session):
    """Return the planned sessions after ``session``, in the order they fall."""
    rows = list(queries.meeting(session.course))
    place = next((i for i, row in enumerate(rows) if row.pk == session.pk), None)
    if place is None:
        after = [row for row in rows if (row.date, row.start_time) > (session.date, session.start_time)]
    else:
        after = rows[place + 1 :]
    return [row for row in after if row.state == SessionState.PLANNED]


def _closed(session, first):
    """Return the closed days from ``first`` on; a day on which a session was called off is one."""
    off = session.course.sessions.filter(state=SessionState.CANCELLED, date__gte=first).exclude(pk=session.pk)
    days = [schedule.Closed(day, day, gettext("called off")) for day in off.values_list("date", flat=True)]
    return [*queries.closed_days(session.course.town, first), *days]


# Moving


def _laid(session, to_date, tail):
    """Return ``(rows, plan)``: the sessions that move, ``session`` first, and the days they move to."""
    rows = [session, *(_later(session) if tail else ())]
    plan = schedule.move(
        [row.date for row in rows],
        0,
        to_date,
        tail=tail,
        interval=session.course.interval_weeks,
        closed=_closed(session, to_date),
    )
    return rows, plan


def preview_move(session, to_date, tail=False):
    """Return ``(days, skipped)``: what :func:`move_session` would do, as ``[(session, new day)]``. Writes nothing."""
    rows, plan = _laid(session, to_date, tail)
    return list(zip(rows, plan.days, strict=True)), plan.skipped


@transaction.atomic
def move_session(*, session, to_date, user, to_time=None, tail=False, expected_version=None):
    """Hold ``session`` on ``to_date`` (and at ``to_time``); with ``tail`` the later ones follow, in the rhythm.

    A holiday that somebody chose for the moved one is kept, and told of; the ones that follow skip holidays. Returns
    a :class:`Changed`. Raises :class:`NotAllowed` where it has been held, or would overlap with another session.
    """
    session = _opened(session, rules.Action.MOVE_SESSION, expected_version)
    course = session.course
    before = whens(queries.meeting(course))
    rows, plan = _laid(session, to_date, tail)
    for row, day in zip(rows, plan.days, strict=True):
        if row.date != day and row.moved_from is None:
            row.moved_from = row.date
        elif row.moved_from == day:
            row.moved_from = None
        row.date = day
        row.start_time = to_time or row.start_time
        row.version += 1
    refuse_impossible_times(plan.days, session.start_time)
    _refuse_overlap(course, rows)
    Session.objects.bulk_update(rows, ["date", "start_time", "moved_from", "version"])
    after = recompute(course)
    moved = differences(before, whens(after))
    wrote(
        course,
        rules.Action.MOVE_SESSION,
        user,
        session=session.pk,
        to=to_date.isoformat(),
        tail=tail,
        moved=len(moved),
    )
    if moved:
        send_after_commit(session_moved, course, course=course, user=user, changes=moved)
    return Changed(
        course,
        session=_now(after, session),
        moved=moved,
        skipped=plan.skipped,
        to_check=[*_holiday(session, to_date), *_agreements([row.session_id for row in moved])],
    )


def _now(rows, session):
    return next((row for row in rows if row.pk == session.pk), session)


def _refuse_overlap(course, rows):
    own = {row.pk for row in rows}
    others = [row for row in queries.meeting(course) if row.pk not in own]
    pairs = [(row, other) for row in rows for other in others]
    pairs += [(row, other) for i, row in enumerate(rows) for other in rows[i + 1 :]]
    for row, other in pairs:
        if abs((row.date - other.date).days) < 2 and schedule.overlap(
            row.date, row.start_time, row.minutes, other.date, other.start_time, other.minutes
        ):
            refuse_unless(
                Decision.no(
                    "overlaps",
                    gettext("The course already has a session on %(day)s, %(hours)s.")
                    % {
                        "day": words.day_in_sentence(other.date),
                        "hours": words.hours(other.date, other.start_time, other.minutes),
                    },
                )
            )


def _holiday(session, day):
    skip = schedule.skip_of(day, _closed(session, day))
    if not skip:
        return []
    facts = {"day": words.day(day), "name": skip.name}
    return [gettext("%(day)s is %(name)s. The session is held all the same.") % facts]


def _agreements(session_ids):
    """Return sentences on what was agreed about the old days of these sessions."""
    stand_ins = SessionStandIn.objects.filter(session_id__in=session_ids).count()
    sent_word = Attendance.objects.filter(session_id__in=session_ids, mark=Attendance.Mark.APOLOGIES).count()
    found = []
    if stand_ins:
        found.append(
            ngettext(
                "%(count)s stand-in was agreed for the old day. Ask again.",
                "%(count)s stand-ins were agreed for the old days. Ask again.",
                stand_ins,
            )
            % {"count": stand_ins}
        )
    if sent_word:
        found.append(
            ngettext(
                "%(count)s person has sent word for the old day, and can perhaps come on the new one.",
                "%(count)s people have sent word for the old days, and can perhaps come on the new ones.",
                sent_word,
            )
            % {"count": sent_word}
        )
    return found


# Calling off, and taking it back


def _contents(rows):
    return [{name: getattr(row, name) for name in CONTENT} for row in rows]


def _fill(rows, contents):
    """Give ``rows`` the ``contents`` in order; rows beyond them get none."""
    none = {"plan_id": None, "title": "", "aim": "", "checklist": []}
    for row, content in zip(rows, [*contents, *([none] * (len(rows) - len(contents)))], strict=True):
        for name, value in content.items():
            setattr(row, name, value)
        row.version += 1
    Session.objects.bulk_update(rows, ["plan", "title", "aim", "checklist", "version"])


@transaction.atomic
def cancel_session(*, session, reason, user, tail=True, expected_version=None):
    """Call ``session`` off for a ``reason`` (:class:`CalledOff`).

    With ``tail`` its subject is taken next time, the later ones follow, and the course ends one session later;
    without, the course is one session shorter. Returns a :class:`Changed` with the session that was ``added``.
    """
    reason = CalledOff(reason).value
    session = _opened(session, rules.Action.CANCEL_SESSION, expected_version)
    course, later = session.course, _later(session)
    last = max(course.sessions.values_list("date", flat=True))
    session.state, session.cancel_reason, session.number = SessionState.CANCELLED, reason, None
    session.tail_followed, session.version = tail, session.version + 1
    session.save()
    added, skipped = None, ()
    if tail:
        plan = schedule.next_day(last, course.interval_weeks, _closed(session, last))
        added, skipped = _add(course, plan.days[0]), plan.skipped
        _fill([*later, added], _contents([session, *later]))
    rows = recompute(course)
    wrote(course, rules.Action.CANCEL_SESSION, user, session=session.pk, reason=reason, tail=tail)
    added = _now(rows, added) if added else None
    send_after_commit(session_cancelled, course, course=course, user=user, session=session, added=added)
    return Changed(course, session=session, skipped=skipped, added=added, to_check=_stand_ins_of(session))


def _stand_ins_of(session):
    if not session.stand_ins.filter(volunteer__isnull=False).exists():
        return []
    return [gettext("A stand-in was agreed for this day. Let them know.")]


def _add(course, day, **values):
    return Session.objects.create(
        initiative_id=course.initiative_id,
        course=course,
        date=day,
        **{"start_time": course.start_time, "minutes": course.minutes, **values},
    )


@transaction.atomic
def restore_session(*, session, user, expected_version=None):
    """Take back that ``session`` was called off. Where the later ones had followed, they go back, and the day that was
    added at the end goes again, unless something has been written on it."""
    session = _opened(session, rules.Action.RESTORE_SESSION, expected_version)
    course, followed = session.course, session.tail_followed
    session.state, session.cancel_reason, session.tail_followed = SessionState.PLANNED, "", False
    _refuse_overlap(course, [session])
    session.version += 1
    session.save()
    removed = None
    if followed:
        later = _later(session)
        contents = _contents(later)
        if later and _is_untouched(later[-1]):
            removed = later.pop()
            removed_id = removed.pk
            removed.delete()
            removed = removed_id
        _fill([session, *later], contents)
    rows = recompute(course)
    wrote(course, rules.Action.RESTORE_SESSION, user, session=session.pk, removed=removed)
    session = _now(rows, session)
    send_after_commit(session_moved, course, course=course, user=user, changes=[])
    return Changed(course, session=session, removed=removed)


def _is_untouched(session):
    """Whether nothing has been written about ``session``: it can go without anybody losing anything."""
    written = session.attendance.exists() or session.stand_ins.exists()
    return session.state == SessionState.PLANNED and not (written or session.note or session.checklist_done)


# Adding and changing


@transaction.atomic
def add_session(*, course, date, user, expected_version=None, **values):
    """Add a session on ``date``; ``values`` are names in :data:`CHANGEABLE`. For open groups and for one more time."""
    _known(values)
    course = opened(course, rules.Action.ADD_SESSION, expected_version)
    same_initiative(course, values.get("place"))
    session = Session(
        initiative_id=course.initiative_id,
        course=course,
        date=date,
        **{"start_time": course.start_time, "minutes": course.minutes, **values},
    )
    session.full_clean(exclude=["number", "initiative", "course"], validate_constraints=False)
    refuse_impossible_times([date], session.start_time)
    _refuse_overlap(course, [session])
    session.save()
    rows = recompute(course)
    wrote(course, rules.Action.ADD_SESSION, user, session=session.pk, on=date.isoformat())
    return Changed(course, session=_now(rows, session), to_check=_holiday(session, date))


@transaction.atomic
def change_session(*, session, values, user, expected_version=None):
    """Write ``values`` (names in :data:`CHANGEABLE`) on ``session``; people are told of another time or place."""
    _known(values)
    session = _opened(session, rules.Action.CHANGE_SESSION, expected_version)
    course, before = session.course, whens(queries.meeting(session.course))
    changed = sorted(name for name, value in values.items() if getattr(session, name) != value)
    if not changed:
        return Changed(course, session=session)
    for name in changed:
        setattr(session, name, values[name])
    same_initiative(course, session.place)
    session.full_clean(exclude=["number", "initiative", "course"], validate_constraints=False)
    refuse_impossible_times([session.date], session.start_time)
    _refuse_overlap(course, [session])
    session.version += 1
    session.save()
    rows = recompute(course)
    wrote(course, rules.Action.CHANGE_SESSION, user, session=session.pk, fields=changed)
    moved = differences(before, whens(rows))
    if moved or {"place", "place_text"} & set(changed):
        send_after_commit(session_moved, course, course=course, user=user, changes=moved)
    return Changed(course, session=_now(rows, session), moved=moved)


def _known(values):
    unknown = sorted(set(values) - set(CHANGEABLE))
    if unknown:
        raise ValueError(f"a session has no value called {unknown[0]!r}")
    if not all(isinstance(item, str) for item in values.get("checklist", [])):
        raise ValidationError({"checklist": gettext("A checklist is a list of lines.")})
