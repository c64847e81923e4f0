"""The steps of a good ending: made when a match ends, done one by one, or skipped."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..agreements import services_service as papers
from ..matching.services_steps import locked
from ..people import bookings
from ..people import services as people
from ..people.models import Citizen, Conversation
from ..privacy.access_log import Action, log_access
from .models_ending import EndingStep
from .models_follow_up import Side

ROUTE = "followup.services_ending"
State, Choice, Kind = EndingStep.State, EndingStep.Choice, EndingStep.Kind
# Days after the ending.
DUE_DAYS = {Kind.TALK: 7, Kind.THANKS: 14, Kind.NEXT: 14}
THANKS = (Choice.SPOKEN, Choice.WRITTEN, Choice.TOGETHER)
NEXT = {
    Side.CITIZEN: (Choice.ANOTHER, Choice.COURSE, Choice.VOLUNTEER, Choice.STOP),
    Side.VOLUNTEER: (Choice.ANOTHER, Choice.PAUSE, Choice.COURSE, Choice.STOP),
}
# What was said about the citizen when the match was ended, as an answer to "what comes next".
_SAID = {Citizen.Status.WAITING: Choice.ANOTHER, Citizen.Status.ENDED: Choice.STOP}


def _user(user):
    return user if getattr(user, "pk", None) else None


def plan_ending(match, event, user):
    """Make the six steps of the ending that ``event`` wrote down; what was said on the way is done already."""
    said = _SAID.get(event.facts.get("citizen_then"))
    for kind, days in DUE_DAYS.items():
        for side in Side:
            step = EndingStep(
                initiative_id=match.initiative_id,
                match=match,
                event=event,
                side=side,
                kind=kind,
                due_on=match.ended_on + timedelta(days),
            )
            if said and side == Side.CITIZEN and kind == Kind.NEXT:
                step.state, step.choice = State.DONE, said
                step.done_on, step.done_by = timezone.localdate(), _user(user)
            step.save()


def take_back_ending(match):
    """Take the open steps of ``match`` back with the ending they belong to."""
    EndingStep.objects.filter(match=match, state=State.OPEN).update(state=State.TAKEN_BACK)


def _opened(step):
    """Return the step locked, with its match; raises :class:`NotAllowed` where it is not open any more."""
    match = locked(step.match)
    found = EndingStep.objects.select_for_update(of=("self",)).select_related("done_by").get(pk=step.pk)
    found.match = match
    if found.state == State.OPEN:
        return found
    if found.state == State.TAKEN_BACK:
        raise NotAllowed(Decision.no("taken_back", gettext("The ending was taken back: the match goes on.")))
    who = found.done_by.get_full_name() or found.done_by.get_username() if found.done_by else ""
    if who:
        reason = gettext("%(who)s has written this down in the meantime.") % {"who": who}
    else:
        reason = gettext("This is written down already.")
    raise NotAllowed(Decision.no("done", reason))


def _done(step, state, user, on=None, **values):
    for name, value in values.items():
        setattr(step, name, value)
    step.state, step.done_on, step.done_by = state, on or timezone.localdate(), _user(user)
    step.save()
    log_access(user=user, action=Action.CHANGE, objects=[step], route=f"{ROUTE}.{step.kind}")
    return step


def _refuse_wrong_day(step, on):
    if on > timezone.localdate():
        raise NotAllowed(Decision.no("future", gettext("That day has not come yet. Book the talk instead.")))


@transaction.atomic
def book_talk(*, step, on, user):
    """Agree on the day of the closing talk; it is asked for again then."""
    step = _opened(step)
    if on < timezone.localdate():
        raise NotAllowed(Decision.no("past", gettext("That day is over. Choose today or a later day.")))
    step.due_on = on
    step.save()
    log_access(user=user, action=Action.CHANGE, objects=[step], route=f"{ROUTE}.book_talk")
    return step


@transaction.atomic
def hold_talk(*, step, on, note="", user):
    """Write down the closing talk that was held with one side on the day ``on``, as a conversation of that person."""
    step = _opened(step)
    _refuse_wrong_day(step, on)
    talk = Conversation.objects.create(
        initiative_id=step.initiative_id,
        kind=Conversation.Kind.CLOSING,
        held_on=on,
        held_by=_user(user),
        notes=note.strip(),
        **{step.side: step.person},
    )
    log_access(user=user, action=Action.CREATE, objects=[talk], route=f"{ROUTE}.hold_talk")
    bookings.close_due(step.person, user, f"{ROUTE}.hold_talk", talk)
    return _done(step, State.DONE, user, on, conversation=talk)


@transaction.atomic
def thank(*, step, how, words="", on=None, user):
    """Write down how one side was thanked: "spoken", "written" or "together".

    A volunteer's thank-you is kept with their other ones, with ``words`` or a plain sentence, so that the card, the
    years of service and "keeping volunteers" know of it.
    """
    if Choice(how) not in THANKS:
        raise ValueError(f"{how!r} is no way to thank")
    step = _opened(step)
    _refuse_wrong_day(step, on or timezone.localdate())
    if step.side == Side.VOLUNTEER:
        words = words.strip() or gettext("Thank you for the time you gave somebody.")
        papers.thank(volunteer=step.person, words=words, on=on, user=user, route=f"{ROUTE}.thank")
    return _done(step, State.DONE, user, on, choice=Choice(how).value)


@transaction.atomic
def choose_next(*, step, choice, pause_until=None, user):
    """Write down what comes next for one side, and do it.

    A citizen who wishes for another match waits on with the date the wait first began; "enough for now" closes the
    record, which can be opened again at any time. A volunteer's pause begins today. A course, and becoming a volunteer,
    are only written down: they begin on screens of their own. Raises :class:`NotAllowed` where a rule stops the step.
    """
    choice = Choice(choice)
    step = _opened(step)
    if choice not in NEXT[Side(step.side)]:
        raise ValueError(f"{choice!r} is nothing that comes next for {step.side}")
    person, route = step.person, f"{ROUTE}.choose_next"
    if choice == Choice.STOP:
        if person.status != "ended":
            people.end_person(person=person, user=user, route=route)
    elif choice == Choice.PAUSE:
        people.pause_person(person=person, user=user, until=pause_until, route=route)
    elif choice == Choice.ANOTHER and step.side == Side.CITIZEN and person.status != Citizen.Status.WAITING:
        if person.status == Citizen.Status.ENDED:
            person = people.welcome_back(person=person, user=user, route=route)
        people.put_on_waiting_list(citizen=person, user=user, route=route)
    return _done(step, State.DONE, user, choice=choice.value)


@transaction.atomic
def skip(*, step, user):
    """Write down that a step is not wished; it is asked for no more."""
    return _done(_opened(step), State.SKIPPED, user)


@transaction.atomic
def wish_after_all(*, step, user):
    """Open a step again that was skipped."""
    found = EndingStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if found.state != State.SKIPPED:
        raise NotAllowed(Decision.no("not_skipped", gettext("This step was not skipped.")))
    found.state, found.done_on, found.done_by = State.OPEN, None, None
    found.save()
    log_access(user=user, action=Action.CHANGE, objects=[found], route=f"{ROUTE}.wish_after_all")
    return found
