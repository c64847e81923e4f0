"""Factories for progress stars, on the same terms as :mod:`peer_support.testing.factories`."""

import factory

from ..outcomes.models import AreaSuggestion, ProgressStar, StarReading
from .factories import InScopeFactory, today


class AreaSuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AreaSuggestion

    name = factory.Sequence(lambda n: f"Område {n}")


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
