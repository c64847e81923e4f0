"""“Let us talk”, and “I come”: what a side says by link that is no answer, and the call that follows."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from .models_call import MatchCall
from .models_match import OPEN_STATES, State
from .services_match import SIDES
from .services_steps import ROUTE, locked, refuse


def coming_to(match, side):
    """Whether ``side`` has said that they come to the first meeting as it is booked now."""
    day = getattr(match, f"{side}_coming")
    return bool(day and day == match.first_meeting_on)


@transaction.atomic
def ask_for_call(*, match, side, about, user=None):
    """Write down that ``side`` would rather talk about ``about`` (:class:`MatchCall.About`); returns the call.

    The match stays as it is: a proposal stays open. Asked twice, it is one call. Whoever cannot come to the first
    meeting is no longer written down as coming.
    """
    if side not in SIDES:
        raise ValueError(f"side is {side!r}; it is one of {SIDES}")
    match = locked(match)
    if not match.is_open:
        refuse("closed", gettext("There is nothing to answer here any more. You are welcome to ring us."))
    about = MatchCall.About(about).value
    if about == MatchCall.About.FIRST_MEETING and getattr(match, f"{side}_coming"):
        setattr(match, f"{side}_coming", None)
        match.save(update_fields=[f"{side}_coming"])
    call = _open_call(match, side, about)
    log_access(user=user, action=LogAction.CHANGE, objects=[match], route=f"{ROUTE}.ask_for_call")
    return call


def _open_call(match, side, about):
    which = {"match": match, "side": side, "about": about}
    found = MatchCall.objects.filter(**which, done_at=None).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return MatchCall.objects.create(initiative_id=match.initiative_id, **which)
    except IntegrityError:  # code that does not take the match's lock was first
        return MatchCall.objects.get(**which, done_at=None)


@transaction.atomic
def close_call(*, call, user):
    """Write down that the call has been made. Twice changes nothing."""
    call = MatchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.done_at is None:
        call.done_at, call.done_by = timezone.now(), user if getattr(user, "pk", None) else None
        call.save(update_fields=["done_at", "done_by"])
        log_access(user=user, action=LogAction.CHANGE, objects=[call], route=f"{ROUTE}.close_call")
    return call


@transaction.atomic
def say_coming(*, match, side, meeting, user=None):
    """Write down that ``side`` comes to the first meeting; returns the match.

    ``meeting`` is ``(day, time, place)`` as the person saw it. Raises :class:`NotAllowed` where it has been moved since, or
    none is booked.
    """
    if side not in SIDES:
        raise ValueError(f"side is {side!r}; it is one of {SIDES}")
    match = locked(match)
    booked = match.state == State.ACCEPTED and match.first_meeting_on
    if not booked or match.first_meeting_on < timezone.localdate():
        refuse("no_meeting", gettext("No meeting is booked just now. The coordinator rings you."))
    if meeting != meeting_of(match):
        refuse("moved", gettext("The meeting has been moved. Look at the new day, and press once more."))
    if not coming_to(match, side):
        setattr(match, f"{side}_coming", match.first_meeting_on)
        match.save(update_fields=[f"{side}_coming"])
        log_access(user=user, action=LogAction.CHANGE, objects=[match], route=f"{ROUTE}.say_coming")
    calls = MatchCall.objects.filter(
        match=match, side=side, about=MatchCall.About.FIRST_MEETING, done_at=None
    )
    calls.update(done_at=timezone.now(), done_by=None)
    return match


def meeting_of(match):
    """Return ``(day, time, place)`` of the first meeting as it is booked now."""
    return match.first_meeting_on, match.first_meeting_at, match.first_meeting_place


def open_calls():
    """Return the calls that somebody has asked for and nobody has made, of matches that are still open."""
    calls = MatchCall.objects.filter(done_at=None, match__state__in=OPEN_STATES)
    return calls.select_related("match", "match__citizen", "match__volunteer")
