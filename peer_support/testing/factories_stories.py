"""Factories for the consents to stories. Everybody here is invented."""

import datetime

import factory
from factory.django import DjangoModelFactory

from ..recruitment.models_story_consent import StoryConsent
from ..recruitment.story_texts import VERSION
from .factories import today


class StoryConsentFactory(DjangoModelFactory):
    """A consent that holds and covers everything. ``page_id`` is the story's."""

    class Meta:
        model = StoryConsent

    page_id = factory.Sequence(lambda n: 800_000 + n)
    name = "Jorun Hedelys"
    contact = "12 34 56 78"
    given_on = factory.LazyFunction(lambda: today() - datetime.timedelta(days=10))
    how = StoryConsent.How.SIGNED
    covers_picture = True
    covers_film = True
    covers_elsewhere = True
    text_version = VERSION
    text = "Jeg siger ja til, at centret viser min fortælling."
