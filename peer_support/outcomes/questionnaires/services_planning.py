"""Keeping questionnaires in step with a match or a place in a course: made, moved, called off, and left alone in time.

Safe to run again, and twice at once: whoever calls holds the lock of the match or the enrolment, and the constraints
"once" are the wall behind that.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ...courses.models import Enrolment
from ...matching.models import Match
from ...privacy.access_log import Action, log_access
from . import planning, scoring
from .models import OPEN_STATES, WAITING_STATES, Kind, Moment, Questionnaire, QuestionnairePlan, State
from .rules import RESTRICTED, left_in_peace

ROUTE = "outcomes.questionnaires"
_LINK = {Kind.MATCH: "match", Kind.COURSE: "enrolment"}


def keep_in_step(kind, belongings, user=None):
    """Make, move and call off the questionnaires of ``belongings`` (locked matches, or enrolments) as the plan says.

    A constant number of queries, and one per row that is written. Returns how many rows were written.
    """
    link = _LINK[kind]
    lines, rows = defaultdict(list), defaultdict(dict)
    initiatives = {one.initiative_id for one in belongings}
    for line in QuestionnairePlan.objects.filter(kind=kind, initiative__in=initiatives):
        lines[line.initiative_id].append(line)
    found = Questionnaire.objects.filter(**{f"{link}__in": [one.pk for one in belongings]})
    for row in found.exclude(moment=Moment.EXTRA).select_related("citizen", "volunteer"):
        side = "citizen" if row.citizen_id else "volunteer"
        rows[getattr(row, f"{link}_id")][side, row.instrument, row.moment] = row
    if not lines and not rows:
        return 0
    people = [person for one in belongings for person in planning.people_of(kind, one).values()]
    peace = left_in_peace(people)
    written = 0
    for one in belongings:
        wanted = planning.wanted(kind, one, lines[one.initiative_id])
        written += _make(kind, one, wanted, rows[one.pk], peace, user)
        written += _call_off(kind, one, wanted, rows[one.pk], peace, user)
    return written


def _make(kind, belonging, wanted, rows, peace, user):
    earliest = timezone.localdate() - timedelta(days=planning.GRACE_DAYS)
    people = planning.people_of(kind, belonging)
    count = 0
    for (side, instrument, moment), due in wanted.items():
        if (side, people[side].pk) in peace:
            continue
        row = rows.get((side, instrument, moment))
        if row is None and due >= earliest:
            row = Questionnaire(
                initiative_id=belonging.initiative_id,
                instrument=instrument,
                moment=moment,
                due_on=due,
                **{side: people[side], _LINK[kind]: belonging},
            )
        elif row is None or row.state != State.PLANNED or row.due_on == due:
            continue
        row.due_on = due
        _save(row, user)
        count += 1
    return count


def _save(row, user):
    action = Action.CHANGE if row.pk else Action.CREATE
    row.save()
    log_access(user=user, action=action, objects=[row], route=f"{ROUTE}.plan")


def _call_off(kind, belonging, wanted, rows, peace, user):
    days = planning.DAYS[kind](belonging)
    # What goes on has no ending: one that was written down was taken back.
    undone = {Moment.END, Moment.FOLLOW_UP} if Moment.START in days else set()
    count = 0
    for key, row in rows.items():
        side, __, moment = key
        if peace.get((side, getattr(row, f"{side}_id"))) == RESTRICTED:
            # Nothing is written about them, not even that it is over, until they lift the stop.
            continue
        if moment in undone and row.state != State.PLANNED:
            count += _take_out(row, user)
        elif (side, getattr(row, f"{side}_id")) in peace or moment not in days:
            count += close(row, user)
        elif key not in wanted and row.state == State.PLANNED:
            count += close(row, user)
    return count


def close(row, user=None):
    """End an open questionnaire: what nobody was asked is deleted, the rest was not answered. Returns whether it was open.

    What somebody answered half way counts where the instrument's own rule for missing items allows it.
    """
    if row.state not in OPEN_STATES:
        return False
    if row.state == State.PLANNED:
        log_access(user=user, action=Action.ERASE, objects=[row], route=f"{ROUTE}.call_off")
        row.delete()
        return True
    score = scoring.score_of(row)
    if score is not None:
        row.state, row.score, row.answered_on = State.ANSWERED, score, timezone.localdate(row.updated_at)
        row.care_text = scoring.care_of(row)
    else:
        row.state = State.EXPIRED
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.call_off")
    return True


def _take_out(row, user):
    """The ending was taken back: what is answered stays as one in between, the rest goes."""
    if row.answers or not row.is_readable:
        close(row, user)
        row.moment = Moment.EXTRA
        row.save()
        action = Action.CHANGE
    else:
        action = Action.ERASE
    log_access(user=user, action=action, objects=[row], route=f"{ROUTE}.call_off")
    if action == Action.ERASE:
        row.delete()
    return True


def leave_in_peace(person, user=None):
    """Close every open questionnaire of ``person``; returns how many."""
    rows = Questionnaire.objects.select_for_update(of=("self",)).filter(
        state__in=OPEN_STATES, **{person._meta.model_name: person}
    )
    return sum(close(row, user) for row in list(rows))


@transaction.atomic
def keep_matches(matches, user=None):
    """Lock ``matches`` (a queryset) and keep their questionnaires in step."""
    rows = matches.select_for_update(no_key=True, of=("self",)).select_related("citizen", "volunteer")
    return keep_in_step(Kind.MATCH, list(rows.order_by("pk")), user)


@transaction.atomic
def keep_enrolments(enrolments, user=None):
    """Lock ``enrolments`` (a queryset) and keep their questionnaires in step."""
    rows = enrolments.select_for_update(no_key=True, of=("self",))
    rows = rows.select_related("citizen", "volunteer", "course")
    return keep_in_step(Kind.COURSE, list(rows.order_by("pk")), user)


def plan_questionnaires(user=None, day=None):
    """Bring every match and course in the open scope into step, and leave alone what is too old. Safe to run again.

    Returns how many rows were written.
    """
    day = day or timezone.localdate()
    planned = set(QuestionnairePlan.objects.values_list("kind", "initiative"))
    count = 0
    for kind, model, keep in ((Kind.MATCH, Match, keep_matches), (Kind.COURSE, Enrolment, keep_enrolments)):
        ids = [initiative for of, initiative in planned if of == kind]
        link = _LINK[kind]
        open_ones = Questionnaire.objects.filter(state__in=OPEN_STATES, **{f"{link}__isnull": False})
        rows = model.objects.filter(
            Q(initiative__in=ids) & _recent(kind, day) | Q(pk__in=open_ones.values(link))
        )
        count += keep(rows, user)
    return count + _expire(day, user)


def _recent(kind, day):
    """What can still come to something: a match or place that lasts, or one that ended within the longest follow-up."""
    since = day - timedelta(days=planning.GRACE_DAYS + 366)
    if kind == Kind.MATCH:
        return Q(state__in=("active", "paused")) | Q(state="ended", ended_on__gte=since)
    return Q(state="enrolled", course__state="running") | Q(state="completed", completed_on__gte=since)


@transaction.atomic
def _expire(day, user):
    """Close what was asked long ago, and what nobody got round to asking; and everything of those who are to be left."""
    rows = Questionnaire.objects.select_for_update(of=("self",)).filter(state__in=OPEN_STATES)
    rows = list(rows.select_related("citizen", "volunteer").order_by("pk"))
    peace = left_in_peace([row.person for row in rows])
    count = 0
    for row in rows:
        why = peace.get((row.person._meta.model_name, row.person.pk))
        if why == RESTRICTED:
            continue
        if why:
            count += close(row, user)
        elif row.state in WAITING_STATES:
            asked = timezone.localdate(row.asked_at)
            count += (day - asked).days > planning.ANSWER_DAYS and close(row, user)
        elif (day - row.due_on).days > planning.UNASKED_DAYS:
            row.state = State.EXPIRED
            _save(row, user)
            count += 1
    return count


@transaction.atomic
def save_plan(*, initiative, lines, user):
    """Let ``lines``, unsaved :class:`QuestionnairePlan` rows, be the plan of ``initiative``; a line that asks nothing goes.

    Questionnaires that were planned and not asked yet follow. Returns how many were made, moved or called off.
    """
    before = {
        (row.kind, row.instrument): row for row in QuestionnairePlan.objects.filter(initiative=initiative)
    }
    for line in lines:
        row = before.pop((line.kind, line.instrument), None) or QuestionnairePlan(
            initiative=initiative, kind=line.kind, instrument=line.instrument
        )
        for name in ("at_start", "at_end", "follow_up_weeks", "citizens", "volunteers"):
            setattr(row, name, getattr(line, name))
        row.save()
        log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.save_plan")
    for row in before.values():
        log_access(user=user, action=Action.ERASE, objects=[row], route=f"{ROUTE}.save_plan")
        row.delete()
    return plan_questionnaires(user)
