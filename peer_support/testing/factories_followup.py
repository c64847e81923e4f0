"""Factories for what follows after a proposal, on the same terms as :mod:`peer_support.testing.factories`."""

import factory

from ..followup.models import Meeting
from ..matching.models import MatchCall
from ..people.models import OwnChange
from .factories import CitizenFactory, InScopeFactory, MatchFactory, today


class MeetingFactory(InScopeFactory):
    """A meeting of today, written by the volunteer's link, of a match that is active."""

    class Meta:
        model = Meeting

    match = factory.SubFactory(MatchFactory, state="active")
    initiative = factory.LazyAttribute(lambda o: o.match.initiative)
    on = factory.LazyFunction(today)
    outcome = "met"
    side = "volunteer"
    way = "link"


class MatchCallFactory(InScopeFactory):
    """A citizen who would like to talk about the proposal."""

    class Meta:
        model = MatchCall

    match = factory.SubFactory(MatchFactory)
    initiative = factory.LazyAttribute(lambda o: o.match.initiative)
    side = "citizen"
    about = "proposal"


class OwnChangeFactory(InScopeFactory):
    """A citizen who has changed their times; pass ``volunteer=…, citizen=None`` for a volunteer's change."""

    class Meta:
        model = OwnChange

    citizen = factory.SubFactory(CitizenFactory)
    volunteer = None
    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
    what = "profile"
    fields = ["times"]
