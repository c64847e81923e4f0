"""Items about people and what is said with them, and how long people waited and served, from the rows of their history.

The history is :class:`~peer_support.people.models.PersonStep`; a day of it is the day of the clock in Denmark, so that
what happens at midnight belongs to the day that begins. People from before the history was kept have their dates only.
"""

from collections import defaultdict

from django.utils import timezone

from ...people.models import Citizen, Conversation, PersonStep, Step, Volunteer
from .counting import CITIZEN, FOREVER, VOLUNTEER, Item, source
from .scoping import rows_in, town_of_postcode

LISTED, OTHERWISE, STILL = "match", "other", "open"
FIRST, AGAIN = "first", "again"


def person_of(citizen, volunteer):
    """Return ``(number of the person, ref)`` from the two keys, of which one is set."""
    return (citizen, (CITIZEN, citizen)) if citizen else (-volunteer, (VOLUNTEER, volunteer))


@source
def enquiries(question):
    """First contacts; ``fact``: how a citizen came, or "volunteer"."""
    towns = town_of_postcode(question)
    rows = rows_in(Citizen, question).values_list("pk", "initiative_id", "postcode", "enquired_on", "came_by")
    for pk, initiative, postcode, day, came_by in rows:
        yield Item(initiative, towns.get(postcode, ""), day, None, 1, pk, (CITIZEN, pk), came_by)
    for pk, (initiative, town, day, *__) in volunteers_of(question).items():
        yield Item(initiative, town, day, None, 1, -pk, (VOLUNTEER, pk), VOLUNTEER)


def volunteers_of(question):
    """Return ``{key: (initiative, town, first contact, status, approved, ended, erased)}``."""
    if "volunteers" not in question.cache:
        towns = town_of_postcode(question)
        rows = rows_in(Volunteer, question).values_list(
            "pk", "initiative_id", "postcode", "enquired_on", "status", "approved_on", "ended_on", "erased_on"
        )
        question.cache["volunteers"] = {
            pk: (initiative, towns.get(postcode, ""), *rest) for pk, initiative, postcode, *rest in rows
        }
    return question.cache["volunteers"]


@source
def conversations(question):
    """Conversations; ``fact``: their kind."""
    towns = town_of_postcode(question)
    rows = rows_in(Conversation, question).values_list(
        "initiative_id",
        "citizen_id",
        "volunteer_id",
        "citizen__postcode",
        "volunteer__postcode",
        "held_on",
        "kind",
    )
    for initiative, citizen, volunteer, one, other, day, kind in rows:
        yield Item(
            initiative, towns.get(one or other, ""), day, None, 1, *person_of(citizen, volunteer), kind
        )


def _histories(question):
    """Return ``({citizen: [(day, from step, step), …]}, {volunteer: …})``, in order."""
    if "steps" not in question.cache:
        citizens, volunteers = defaultdict(list), defaultdict(list)
        rows = rows_in(PersonStep, question).order_by("at", "pk")
        for citizen, volunteer, before, step, at in rows.values_list(
            "citizen_id", "volunteer_id", "from_step", "step", "at"
        ):
            history = citizens[citizen] if citizen else volunteers[volunteer]
            history.append((timezone.localtime(at).date(), before, step))
        question.cache["steps"] = citizens, volunteers
    return question.cache["steps"]


@source
def returns(question):
    """Those whose record was closed and who came back."""
    towns = town_of_postcode(question)
    rows = rows_in(PersonStep, question).filter(from_step=Step.ENDED, step=Step.HELD)
    for initiative, citizen, volunteer, one, other, at in rows.values_list(
        "initiative_id", "citizen_id", "volunteer_id", "citizen__postcode", "volunteer__postcode", "at"
    ):
        day = timezone.localtime(at).date()
        yield Item(initiative, towns.get(one or other, ""), day, None, 1, *person_of(citizen, volunteer))


# Waiting


def listed_spells(history, since, status, ended_on, started):
    """Return ``[(first day, day it was over or FOREVER, how)]`` of the times a citizen has waited for a match.

    ``history`` as of :func:`_histories`; ``since``, ``status`` and ``ended_on`` stand on the citizen; ``started`` are
    the days on which matches began, in order. A pause breaks nothing: the wait goes on. What stood before the history
    was kept begins with ``since``.
    """
    spells = _from_steps(history)
    if since and spells:
        spells[0] = (min(since, spells[0][0]), spells[0][1])
    elif since:
        spells = [(since, _over(history, since, status, ended_on))]
    return list(_with_matches(spells, started))


