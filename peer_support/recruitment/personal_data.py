"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models_consent import Consent
from .models_enquiry import TalkRequest
from .models_plan import RecruitmentPlan, StartUpStep

TALK = "peer_support.talkrequest"

register(
    Consent,
    title=_("What was said yes to"),
    # A yes that was given, and when it was taken back, has to be proved also afterwards (GDPR art. 7(1)).
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer", TALK: "talk"},
    period="proof",
    way="subject purpose text text_version language how given_at withdrawn_at withdrawn_how by_writer",
    staff="recorded_by withdrawn_by",
    link="initiative citizen volunteer talk",
    technical="id text_hash",
)
register(
    TalkRequest,
    title=_("Requests for a talk"),
    on_erasure=OnErasure.DELETE,
    paths={TALK: "self"},
    period="talk talk_taken_back",
    contact="contact_name phone email organisation",
    words="about date_wish notes",
    way="number state audience_size town heard_of_us received_on agreed_for",
    link="initiative",
    technical="id story_id created_at updated_at",
)
register(
    RecruitmentPlan,
    title=_("Recruitment plan"),
    on_erasure=OnErasure.STAY,
    staff="who",
    technical="id initiative seeks channel what starts_on ends_on cost goal source result done_on created_at updated_at",
)
register(
    StartUpStep,
    title=_("Start-up steps"),
    on_erasure=OnErasure.STAY,
    staff="responsible",
    technical="id initiative step done_on note next_step next_on updated_at",
)
