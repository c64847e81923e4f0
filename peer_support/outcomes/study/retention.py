"""How long the thread between a study's numbers and a person is kept, and whom a study holds on to meanwhile."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...people.personal_data import CITIZEN
from ...privacy.retention import register_reason_to_keep, register_rule
from .models import Left, ParticipantState, StudyParticipant, StudyState
from .services_participants import detach

_TAKES_PART = (ParticipantState.CONSENTED, ParticipantState.ALLOCATED)


def _takes_part(people, before):
    """Those who said yes to a study that is not over: their answers are still needed, as they were told."""
    rows = StudyParticipant.objects.filter(citizen__isnull=False, state__in=_TAKES_PART)
    rows = rows.exclude(study__state=StudyState.UNSEALED).exclude(left=Left.EVERYTHING)
    return Q(pk__in=rows.values("citizen"))


register_reason_to_keep(CITIZEN, _takes_part)


def _over(before):
    """Participants of studies that were opened up before ``before``, and that still point at somebody."""
    return StudyParticipant.objects.filter(citizen__isnull=False, study__unsealed_on__lt=before.date())


register_rule(
    "study",
    label=_("Who took part in an effect study"),
    months=6,
    why=_(
        "The study is over and can be checked without names. The numbers stay, and nothing leads back to anybody."
    ),
    find=_over,
    act=lambda participant: detach(participant=participant, route="purge"),
)
