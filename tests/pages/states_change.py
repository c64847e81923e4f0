"""The pages behind the link to one's own change, in every state."""

from peer_support.access.scopes import scope_of
from peer_support.outcomes.changes.views_link import address_of
from peer_support.outcomes.questionnaires.links import questionnaire_link
from peer_support.testing import factories as make
from peer_support.testing.factories_questionnaires import ChangeChoiceFactory
from tests.outcomes.changes.answered import active_match, match_answers

from .states import state


def match(*series, side="citizen", **choice):
    """Make a match in which one side answered: ``series`` of (instrument, scores). Returns the person."""
    made = active_match(make.InitiativeFactory(runs_here=True))
    for code, scores in series:
        match_answers(made, scores, code=code, side=side)
    person = getattr(made, side)
    if choice:
        ChangeChoiceFactory(**{side: person}, **choice)
    return person


def address(person, page="page"):
    with scope_of(person.initiative_id):
        return address_of(questionnaire_link(person), page)


@state("change: nothing answered")
def _nothing(front):
    return address(match())


@state("change: better, the same, and a scale without a limit")
def _several(front):
    person = match(
        ("who5", (36, 44, 56)), ("inspire_o", (50, 55)), ("loneliness3", (8, 6)), shown_to_volunteer=True
    )
    return address(person)


@state("change: the wrong way")
def _worse(front):
    return address(match(("qpr15", (40, 22))))


@state("change: once, and once with something skipped")
def _once(front):
    return address(match(("who5", (36,)), ("inspire_o", (None,))))


@state("change: at both ends of the scale")
def _ends(front):
    return address(match(("who5", (0, 100, 0, 100, 0)), ("loneliness3", (9, 3))))


@state("change: hidden")
def _hidden(front):
    return address(match(("who5", (36, 56)), hidden=True))


@state("change: a volunteer's own, just hidden and seen")
def _volunteer(front):
    return f"{address(match(('who5', (60, 64)), side='volunteer'))}?told=seen"


@state("change: print")
def _print(front):
    return address(match(("who5", (36, 56)), ("inspire_o", (50, 55))), "print")
