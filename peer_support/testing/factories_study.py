"""Factories for effect studies, on the same terms as :mod:`peer_support.testing.factories`.

They write rows, and ask no rule: ``recruiting_study()`` makes a whole study with the package's own services.
"""

import secrets

import factory

from ..access.scopes import scope_of
from ..outcomes.study import services
from ..outcomes.study.allocation import ALGORITHM, Seed
from ..outcomes.study.models import (
    Allocation,
    Study,
    StudyAsk,
    StudyConsent,
    StudyEvent,
    StudyMeasure,
    StudyParticipant,
    StudySeal,
    StudySite,
    StudyText,
)
from .factories import CitizenFactory, InitiativeFactory, InScopeFactory, today
from .factories_courses import CourseTemplateFactory

TEXT = "Vi vil gerne vide, om gruppen hjælper.\n\nVi trækker lod om pladserne. Du kan altid sige nej."


class StudyFactory(InScopeFactory):
    """A draft; ``state="recruiting"`` fills in the days of the states before it, and seals nothing."""

    class Meta:
        model = Study

    initiative = factory.SubFactory(InitiativeFactory)
    title = factory.Sequence(lambda n: f"Hjælper gruppen? {n}")
    question = "Giver ti uger i en gruppe mere håb?"
    state = "draft"
    template = factory.SubFactory(CourseTemplateFactory)
    sealed_on = factory.LazyAttribute(lambda made: None if made.state == "draft" else today())
    recruiting_from = factory.LazyAttribute(
        lambda made: today() if made.state in ("recruiting", "closed", "unsealed") else None
    )


class StudySiteFactory(InScopeFactory):
    class Meta:
        model = StudySite

    study = factory.SubFactory(StudyFactory)
    initiative = factory.SelfAttribute("study.initiative")
    code = "S1"
    town = "Helsingør"
    planned = 40


class StudyMeasureFactory(InScopeFactory):
    class Meta:
        model = StudyMeasure

    study = factory.SubFactory(StudyFactory)
    initiative = factory.SelfAttribute("study.initiative")
    instrument = "who5"
    week = 0


class StudyTextFactory(InScopeFactory):
    class Meta:
        model = StudyText

    study = factory.SubFactory(StudyFactory)
    initiative = factory.SelfAttribute("study.initiative")
    version = 1
    text = TEXT


class StudySealFactory(InScopeFactory):
    """``seed`` is any text; 64 hexadecimal digits can be drawn from."""

    class Meta:
        model = StudySeal

    class Params:
        seed = factory.LazyFunction(lambda: secrets.token_hex(32))

    study = factory.SubFactory(StudyFactory)
    initiative = factory.SelfAttribute("study.initiative")
    algorithm = ALGORITHM
    box = factory.SelfAttribute("seed")
    commitment = factory.LazyAttribute(
        lambda made: Seed.of_hex(made.box).commitment if len(made.box) == 64 else secrets.token_hex(32)
    )


class StudyEventFactory(InScopeFactory):
    class Meta:
        model = StudyEvent

    study = factory.SubFactory(StudyFactory)
    initiative = factory.SelfAttribute("study.initiative")
    action = "make"


class StudyParticipantFactory(InScopeFactory):
    class Meta:
        model = StudyParticipant

    site = factory.SubFactory(StudySiteFactory)
    study = factory.SelfAttribute("site.study")
    initiative = factory.SelfAttribute("site.initiative")
    citizen = factory.SubFactory(CitizenFactory, initiative=factory.SelfAttribute("..initiative"))
    code = factory.Sequence(lambda n: f"K{n:05d}")


class StudyConsentFactory(InScopeFactory):
    class Meta:
        model = StudyConsent

    participant = factory.SubFactory(StudyParticipantFactory, state="consented")
    initiative = factory.SelfAttribute("participant.initiative")
    text = factory.SubFactory(StudyTextFactory, study=factory.SelfAttribute("..participant.study"))
    text_version = factory.SelfAttribute("text.version")
    text_hash = factory.SelfAttribute("text.text_hash")
    how = "paper"


class AllocationFactory(InScopeFactory):
    class Meta:
        model = Allocation

    participant = factory.SubFactory(StudyParticipantFactory, state="allocated")
    initiative = factory.SelfAttribute("participant.initiative")
    study = factory.SelfAttribute("participant.study")
    site = factory.SelfAttribute("participant.site")
    slot = 1
    arm = "place"


class StudyAskFactory(InScopeFactory):
    """``StudyAskFactory(participant=…, measure=…, questionnaire=…)``."""

    class Meta:
        model = StudyAsk

    initiative = factory.SelfAttribute("participant.initiative")


def recruiting_study(
    *, initiative, user=None, towns=("Helsingør",), planned=40, measures=(), template=None, **values
):
    """Return a study that takes people in, made with the services from its first word to the seal."""
    with scope_of(initiative.pk):
        study = services.make_study(
            initiative=initiative,
            values={
                "title": "Hjælper gruppen?",
                "question": "Giver ti uger i en gruppe mere håb?",
                "template": template or CourseTemplateFactory(),
                **values,
            },
            user=user,
        )
        services.set_sites(study=study, sites=[(initiative, town, planned) for town in towns], user=user)
        services.set_measures(study=study, measures=list(measures), user=user)
        services.write_text(study=study, text=TEXT, user=user)
        services.seal_study(study=study, user=user)
        return services.begin_recruiting(study=study, user=user)
