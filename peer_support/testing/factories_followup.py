"""Factories for what follows after a proposal, on the same terms as :mod:`peer_support.testing.factories`."""

import factory

from ..followup.models import EndingStep, FollowUp, FollowUpPlan, Meeting, Pause
from ..matching.models import MatchCall, MatchEvent
from ..people.models import OwnChange
from .factories import CitizenFactory, InitiativeFactory, InScopeFactory, MatchFactory, today


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


class PauseFactory(InScopeFactory):
    """An open pause of an active match from today; pass ``citizen=…, match=None`` for a person's."""

    class Meta:
        model = Pause

    match = factory.SubFactory(MatchFactory, state="active")
    initiative = factory.LazyAttribute(
        lambda o: (o.match or getattr(o, "citizen", None) or o.volunteer).initiative
    )
    starts = factory.LazyFunction(today)
    ask_on = factory.LazyFunction(today)


class FollowUpPlanFactory(InScopeFactory):
    """A line of a plan: the first week after ten days."""

    class Meta:
        model = FollowUpPlan

    initiative = factory.SubFactory(InitiativeFactory)
    kind = "week"
    days = 10


class FollowUpFactory(InScopeFactory):
    """A call to the citizen that is due today."""

    class Meta:
        model = FollowUp

    match = factory.SubFactory(MatchFactory, state="active")
    initiative = factory.LazyAttribute(lambda o: o.match.initiative)
    side = "citizen"
    kind = "week"
    anchor = factory.LazyFunction(today)
    due_on = factory.LazyFunction(today)


class MatchEventFactory(InScopeFactory):
    """The step that ended a match."""

    class Meta:
        model = MatchEvent

    match = factory.SubFactory(MatchFactory, state="ended")
    initiative = factory.LazyAttribute(lambda o: o.match.initiative)
    action = "end"
    from_state = "active"
    to_state = "ended"


class EndingStepFactory(InScopeFactory):
    """A thank-you to the citizen that is due today."""

    class Meta:
        model = EndingStep

    match = factory.SubFactory(MatchFactory, state="ended")
    initiative = factory.LazyAttribute(lambda o: o.match.initiative)
    event = factory.SubFactory(MatchEventFactory, match=factory.SelfAttribute("..match"))
    side = "citizen"
    kind = "thanks"
    due_on = factory.LazyFunction(today)
