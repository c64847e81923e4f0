"""Keeping the calls of a match in step with it, and writing down what came of them.

Everything here holds the match's lock, so that two at once make one row; the constraint "never twice" is the wall
behind that.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..matching import services as matching
from ..matching.models import Match
from ..matching.models_match import OPEN_STATES
from ..matching.services_steps import locked
from ..people.standing import MATCH, changes_allowed, usable_both
from ..privacy.access_log import Action, log_access
from . import planning
from .models_follow_up import FollowUp, FollowUpPlan, Kind
from .models_pause import Pause

ROUTE = "followup.services_follow_up"
TRY_AGAIN_DAYS = 2


def _user(user):
    return user if getattr(user, "pk", None) else None


def keep_in_step(matches, user=None):
    """Make, move and cancel the calls of ``matches`` (locked) so that they are as planned; safe to run again.

    Three queries, and one per row that is written. Returns how many were written.
    """
    ids = [match.pk for match in matches]
    plan, pauses, rows = defaultdict(list), defaultdict(list), defaultdict(lambda: defaultdict(list))
    for line in FollowUpPlan.objects.filter(initiative__in={match.initiative_id for match in matches}):
        plan[line.initiative_id].append(line)
    for pause in Pause.objects.filter(match__in=ids):
        pauses[pause.match_id].append(pause)
    for row in FollowUp.objects.filter(match__in=ids).order_by("round"):
        rows[row.match_id][row.side, row.kind].append(row)
    written = []
    for match in matches:
        lines = planning.lines_of(plan[match.initiative_id])
        written += _kept(match, rows[match.pk], planning.wanted(match, lines, pauses[match.pk]))
    # A step of the match is followed whoever is left alone: nobody is rung before the stop is lifted (today/listing.py).
    with changes_allowed():
        for row in written:
            row.save()
    return len(written)


def _kept(match, rows, wanted):
    """Return the rows that have to be written."""
    today = timezone.localdate()
    changed = []
    for key, want in wanted.items():
        row = _next(match, key, rows.get(key, []), want, today)
        if row is not None:
            changed.append(row)
    for key, those in rows.items():
        agreed = key[1] == Kind.AGREED and match.state in OPEN_STATES
        for row in those if key not in wanted and not agreed else ():
            if row.state == FollowUp.State.OPEN:
                row.state = FollowUp.State.CANCELLED
                changed.append(row)
    return changed


def _next(match, key, rows, want, today):
    """Return the row of ``key`` that is to be written so that ``want`` stands, or ``None`` where nothing is to do."""
    last = rows[-1] if rows else None
    recent = want.due >= today - timedelta(planning.GRACE_DAYS)
    if last is None:
        return _row(match, key, 1, want) if recent else None
    if last.state == FollowUp.State.OPEN:
        if last.own_day or (last.due_on, last.anchor) == (want.due, want.anchor):
            return None
        last.due_on, last.anchor = want.due, want.anchor
        return last
    if last.state == FollowUp.State.CANCELLED:
        if not recent:
            return None
        last.state, last.anchor = FollowUp.State.OPEN, want.anchor
        last.due_on = max(last.due_on, today) if last.own_day else want.due
        return last
    renewed = key[1] == Kind.BEFORE_END and want.anchor > last.anchor and want.due > last.done_on
    return _row(match, key, last.round + 1, want) if renewed else None


def _row(match, key, number, want, own_day=False):
    side, kind = key
    return FollowUp(
        initiative_id=match.initiative_id,
        match=match,
        side=side,
        kind=kind,
        round=number,
        anchor=want.anchor,
        due_on=want.due,
        own_day=own_day,
    )


@transaction.atomic
def plan_follow_ups(user=None):
    """Bring the calls of every match in the open scope into step, e.g. after the plan has changed; safe to run again.

    A pair in which somebody is left alone is left out; :func:`plan_again` takes it up when the stop is lifted, or a new yes is given.
    """
    return keep_in_step(list(_open_and_usable()), user)


@transaction.atomic
def plan_again(person, user=None):
    """Bring the calls of the pairs of ``person`` (locked) into step, who is no longer left alone since just now."""
    return keep_in_step(list(_open_and_usable(**{person._meta.model_name: person})), user)


def _open_and_usable(**which):
    """Return the open matches of ``which`` in which nobody is left alone, to be locked as they are read."""
    rows = Match.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return rows.filter(usable_both(MATCH), state__in=OPEN_STATES, **which)


@transaction.atomic
def save_plan(*, initiative, lines, user):
    """Write the plan of ``initiative`` (a list of :class:`~.planning.Line`) and bring its open matches into step.

    Returns how many calls were made, moved or cancelled.
    """
    before = {row.kind: row for row in FollowUpPlan.objects.filter(initiative=initiative)}
    for line in lines:
        row = before.get(line.kind) or FollowUpPlan(initiative=initiative, kind=line.kind)
        row.days, row.citizen, row.volunteer = line.days, line.citizen, line.volunteer
        row.save()
        log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.save_plan")
    rows = Match.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return keep_in_step(list(rows.filter(initiative=initiative, state__in=OPEN_STATES)), user)


@transaction.atomic
def add_follow_up(*, match, side, due_on, user):
    """Agree on a call to ``side`` of ``match`` on the day ``due_on``; no plan moves it. Returns the row."""
    match = locked(match)
    if match.state not in OPEN_STATES:
        raise NotAllowed(
            Decision.no("closed", gettext("The match is over; nobody is rung about it any more."))
        )
    return _agreed(match, (side, Kind.AGREED.value), due_on, user)


def _agreed(match, key, due_on, user):
    side, kind = key
    if due_on < timezone.localdate():
        raise NotAllowed(Decision.no("past", gettext("That day is over. Choose today or a later day.")))
    top = FollowUp.objects.filter(match=match, side=side, kind=kind).aggregate(n=models.Max("round"))["n"]
    want = planning.Wanted(due_on, timezone.localdate())
    row = _row(match, key, (top or 0) + 1, want, own_day=True)
    row.save()
    log_access(user=user, action=Action.CREATE, objects=[row], route=f"{ROUTE}.add")
    return row


@transaction.atomic
def answer_follow_up(*, follow_up, outcome, note="", again_on=None, user):
    """Write down what came of a call; returns ``(the call, the next one or None)``.

    ``outcome`` is a code of :class:`FollowUp.Outcome`. ``again_on``: the day of one more call; after
    "not reached" it is in two days where none is given. The day after the first meeting, "it goes well" is the side's
    yes to going on and "would like to stop" its no: both are written on the match as well.

    Raises :class:`NotAllowed` where somebody was quicker, or the match has moved on.
    """
    outcome = FollowUp.Outcome(outcome)
    match = locked(follow_up.match)
    row = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if row.state != FollowUp.State.OPEN:
        raise NotAllowed(_too_late(row))
    if again_on is None and outcome == FollowUp.Outcome.NOT_REACHED:
        again_on = timezone.localdate() + timedelta(TRY_AGAIN_DAYS)
    _close(row, outcome, user, note)
    key = (row.side, row.kind if outcome == FollowUp.Outcome.NOT_REACHED else Kind.AGREED.value)
    again = _agreed(match, key, again_on, user) if again_on else None
    answer = {FollowUp.Outcome.GOING_WELL: "yes", FollowUp.Outcome.STOP: "no"}.get(outcome)
    if row.kind == Kind.DAY_AFTER and answer:
        matching.record_day_after(match=match, side=row.side, answer=answer, user=user)
        row.refresh_from_db()
    return row, again


def _close(row, outcome, user, note=""):
    row.state, row.outcome, row.note = FollowUp.State.DONE, outcome.value, note.strip()
    row.done_on, row.done_by = timezone.localdate(), _user(user)
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.answer")


def _too_late(row):
    if row.state == FollowUp.State.CANCELLED:
        return Decision.no(
            "cancelled", gettext("This call is not needed any more. Nothing of yours is saved.")
        )
    who = row.done_by.get_full_name() or row.done_by.get_username() if row.done_by else ""
    if who:
        reason = gettext(
            "%(who)s has written an answer to this call in the meantime. Nothing of yours is saved."
        )
        return Decision.no("answered", reason % {"who": who})
    return Decision.no("answered", gettext("This call is answered already. Nothing of yours is saved."))


def note_day_after(match, side, answer, user):
    """Close the call of the day after when the side's answer is written on the match, and open it when it is taken back."""
    rows = FollowUp.objects.filter(match=match, side=side, kind=Kind.DAY_AFTER).order_by("-round")
    row = rows.first()
    if row is None:
        return
    if answer and row.state == FollowUp.State.OPEN:
        outcome = FollowUp.Outcome.GOING_WELL if answer == "yes" else FollowUp.Outcome.STOP
        _close(row, outcome, user, row.note)
    elif not answer and row.state == FollowUp.State.DONE:
        row.state, row.outcome, row.done_on, row.done_by = FollowUp.State.OPEN, "", None, None
        row.save()
