"""What questionnaires hold about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ...people.personal_data import CITIZEN, VOLUNTEER
from ...privacy.registry import OnErasure, register
from .models import Questionnaire, QuestionnairePlan, QuestionnaireRefusal, SeriesScore

BOTH = {CITIZEN: "citizen", VOLUNTEER: "volunteer"}

register(
    Questionnaire,
    title=_("Questionnaires"),
    on_erasure=OnErasure.DELETE,
    paths=BOTH,
    period="questionnaire",
    words="answers_text score_text care_text",
    way="instrument moment due_on state asked_at reminded_at answered_on way",
    staff="user",
    link="initiative citizen volunteer match enrolment text",
    technical="id created_at updated_at",
)
register(
    QuestionnaireRefusal,
    title=_("No to questionnaires"),
    on_erasure=OnErasure.DELETE,
    paths=BOTH,
    way="since",
    link="initiative citizen volunteer",
    technical="id",
)
register(
    QuestionnairePlan,
    title=_("Which questionnaires are asked when"),
    on_erasure=OnErasure.STAY,
    technical="id initiative kind instrument at_start at_end follow_up_weeks citizens volunteers",
)
# Nothing leads from a row to anybody: it is about a group.
register(
    SeriesScore,
    title=_("Numbers without a person, for the statistics"),
    on_erasure=OnErasure.STAY,
    technical="id initiative key place instrument kind moment month outcome score_text",
)
