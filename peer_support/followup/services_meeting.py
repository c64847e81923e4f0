"""Writing down meetings, correcting them, and closing the calls that were asked for."""

from django.db import transaction
from django.utils import timezone

from ..access.decisions import Decision, NotAllowed
from ..matching.models import Match
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import strip_cpr
from . import rules_meeting as rules
from .models_meeting import Feeling, Meeting, MeetingSide, MeetingWay, Outcome

ROUTE = "followup.services_meeting"
SHORTEST, LONGEST = 5, 720


def _refuse_unless(decision):
    if not decision:
        raise NotAllowed(decision)


def _locked(match):
    return Match.objects.select_for_update(no_key=True, of=("self",)).get(pk=match.pk)


@transaction.atomic
def log_meeting(
    *, match, on, outcome, minutes=None, feeling=None, call_me=False, note="", side, way, user=None
):
    """Write down that the pair met, moved the meeting or did not meet on the day ``on``; returns the :class:`Meeting`.

    ``outcome``: "met", "moved" or "not_met". ``minutes`` (5–720) and ``feeling`` (1 heavy, 2 all right, 3 good) are
    kept only where they met. ``side``: "citizen", "volunteer" or "coordinator"; ``way``: "link" or "admin".
    The same side and day again corrects what was written earlier the same day; a call that was asked for is not
    lost by that. What looks like a CPR number in ``note`` is taken out.

    Raises :class:`NotAllowed` where the match does not stand so, the day cannot be right, or the day was written
    down on an earlier day.
    """
    match = _locked(match)
    _refuse_unless(rules.may_log(match))
    _refuse_unless(rules.may_log_on(match, on))
    values = _values(outcome, minutes, feeling, note)
    side, way = MeetingSide(side).value, MeetingWay(way).value
    meeting = Meeting.objects.filter(match=match, side=side, on=on).first()
    if meeting is None:
        meeting = Meeting(initiative_id=match.initiative_id, match=match, on=on, side=side)
    elif way == MeetingWay.LINK:
        _refuse_unless(rules.may_correct(meeting))
    _asked_for_call(meeting, call_me)
    return _saved(meeting, values, way, user)


@transaction.atomic
def correct_meeting(
    *, meeting, on, outcome, minutes=None, feeling=None, call_me=False, note="", way, user=None
):
    """Change a meeting that is written down, also its day; by link only on the day it was written.

    Raises :class:`NotAllowed` as :func:`log_meeting` does, and where another meeting stands on the new day.
    """
    match = _locked(meeting.match)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    way = MeetingWay(way).value
    _refuse_unless(rules.may_log(match))
    _refuse_unless(rules.may_log_on(match, on))
    if way == MeetingWay.LINK:
        _refuse_unless(rules.may_correct(meeting))
    other = Meeting.objects.filter(match=match, side=meeting.side, on=on).exclude(pk=meeting.pk).first()
    if other is not None:
        _refuse_unless(rules.another_that_day(on))
    values = _values(outcome, minutes, feeling, note)
    meeting.on = on
    meeting.call_me = bool(call_me) or meeting.call_done_at is not None
    return _saved(meeting, values, way, user)


@transaction.atomic
def close_call(*, meeting, user):
    """Write down that the call somebody asked for at ``meeting`` has been made. Twice changes nothing."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not meeting.wants_call:
        return meeting
    meeting.call_done_at, meeting.call_done_by = timezone.now(), user if getattr(user, "pk", None) else None
    meeting.save(update_fields=["call_done_at", "call_done_by"])
    log_access(user=user, action=Action.CHANGE, objects=[meeting], route=f"{ROUTE}.close_call")
    return meeting


def _asked_for_call(meeting, call_me):
    """A call that was asked for stays asked for; one asked for anew after the last was made is a new one."""
    if call_me and meeting.call_done_at:
        meeting.call_done_at = meeting.call_done_by = None
    meeting.call_me = meeting.call_me or bool(call_me)


def _values(outcome, minutes, feeling, note):
    outcome = Outcome(outcome).value
    if outcome != Outcome.MET:
        minutes = feeling = None
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        raise NotAllowed(Decision.no("minutes", rules.length_sentence(SHORTEST, LONGEST)))
    return {
        "outcome": outcome,
        "minutes": minutes,
        "feeling": Feeling(feeling).value if feeling else None,
        "note": strip_cpr((note or "").strip())[0],
    }


def _saved(meeting, values, way, user):
    created = meeting.pk is None
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.way, meeting.user = way, user if getattr(user, "pk", None) else None
    meeting.save()
    action = Action.CREATE if created else Action.CHANGE
    log_access(user=user, action=action, objects=[meeting], route=f"{ROUTE}.log_meeting")
    return meeting
