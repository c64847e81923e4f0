"""Factories for accompaniment and for keeping volunteers, on the same terms as :mod:`peer_support.testing.factories`."""

import datetime

import factory
from django.utils import timezone

from ..access.scopes import scope_of
from ..followup.models_accompaniment import Accompaniment, AccompanimentEvent, AccompanimentOffer
from ..followup.models_keeping import Skill, VolunteerSkill
from .factories import CitizenFactory, InitiativeFactory, InScopeFactory, VolunteerFactory, today


class AccompanimentFactory(InScopeFactory):
    """A trip in three days that nobody goes along on yet; a closed one has its day and reason filled in."""

    class Meta:
        model = Accompaniment

    initiative = factory.SubFactory(InitiativeFactory)
    citizen = factory.SubFactory(CitizenFactory, initiative=factory.SelfAttribute("..initiative"))
    day = factory.LazyFunction(lambda: today() + datetime.timedelta(days=3))
    start_time = datetime.time(10)
    from_postcode = "3000"
    to_postcode = "3000"
    what_is_asked = "Gå med hen på biblioteket og hjem igen."
    how_to_meet = "Ved døren til biblioteket."
    closed_on = factory.LazyAttribute(
        lambda made: today() if made.state in {"done", "not_done", "cancelled"} else None
    )
    ending = factory.LazyAttribute(lambda made: "other" if made.state in {"not_done", "cancelled"} else "")
    state = "open"

    @factory.lazy_attribute
    def number(self):
        with scope_of(self.initiative.pk):
            return Accompaniment.objects.count() + 1


class AccompanimentOfferFactory(InScopeFactory):
    """A volunteer who is asked; an answered one has the time filled in."""

    class Meta:
        model = AccompanimentOffer

    accompaniment = factory.SubFactory(AccompanimentFactory)
    initiative = factory.SelfAttribute("accompaniment.initiative")
    volunteer = factory.SubFactory(VolunteerFactory, initiative=factory.SelfAttribute("..initiative"))
    answered_at = factory.LazyAttribute(
        lambda made: timezone.now() if made.state in {"accepted", "declined", "released"} else None
    )
    state = "asked"


class AccompanimentEventFactory(InScopeFactory):
    class Meta:
        model = AccompanimentEvent

    accompaniment = factory.SubFactory(AccompanimentFactory)
    initiative = factory.SelfAttribute("accompaniment.initiative")
    action = "ask"
    to_state = "open"


class SkillFactory(InScopeFactory):
    class Meta:
        model = Skill

    initiative = factory.SubFactory(InitiativeFactory)
    name = factory.Sequence(lambda n: f"Førstehjælp {n}")


class VolunteerSkillFactory(InScopeFactory):
    """A skill that is wished since a month; pass ``held_on=…, wished_on=None`` for one that is held."""

    class Meta:
        model = VolunteerSkill

    skill = factory.SubFactory(SkillFactory)
    initiative = factory.SelfAttribute("skill.initiative")
    volunteer = factory.SubFactory(VolunteerFactory, initiative=factory.SelfAttribute("..initiative"))
    wished_on = factory.LazyFunction(lambda: today() - datetime.timedelta(days=30))
