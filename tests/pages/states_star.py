"""The pages behind the link to one's own star, in every state."""

import datetime

from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.outcomes.links import address_of, star_link
from peer_support.testing import factories as make
from peer_support.testing.factories_outcomes import ProgressStarFactory, StarReadingFactory

from .states import Pressed, state

AREAS = ("Søvn", "Venner og selskab", "Noget at stå op til", "Humøret", "At komme ud ad døren")
FIRST = {1: 3, 2: 5, 3: 2, 4: 4, 5: None}
LATER = {1: 6, 2: 4, 3: 5, 4: 6, 5: 3}


def days(number):
    return timezone.localdate() - datetime.timedelta(days=number)


def citizen(**values):
    return make.CitizenFactory(initiative=make.InitiativeFactory(runs_here=True), **values)


def star(names=AREAS, readings=(FIRST, LATER), **values):
    """Make a citizen with a star that was answered once a month; returns the citizen."""
    person = citizen()
    made = ProgressStarFactory(citizen=person, names=names, **values)
    for number, answers in enumerate(readings):
        StarReadingFactory(star=made, on=days(30 * (len(readings) - number)), answers=answers)
    return person


def address(person, page="page"):
    with scope_of(person.initiative_id):
        return address_of(star_link(person), page=page)


@state("star: choose areas")
def _none(front):
    return address(citizen())


@state("star: choose areas, nothing chosen")
def _nothing_chosen(front):
    return Pressed(address(citizen()))


@state("star: after the goodbye")
def _ended(front):
    return address(citizen(status="ended", ended_on=days(1)))


@state("star: areas chosen, no numbers")
def _no_numbers(front):
    return address(star(readings=()))


@state("star: answered once")
def _once(front):
    return address(star(readings=(FIRST,)))


@state("star: then and now")
def _twice(front):
    return address(star(shown_to_volunteer=True))


@state("star: ten areas, four times")
def _many(front):
    names = tuple(f"{name} {n}" for n in (1, 2) for name in AREAS)
    answers = {key: 1 + key % 10 for key in range(1, 11)}
    return address(star(names, (answers, answers, {**answers, 1: None}, {**answers, 2: 9})))


@state("star: two areas")
def _two(front):
    return f"{address(star(AREAS[:2], ({1: 3, 2: 7}, {1: 6, 2: 7})))}?told=saved"


@state("star: a volunteer's own")
def _volunteer(front):
    person = make.VolunteerFactory(initiative=make.InitiativeFactory(runs_here=True))
    ProgressStarFactory(volunteer=person)
    return address(person)


@state("star: change areas")
def _change(front):
    return f"{address(star())}?areas"


@state("star: answer one area")
def _answer(front):
    return f"{address(star(), 'answer')}?area=2"


@state("star: answer all")
def _answer_all(front):
    return f"{address(star(), 'answer')}?all"


@state("star: print, filled")
def _print(front):
    return address(star(), "print")


@state("star: print, empty")
def _print_blank(front):
    return f"{address(star(), 'print')}?blank"
