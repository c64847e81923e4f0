"""What has happened with the demo's pairs since they began: calls, pauses, and endings half done. Meetings are in :mod:`.links`."""

from datetime import timedelta

from django.utils import timezone

from ..followup import rules_pause, services_ending, services_follow_up, services_pause
from ..followup.models import EndingStep, FollowUp, Pause
from ..matching import services as matching
from ..matching.models import Match
from ..matching.models_match import State
from .clock import days_ago


def follow_pairs(initiative, user):
    """Tell on what became of the matches of one initiative, inside its scope; returns how many calls are written down.

    Left for the visitor: a call that is due today and one that is overdue, a pause that ends in three days, and an
    ending that is half done.
    """
    active = list(Match.objects.filter(initiative=initiative, state=State.ACTIVE).order_by("active_from"))
    answered = _ring_as_planned(initiative, user)
    if len(active) > 1:
        services_follow_up.add_follow_up(
            match=active[0], side="volunteer", due_on=timezone.localdate(), user=user
        )
        with days_ago(2) as moment:
            services_follow_up.add_follow_up(
                match=active[-1], side="citizen", due_on=moment.date(), user=user
            )
    _pause(initiative, user)
    _end(initiative, user)
    return answered


def _ring_as_planned(initiative, user):
    """Answer the calls that were due until a few days ago, on their day."""
    until = timezone.localdate() - timedelta(days=4)
    rows = FollowUp.objects.filter(initiative=initiative, state=FollowUp.State.OPEN, due_on__lte=until)
    count = 0
    for row in rows.exclude(kind="day_after").order_by("due_on", "pk"):
        with days_ago((timezone.localdate() - row.due_on).days):
            services_follow_up.answer_follow_up(
                follow_up=row, outcome="well", note="Det går stille og roligt fremad.", user=user
            )
        count += 1
    return count


def _pause(initiative, user):
    pause = Pause.objects.filter(match__initiative=initiative, over_on=None).select_related("match").first()
    if pause is None:
        return
    match = pause.match
    matching.pause_match(
        match=match,
        paused_from=match.paused_from,
        paused_until=timezone.localdate() + timedelta(days=3),
        reason=match.pause_reason,
        user=user,
    )
    pause.refresh_from_db()
    volunteer = rules_pause.other_volunteers(pause).first()
    services_pause.cover_pause(pause=pause, by_volunteer=volunteer, user=user)


def _end(initiative, user):
    """The first ending is whole; of the others only the citizen's talk is held."""
    ended = Match.objects.filter(initiative=initiative, state=State.ENDED).order_by("ended_on", "pk")
    for number, match in enumerate(ended):
        for step in EndingStep.objects.filter(match=match, state="open").order_by("pk"):
            if number and (step.kind, step.side) != ("talk", "citizen"):
                continue
            with days_ago(max((timezone.localdate() - step.due_on).days, 0)):
                _take(step, user)


def _take(step, user):
    if step.kind == EndingStep.Kind.TALK:
        note = "Glad for tiden sammen. Tør tage bussen alene nu."
        services_ending.hold_talk(step=step, on=timezone.localdate(), note=note, user=user)
    elif step.kind == EndingStep.Kind.THANKS:
        services_ending.thank(step=step, how="together", user=user)
    else:
        services_ending.choose_next(step=step, choice="another", user=user)
