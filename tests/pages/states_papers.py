"""The page on which a paper is read and signed, in every state."""

import datetime

from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.agreements import services
from peer_support.agreements.links import signing_link
from peer_support.testing import factories as make

from .states import Pressed, state


def volunteer(**values):
    """Make an approved volunteer who has not signed anything."""
    initiative = make.InitiativeFactory(runs_here=True, title="Peer-støtte ved fjorden")
    return make.VolunteerFactory(initiative=initiative, first_name="Alma", contract_on=None, **values)


def contract(person, **typed):
    """Make a contract ready; returns it with its address."""
    today = timezone.localdate()
    typed = {
        "starts": today,
        "until": today + datetime.timedelta(days=364),
        "work": "Du går ture med en, der gerne vil ud.",
        "place": "Biblioteket og byen omkring",
        "hours": "4 timer om måneden",
    } | typed
    with scope_of(person.initiative_id):
        paper = services.make_ready(volunteer=person, kind="contract", typed=typed)
        return paper, f"/peer/underskriv/{signing_link(paper).token}/"


def agreement(side, **values):
    """Make the agreements of an active match; returns the address of one side's."""
    initiative = make.InitiativeFactory(runs_here=True)
    match = make.MatchFactory(
        initiative=initiative,
        state="active",
        hours_a_week=1,
        place="Biblioteket",
        goals="At komme ud hver uge.",
        **values,
    )
    with scope_of(initiative.pk):
        papers = services.make_match_papers(
            match=match, typed={"contact": "En sms dagen før.", "boundaries": "Ingen beskeder om natten."}
        )
        paper = papers[side == "volunteer"]
        return match, f"/peer/underskriv/{signing_link(paper).token}/"


@state("paper: a contract to sign")
def _contract(front):
    return contract(volunteer())[1]


@state("paper: signed without a name")
def _no_name(front):
    return Pressed(contract(volunteer())[1])


@state("paper: a promise of confidentiality")
def _promise(front):
    person = volunteer()
    with scope_of(person.initiative_id):
        paper = services.make_ready(volunteer=person, kind="confidential")
        return f"/peer/underskriv/{signing_link(paper).token}/"


@state("paper: the citizen's agreement")
def _citizens(front):
    return agreement("citizen")[1]


@state("paper: the volunteer's agreement")
def _volunteers(front):
    return agreement("volunteer")[1]


@state("paper: the match is over")
def _over(front):
    match, found = agreement("citizen")
    type(match)._base_manager.filter(pk=match.pk).update(state="ended", ended_on=timezone.localdate())
    return found


@state("paper: signed on paper in the meantime")
def _signed(front):
    paper, found = contract(volunteer())
    with scope_of(paper.initiative_id):
        services.sign_on_paper(paper=paper)
    return found


@state("paper: the words were changed")
def _changed(front):
    person = volunteer()
    __, found = contract(person)
    contract(person, hours="6 timer om måneden")
    return found


@state("paper: the link has been used")
def _used(front):
    paper, found = contract(volunteer())
    AccessLink._base_manager.filter(target_id=paper.pk, purpose="paper").update(used_at=timezone.now())
    return found
