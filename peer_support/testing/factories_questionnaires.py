"""Factories for questionnaires, on the same terms as :mod:`peer_support.testing.factories`."""

import factory
from django.utils import timezone

from ..outcomes.changes.models import ChangeChoice
from ..outcomes.instruments.models import InstrumentText
from ..outcomes.instruments.registry import instrument_of
from ..outcomes.questionnaires.models import (
    Questionnaire,
    QuestionnairePlan,
    QuestionnaireRefusal,
    SeriesScore,
)
from .factories import InScopeFactory, today


class QuestionnairePlanFactory(InScopeFactory):
    """``QuestionnairePlanFactory(initiative=…, kind="match", at_start=True)``."""

    class Meta:
        model = QuestionnairePlan

    kind = "match"
    instrument = "who5"


class QuestionnaireFactory(InScopeFactory):
    """``QuestionnaireFactory(citizen=…)`` is planned for today; ``state="asked"`` and on have a text and its moment.

    ``answers={1: 3, 2: None}``; ``score`` is what you say, as no service is asked.
    """

    class Meta:
        model = Questionnaire

    class Params:
        is_put = factory.LazyAttribute(lambda made: made.state in ("asked", "begun", "answered", "skipped"))

    initiative = factory.LazyAttribute(lambda made: (made.citizen or made.volunteer).initiative)
    citizen = None
    volunteer = None
    instrument = "who5"
    moment = "start"
    due_on = factory.LazyFunction(today)
    state = "planned"
    text = factory.LazyAttribute(
        lambda made: InstrumentText.objects.current(made.instrument) if made.is_put else None
    )
    asked_at = factory.LazyAttribute(lambda made: timezone.now() if made.is_put else None)
    answered_on = factory.LazyAttribute(lambda made: today() if made.state == "answered" else None)
    way = factory.LazyAttribute(lambda made: "link" if made.is_put else "")


class QuestionnaireRefusalFactory(InScopeFactory):
    class Meta:
        model = QuestionnaireRefusal

    initiative = factory.LazyAttribute(lambda made: (made.citizen or made.volunteer).initiative)
    citizen = None
    volunteer = None


class ChangeChoiceFactory(InScopeFactory):
    """``ChangeChoiceFactory(citizen=…, shown_to_volunteer=True)``."""

    class Meta:
        model = ChangeChoice

    initiative = factory.LazyAttribute(lambda made: (made.citizen or made.volunteer).initiative)
    citizen = None
    volunteer = None


class SeriesScoreFactory(InScopeFactory):
    class Meta:
        model = SeriesScore

    instrument = "who5"
    kind = "match"
    moment = "start"
    month = factory.LazyFunction(lambda: today().replace(day=1))
    outcome = "answered"
    score_text = "60"


class AskedTextFactory(factory.django.DjangoModelFactory):
    """The words of an instrument, in use: invented ones, as none may be shipped."""

    class Meta:
        model = InstrumentText

    class Params:
        kind = factory.LazyAttribute(lambda made: instrument_of(made.instrument))

    instrument = "who5"
    title = "Hvordan går det?"
    introduction = "Tænk på de sidste to uger."
    items_text = factory.LazyAttribute(
        lambda made: "\n".join(f"Opdigtet spørgsmål {n}" for n in range(1, made.kind.items + 1))
    )
    words_text = factory.LazyAttribute(
        lambda made: "\n".join(f"svar {value}" for value in range(made.kind.lowest, made.kind.highest + 1))
    )
    leave_from = "Opdigtet til prøver; ingen har skrevet ordene."
    leave_on = factory.LazyFunction(today)
    in_use = True
