"""The history of pauses, and who keeps contact meanwhile. The pause itself is written by the rooms below."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..access.decisions import NotAllowed
from ..matching.models import Match
from ..matching.models_match import State
from ..privacy.access_log import Action, log_access
from . import rules_pause as rules
from .models_pause import Pause

ROUTE = "followup.services_pause"
# When to ask: so many days before a pause with an end date is over, or after one without has begun.
ASK_DAYS_BEFORE = 3
ASK_OPEN_AFTER_DAYS = 56


def ask_day(starts, until, from_day=None):
    """Return the day on which to ask whether they are ready again."""
    if until is None:
        return max(starts, from_day or starts) + timedelta(ASK_OPEN_AFTER_DAYS)
    return max(starts, until - timedelta(ASK_DAYS_BEFORE))


def _user(user):
    return user if getattr(user, "pk", None) else None


def keep_pause(target, user):
    """Bring the history in step with the pause that stands on ``target`` (a locked match, citizen or volunteer)."""
    name = target._meta.model_name
    today = timezone.localdate()
    open_row = Pause.objects.select_for_update(of=("self",)).filter(**{name: target}, over_on=None).first()
    if not _is_on_pause(target):
        if open_row is not None:
            _over(open_row, today, user)
        return
    starts, until = target.paused_from, target.paused_until
    if open_row is not None and open_row.until and starts > open_row.until:
        # The last one ran out and nobody was asked: this is a new pause.
        _over(open_row, open_row.until, user)
        open_row = None
    row = (
        open_row
        or _taken_up(name, target, starts)
        or Pause(initiative_id=target.initiative_id, written_by=_user(user), **{name: target})
    )
    if row.pk and not row.is_over and (row.starts, row.until) == (starts, until) and until is not None:
        return
    row.starts, row.until, row.over_on, row.ended_by = starts, until, None, None
    row.ask_on = ask_day(starts, until, today if row.pk else None)
    action = Action.CHANGE if row.pk else Action.CREATE
    row.save()
    log_access(user=user, action=action, objects=[row], route=f"{ROUTE}.keep_pause")


def _is_on_pause(target):
    if isinstance(target, Match):
        return target.state == State.PAUSED
    return target.paused_from is not None


def _taken_up(name, target, starts):
    """Return the row of a pause that was over for a moment only: its match was ended, and the ending taken back."""
    if not isinstance(target, Match):
        return None
    last = Pause.objects.filter(**{name: target}).order_by("-starts", "-pk").first()
    return last if last is not None and last.starts == starts else None


def _over(row, on, user):
    row.over_on, row.ended_by = on, _user(user)
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.over")


@transaction.atomic
def cover_pause(*, pause, by_user=None, by_volunteer=None, user):
    """Write down who keeps contact while the pause lasts: a colleague, another volunteer, or (neither) nobody.

    Raises :class:`NotAllowed` where the pause is over or that one cannot.
    """
    row = Pause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
    decision = rules.may_cover(row, by_user, by_volunteer)
    if not decision:
        raise NotAllowed(decision)
    row.covered_by_user, row.covered_by_volunteer = by_user, by_volunteer
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.cover")
    return row


@transaction.atomic
def ask_again_later(*, pause, on, user):
    """Put the question off: it comes back on the day ``on``; the pause stays as it is."""
    row = Pause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
    decision = rules.may_ask_later(row, on)
    if not decision:
        raise NotAllowed(decision)
    row.ask_on = on
    row.save()
    log_access(user=user, action=Action.CHANGE, objects=[row], route=f"{ROUTE}.ask_again_later")
    return row
