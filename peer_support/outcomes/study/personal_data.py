"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ...people.models import Citizen
from ...people.personal_data import CITIZEN
from ...privacy.erasure import register_cleaner
from ...privacy.registry import OnErasure, register
from . import models
from .models import Left, StudyParticipant, WhyLeft
from .services_participants import forget

register(
    models.StudyParticipant,
    title=_("Part in an effect study"),
    # The thread to the person is cut by the cleaner below; what is left counts in the flow, and names nobody.
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "citizen"},
    period="study",
    way="state asked_on excluded_on excluded_why paper_baseline_on told_on left left_on left_why",
    link="initiative study site citizen enrolment",
    technical="id code updated_at",
)
register(
    models.StudyConsent,
    title=_("Consents to effect studies"),
    # A yes that was given, and when it was taken back, has to be proved also afterwards (GDPR art. 7(1)).
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "participant__citizen"},
    period="proof",
    way="text text_version how signed_on at withdrawn_at withdrawn_what withdrawn_how",
    staff="recorded_by withdrawn_by",
    link="initiative participant",
    technical="id text_hash",
)
register(
    models.Allocation,
    title=_("Draws of effect studies"),
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "participant__citizen"},
    way="arm at",
    staff="user",
    link="initiative study site participant",
    technical="id slot",
)
register(
    models.StudyAsk,
    title=_("Questionnaires of effect studies"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "questionnaire__citizen"},
    link="initiative participant measure questionnaire",
    technical="id",
)
register(
    models.Study,
    title=_("Effect studies"),
    on_erasure=OnErasure.STAY,
    technical="id initiative title question template population others_may_have_places control_may_have_place "
    "control_weeks state sealed_on recruiting_from closed_on unsealed_on version created_at",
)
register(
    models.StudySite,
    title=_("Towns of effect studies"),
    on_erasure=OnErasure.STAY,
    technical="id initiative study code town planned",
)
register(
    models.StudyMeasure,
    title=_("Measurement plans of effect studies"),
    on_erasure=OnErasure.STAY,
    technical="id initiative study instrument week is_primary",
)
register(
    models.StudyText,
    title=_("Consent texts of effect studies"),
    on_erasure=OnErasure.STAY,
    staff="user",
    technical="id initiative study version text text_hash made_at",
)
register(
    models.StudySeal,
    title=_("Seals of effect studies"),
    on_erasure=OnErasure.STAY,
    staff="sealed_by revealed_by",
    technical="id initiative study algorithm commitment box sealed_at revealed_at",
)
register(
    models.StudyEvent,
    title=_("Steps of effect studies"),
    on_erasure=OnErasure.STAY,
    staff="user",
    technical="id initiative study at action from_state to_state facts",
)


@register_cleaner
def leave_studies(subject):
    """Take whoever is erased out of every study, with the answers; the draw stays, without a person."""
    if not isinstance(subject, Citizen):
        return
    for participant in StudyParticipant._base_manager.filter(citizen=subject.pk):
        forget(participant, left=Left.EVERYTHING, why=WhyLeft.NOT_SAID)
