"""The pages behind the links of accompaniment, in every state a volunteer can meet them in."""

import datetime

from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup import services_accompaniment as services
from peer_support.followup.links_accompaniment import address_of, going_link, offer_link
from peer_support.followup.models_accompaniment import Accompaniment
from peer_support.testing import factories as make
from peer_support.testing.factories_followup_trips import AccompanimentFactory, AccompanimentOfferFactory

from .states import state


def offer(**values):
    """A volunteer who is asked to go along; returns the offer."""
    values = {
        "what_is_asked": "Gå med fra stationen og hjem igen.",
        "from_place": "Ved kiosken på stationen",
        "to_place": "Biblioteket",
    } | values
    trip = AccompanimentFactory(initiative=make.InitiativeFactory(), **values)
    return AccompanimentOfferFactory(accompaniment=trip)


def question(made):
    with scope_of(made.initiative_id):
        return address_of(offer_link(made))


def going(made, **values):
    """The page of the one who goes along; ``values`` are what became of the trip since."""
    with scope_of(made.initiative_id):
        services.answer_offer(offer=made, answer="yes")
        Accompaniment.objects.filter(pk=made.accompaniment_id).update(**values)
        made.refresh_from_db()
        return address_of(going_link(made))


@state("go along: to answer")
def _asked(front):
    return question(offer())


@state("go along: little is decided yet")
def _bare(front):
    return question(offer(what_is_asked="", from_place="", to_place="", from_postcode="", to_postcode=""))


@state("go along: somebody else was first")
def _late(front):
    made = offer()
    other = AccompanimentOfferFactory(accompaniment=made.accompaniment)
    with scope_of(made.initiative_id):
        services.answer_offer(offer=other, answer="yes")
    return question(made)


@state("go along: called off")
def _gone(front):
    made = offer()
    found = question(made)
    with scope_of(made.initiative_id):
        services.cancel_accompaniment(trip=made.accompaniment, ending="moved", user=None)
    return found


@state("go along: the time is over")
def _over(front):
    made = offer()
    found = question(made)
    with scope_of(made.initiative_id):
        Accompaniment.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    return found


@state("you go along: before")
def _going(front):
    return f"{going(offer())}?told=yes"


@state("you go along: how did it go")
def _went(front):
    return going(offer(), day=timezone.localdate() - datetime.timedelta(days=1))


@state("you go along: told")
def _told(front):
    made = offer()
    found = going(made, day=timezone.localdate() - datetime.timedelta(days=1))
    with scope_of(made.initiative_id):
        services.record_done(trip=made.accompaniment)
    return f"{found}?told=went"


@state("you go along: could not after all")
def _released(front):
    made = offer()
    found = going(made)
    with scope_of(made.initiative_id):
        services.release(trip=made.accompaniment)
    return f"{found}?told=cannot"


@state("you go along: called off")
def _called_off(front):
    made = offer()
    found = going(made)
    with scope_of(made.initiative_id):
        services.cancel_accompaniment(trip=made.accompaniment, ending="moved", user=None)
    return found
