"""Factories for progress stars, on the same terms as :mod:`peer_support.testing.factories`."""

import datetime

import factory

from ..outcomes.instruments.models import InstrumentText
from ..outcomes.instruments.registry import instrument_of
from ..outcomes.models import AreaSuggestion, ProgressStar, StarReading
from .factories import InScopeFactory, today


class AreaSuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AreaSuggestion

    name = factory.Sequence(lambda n: f"Område {n}")


class InstrumentTextFactory(factory.django.DjangoModelFactory):
    """``InstrumentTextFactory(instrument="who5", in_use=True)``: as many lines as it needs, none of them its own words."""

    class Meta:
        model = InstrumentText

    instrument = "who5"
    title = "Hvordan går det?"
    items_text = factory.LazyAttribute(
        lambda made: "\n".join(f"Sætning {n} (indsæt jeres egen)" for n in range(1, _kind(made).items + 1))
    )
    words_text = factory.LazyAttribute(
        lambda made: "\n".join(
            f"Svar {n} (indsæt jeres eget)" for n in range(_kind(made).lowest, _kind(made).highest + 1)
        )
    )
    leave_from = "Et opdigtet eksempel: ordene er ikke skemaets."
    leave_on = datetime.date(2026, 1, 5)


def _kind(made):
    return instrument_of(made.instrument)


class ProgressStarFactory(InScopeFactory):
    """``ProgressStarFactory(citizen=…)`` or ``(volunteer=…)``; ``names`` are the areas, with the keys 1, 2, 3, …"""

    class Meta:
        model = ProgressStar

    class Params:
        names = ("Søvn", "Venner", "Hjemmet")

    initiative = factory.LazyAttribute(lambda made: (made.citizen or made.volunteer).initiative)
    citizen = None
    volunteer = None
    areas = factory.LazyAttribute(lambda made: list(enumerate(made.names, 1)))
    next_key = factory.LazyAttribute(lambda made: len(made.names) + 1)


class StarReadingFactory(InScopeFactory):
    """``StarReadingFactory(star=…, on=…, answers={1: 3, 2: None})``."""

    class Meta:
        model = StarReading

    initiative = factory.SelfAttribute("star.initiative")
    on = factory.LazyFunction(today)
    answers = factory.LazyFunction(dict)
