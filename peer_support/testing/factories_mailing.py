"""Factories of mails, and of lines of today's list that were put off."""

import datetime

import factory
from factory.django import DjangoModelFactory

from ..followup.today.models import PutOff
from ..mailing.models import MailJob, MailText
from .factories import CitizenFactory, InitiativeFactory, InScopeFactory, today


class MailTextFactory(DjangoModelFactory):
    """The centre's own words for the thank-you mail, for every initiative."""

    class Meta:
        model = MailText

    code = "enquiry_thanks"
    subject = "Tak for din besked"
    body = "Hej. Vi ringer til dig."
    by_itself = True


class MailJobFactory(InScopeFactory):
    """A thank-you mail to ``target`` (default: a new citizen) that was not sent."""

    class Meta:
        model = MailJob
        exclude = ["target"]

    target = factory.SubFactory(CitizenFactory)
    initiative = factory.LazyAttribute(lambda o: o.target.initiative)
    code = "enquiry_thanks"
    target_model = factory.LazyAttribute(lambda o: o.target._meta.label_lower)
    target_id = factory.LazyAttribute(lambda o: o.target.pk)
    event = factory.Sequence(lambda n: f"event-{n}")
    state = MailJob.State.FAILED
    attempts = 5
    fault = "TimeoutError"


class PutOffFactory(InScopeFactory):
    class Meta:
        model = PutOff

    initiative = factory.SubFactory(InitiativeFactory)
    digest = factory.Sequence(lambda n: f"{n:040d}")
    until = factory.LazyFunction(lambda: today() + datetime.timedelta(days=3))
