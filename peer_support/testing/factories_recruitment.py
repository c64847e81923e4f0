"""Factories for the room of recruitment, on the same terms as :mod:`peer_support.testing.factories`."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ..recruitment.models_consent import Consent, ConsentText
from ..recruitment.models_enquiry import EnquirySource, TalkRequest
from ..recruitment.models_plan import RecruitmentPlan, StartUpStep
from .factories import InitiativeFactory, InScopeFactory


class ConsentTextFactory(DjangoModelFactory):
    class Meta:
        model = ConsentText

    purpose = "support"
    text = "Vi gemmer det, du skriver.\n\nDu kan altid fortryde."


class EnquirySourceFactory(DjangoModelFactory):
    class Meta:
        model = EnquirySource

    name = factory.Sequence(lambda n: f"Kilde {n}")


class TalkRequestFactory(InScopeFactory):
    """A new request from a school."""

    class Meta:
        model = TalkRequest

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = "Skovlunden Skole"
    contact_name = "Idun Kærsgrav"
    phone = "12 34 56 78"


class ConsentFactory(InScopeFactory):
    """``ConsentFactory(citizen=…)``: a yes given with the form."""

    class Meta:
        model = Consent

    initiative = factory.SelfAttribute("citizen.initiative")
    text = factory.SubFactory(ConsentTextFactory, used_at=factory.LazyFunction(timezone.now))
    purpose = factory.SelfAttribute("text.purpose")
    text_version = factory.SelfAttribute("text.version")
    text_hash = factory.SelfAttribute("text.text_hash")
    subject = factory.LazyAttribute(lambda made: str(made.citizen))
    how = "form"


class RecruitmentPlanFactory(InScopeFactory):
    """A row of the plan that looks for volunteers from today on."""

    class Meta:
        model = RecruitmentPlan

    initiative = factory.SubFactory(InitiativeFactory)
    channel = "Biblioteket"


class StartUpStepFactory(InScopeFactory):
    class Meta:
        model = StartUpStep

    initiative = factory.SubFactory(InitiativeFactory)
    step = "plan"