def _from_steps(history):
    spells, begun = [], None
    for day, __, step in history:
        if step == Step.WAITING:
            begun = begun or day
        elif step != Step.PAUSED and begun:
            spells.append((begun, day))
            begun = None
    return spells + ([(begun, FOREVER)] if begun else [])


def _over(history, since, status, ended_on):
    """When a wait without a step of its own was over: with the next step, or as the citizen stands today."""
    later = next((day for day, __, step in history if day >= since and step != Step.PAUSED), None)
    if later:
        return later
    if status == Citizen.Status.WAITING:
        return FOREVER
    return max(ended_on, since) if status == Citizen.Status.ENDED and ended_on else since


def _with_matches(spells, started):
    """Yield each spell with how it was over; a match that began in it ends it, and ends one spell only."""
    begun = iter(started)
    match = next(begun, None)
    for start, over in spells:
        while match and match < start:
            match = next(begun, None)
        if match and match <= over:
            yield start, match, LISTED
            match = next(begun, None)
        else:
            yield start, over, STILL if over == FOREVER else OTHERWISE


@source
def waits(question):
    """The times citizens waited. ``amount``: days, where it is over; ``fact``: how it was over."""
    from .sources_matching import starts_of_citizens

    towns, histories, started = (
        town_of_postcode(question),
        _histories(question)[0],
        starts_of_citizens(question),
    )
    rows = rows_in(Citizen, question).values_list(
        "pk", "initiative_id", "postcode", "waiting_since", "status", "ended_on"
    )
    for pk, initiative, postcode, since, status, ended_on in rows:
        spells = listed_spells(histories.get(pk, ()), since, status, ended_on, started.get(pk, ()))
        for start, over, how in spells:
            days = 0 if over == FOREVER else (over - start).days
            yield Item(initiative, towns.get(postcode, ""), start, over, days, pk, (CITIZEN, pk), how)


@source
def waits_over(question):
    """Waits that a match ended, on the day it began."""
    return [item._replace(day=item.until, until=None) for item in waits(question) if item.fact == LISTED]


@source
def listings(question):
    """The days on which citizens came onto the list, or came onto it again."""
    return [item._replace(until=None, amount=1) for item in waits(question)]


# Service of volunteers

_SERVING = (Step.APPROVED, Step.ACTIVE)


def serving_spells(history, status, approved_on, ended_on, erased_on):
    """Return ``[(first day, day it was over or FOREVER)]`` of the times a volunteer was approved, put together.

    A pause breaks nothing. The periods of the history and the one that stands on the volunteer count together.
    """
    spells, begun, closed = [], None, None
    for day, __, step in history:
        closed = day if step == Step.ENDED else None
        if step in _SERVING:
            begun = begun or day
        elif step != Step.PAUSED and begun:
            spells.append((begun, day))
            begun = None
    if begun:
        spells.append((begun, FOREVER))
    if approved_on and status == Volunteer.Status.APPROVED:
        spells.append((approved_on, FOREVER))
    elif approved_on and status == Volunteer.Status.ENDED:
        spells.append((approved_on, ended_on or closed or erased_on or approved_on))
    return _together(spells)


def _together(spells):
    """Put spells together that touch; those without a day are left out."""
    found = []
    for start, over in sorted(spells):
        if over <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], over))
        else:
            found.append((start, over))
    return found


@source
def service(question):
    """The times volunteers were approved; ``fact``: whether it is the first time."""
    histories = _histories(question)[1]
    for pk, (initiative, town, __, *rest) in volunteers_of(question).items():
        for number, (start, over) in enumerate(serving_spells(histories.get(pk, ()), *rest)):
            fact = AGAIN if number else FIRST
            yield Item(initiative, town, start, over, 1, -pk, (VOLUNTEER, pk), fact)


@source
def approvals(question):
    """The days on which volunteers were approved."""
    return [item._replace(until=None) for item in service(question)]


@source
def stops(question):
    """The days on which approved volunteers stopped."""
    return [item._replace(day=item.until, until=None) for item in service(question) if item.until != FOREVER]
