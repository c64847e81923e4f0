"""Pauses, endings, and taking back a slip of the finger."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..people import services as people
from ..people.models import Citizen, Volunteer
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import rules, rules_pause, sentences
from .models_match import OPEN_STATES, Answer, EndingReason, Match, OneMore, State
from .models_policy import Exclusion
from .people_queries import with_open_matches
from .services_pairs import ruled_out
from .services_steps import ROUTE, note_people, opened, refuse, refuse_unless, wrote
from .signals import match_ended, send_after_commit

_ENDERS = ("citizen", "volunteer", "both", "coordinator")


@transaction.atomic
def pause_match(
    *, match, paused_from, paused_until=None, reason="", frees_place=False, user, expected_version=None
):
    """Write a pause (dates; no end means until further notice), or correct the one that is written.

    They keep each other: the match stays open. The volunteer's place is kept too; with ``frees_place``, and on a
    pause of more than ``PAUSE_FREES_PLACE_WEEKS`` weeks, somebody else may have it meanwhile.
    """
    match = opened(match, rules.Action.PAUSE, expected_version)
    if paused_until and paused_until < paused_from:
        refuse("pause_dates", gettext("The pause must not end before it begins."))
    if paused_from < match.active_from:
        refuse(
            "pause_before_start",
            gettext("The match started on %(date)s. The pause cannot begin before that day.")
            % {"date": sentences.day(match.active_from)},
        )
    before, match.state = match.state, State.PAUSED
    match.paused_from, match.paused_until, match.pause_reason = paused_from, paused_until, reason.strip()
    match.place_free_from = rules_pause.place_free_from(paused_from, paused_until, frees_place)
    return wrote(
        match,
        rules.Action.PAUSE,
        before,
        user,
        paused_from=paused_from.isoformat(),
        paused_until=paused_until.isoformat() if paused_until else None,
    )


@transaction.atomic
def resume_match(*, match, one_more="", user, expected_version=None):
    """End the pause; its dates stay in the events, its reason is forgotten.

    Where somebody else has the volunteer's place by now, the pair waits, or the volunteer takes one more:
    ``one_more`` is why, a code of :class:`OneMore`.
    """
    match = opened(match, rules.Action.RESUME, expected_version)
    has_place = rules_pause.may_take_up_again(match)
    if not one_more:
        refuse_unless(has_place)
    before, match.state = match.state, State.ACTIVE
    match.paused_from = match.paused_until = match.place_free_from = None
    match.pause_reason = ""
    facts = {} if has_place else {"one_more": OneMore(one_more).value}
    return wrote(match, rules.Action.RESUME, before, user, **facts)


@transaction.atomic
def end_match(
    *,
    match,
    on,
    by,
    reasons,
    note="",
    user,
    citizen_then=Citizen.Status.CONVERSATION,
    expected_version=None,
):
    """End an active match on the day ``on``.

    ``by``: "citizen", "volunteer", "both" or "coordinator". ``reasons``: one or more of :class:`EndingReason`.
    ``citizen_then``: "conversation" (you talk about what next), "waiting" (back on the list with the date the wait
    first began) or "ended". The pair is not proposed again.
    """
    match = opened(match, rules.Action.END, expected_version)
    citizen_then = Citizen.Status(citizen_then)
    if by not in _ENDERS or citizen_then == Citizen.Status.ENQUIRY:
        raise ValueError(f"by is {by!r}, citizen_then is {citizen_then!r}")
    if not reasons:
        refuse("reasons", gettext("Choose at least one reason. “Something else” is one too."))
    if on > timezone.localdate():
        refuse(
            "future",
            gettext("That day has not come yet. If they stop later, change the agreed end instead."),
        )
    if on < match.active_from:
        refuse(
            "end_before_start",
            gettext("The match started on %(date)s. It cannot have ended before that day.")
            % {"date": sentences.day(match.active_from)},
        )
    before, match.state = match.state, State.ENDED
    match.ended_on, match.ended_by, match.ending_note = on, by, note.strip()
    match.pause_reason = ""
    match.ending_reasons = sorted(EndingReason(reason).value for reason in set(reasons))
    wrote(
        match,
        rules.Action.END,
        before,
        user,
        on=on.isoformat(),
        by=by,
        reasons=match.ending_reasons,
        citizen_then=citizen_then.value,
    )
    ruled_out(match.citizen_id, match.volunteer_id, match.initiative_id, Exclusion.Kind.ENDED)
    _move_citizen(match.citizen, citizen_then, on, user)
    note_people(match, user, "matching.end", on=on)
    send_after_commit(match_ended, match, user)
    return match


def _move_citizen(citizen, status, on, user):
    if status == Citizen.Status.ENDED:
        people.end_person(person=citizen, user=user, on=on, route=f"{ROUTE}.end")
    elif citizen.status != status:
        citizen.status, citizen.ended_on = status, None
        citizen.save()
        log_access(user=user, action=LogAction.CHANGE, objects=[citizen], route=f"{ROUTE}.end")


@transaction.atomic
def withdraw(*, match, user, expected_version=None):
    """Take a proposal back before the match has started. The pair may be proposed again another time."""
    match = opened(match, rules.Action.WITHDRAW, expected_version)
    before, match.state = match.state, State.WITHDRAWN
    wrote(match, rules.Action.WITHDRAW, before, user)
    send_after_commit(match_ended, match, user)
    return match


@transaction.atomic
def reopen_match(*, match, user, expected_version=None):
    """Take back the no, the ending or the withdrawal that closed a match, where nobody has moved on since.

    The match stands again where it stood; a no becomes "not answered yet"; the pair is no longer ruled out.
    """
    match = opened(match, rules.Action.REOPEN, expected_version)
    _refuse_if_moved_on(match)
    closing = match.events.order_by("-at", "-pk").first()
    before, match.state = match.state, State(closing.from_state)
    if before == State.DECLINED:
        _take_back_no(match)
    match.ended_on, match.ended_by, match.ending_reasons, match.ending_note = None, "", [], ""
    Exclusion.objects.filter(
        citizen=match.citizen_id,
        volunteer=match.volunteer_id,
        kind__in=[Exclusion.Kind.DECLINED, Exclusion.Kind.ENDED],
    ).delete()
    _move_citizen(match.citizen, Citizen.Status.WAITING, None, user)
    wrote(match, rules.Action.REOPEN, before, user)
    note_people(match, user, "matching.reopen")
    return match


def _take_back_no(match):
    for name in ("citizen_after", "volunteer_after"):
        if getattr(match, name) == Answer.NO:
            setattr(match, name, "")
    for side in ("citizen", "volunteer"):
        if getattr(match, f"{side}_answer") == Answer.NO:
            setattr(match, f"{side}_answer", "")
            setattr(match, f"{side}_answered_on", None)
            match.state = State.PROPOSED


def _refuse_if_moved_on(match):
    """Both people are locked."""
    names = {"citizen": match.citizen, "volunteer": match.volunteer}
    if Match.objects.filter(citizen=match.citizen_id, state__in=OPEN_STATES).exists():
        refuse("citizen_taken", gettext("%(citizen)s already has another proposal or match.") % names)
    volunteer = with_open_matches(Volunteer.objects.filter(pk=match.volunteer_id)).get()
    if volunteer.free_places < 1 and not rules_pause.has_given_its_place(match):
        refuse("capacity", gettext("%(volunteer)s has no free place any more.") % names)
    if volunteer.status != Volunteer.Status.APPROVED:
        refuse("not_approved", gettext("%(volunteer)s is not approved any more.") % names)
