"""Factories of papers, certificates and thanks. Each record is made in the scope of its initiative."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ..agreements import text_format
from ..agreements.models import Certificate, Paper, PaperPolicy, PaperText, Thanks
from .factories import InitiativeFactory, InScopeFactory, VolunteerFactory, today


class PaperTextFactory(DjangoModelFactory):
    """The next version of the standard contract; pass ``initiative`` for one of its own."""

    class Meta:
        model = PaperText

    kind = "contract"
    body = "<p>Aftalen er mellem {navn} og {initiativ}.</p>"


class PaperFactory(InScopeFactory):
    """A contract that is ready to sign, from the standard text; ``words`` is what stands in it.

    For the later states give ``state="signed"``: who, when and how are filled in.
    """

    class Meta:
        model = Paper

    class Params:
        words = "Du passer på det, du får at vide."

    initiative = factory.LazyAttribute(lambda o: (o.volunteer or o.citizen).initiative)
    kind = "contract"
    volunteer = factory.SubFactory(VolunteerFactory)
    text = factory.LazyAttribute(
        lambda o: (
            PaperText.objects.filter(kind=o.kind).order_by("initiative_id", "-version").first()
            or PaperTextFactory(kind=o.kind)
        )
    )
    text_version = factory.LazyAttribute(lambda o: o.text.version)
    body = factory.LazyAttribute(lambda o: text_format.dump(text_format.from_plain(o.words)))
    text_hash = factory.LazyAttribute(lambda o: text_format.hash_of(text_format.load(o.body)))
    signed_on = factory.LazyAttribute(lambda o: today() if o.state == "signed" else None)
    signed_at = factory.LazyAttribute(lambda o: timezone.now() if o.state == "signed" else None)
    signed_how = factory.LazyAttribute(lambda o: "paper" if o.state == "signed" else "")
    signed_name = factory.LazyAttribute(
        lambda o: (o.volunteer or o.citizen).display_name if o.state == "signed" else ""
    )
    signed_hash = factory.LazyAttribute(lambda o: o.text_hash if o.state == "signed" else "")
    state = "ready"


class PaperPolicyFactory(InScopeFactory):
    class Meta:
        model = PaperPolicy

    initiative = factory.SubFactory(InitiativeFactory)


class CertificateFactory(InScopeFactory):
    """A criminal record certificate that was seen today and holds for a year."""

    class Meta:
        model = Certificate

    volunteer = factory.SubFactory(VolunteerFactory)
    initiative = factory.LazyAttribute(lambda o: o.volunteer.initiative)
    kind = "criminal"
    valid_to = factory.LazyFunction(lambda: today() + datetime.timedelta(days=365))


class ThanksFactory(InScopeFactory):
    class Meta:
        model = Thanks

    volunteer = factory.SubFactory(VolunteerFactory)
    initiative = factory.LazyAttribute(lambda o: o.volunteer.initiative)
    words = "Tak for dit smil."
