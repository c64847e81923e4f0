"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models_consent import Consent
from .models_enquiry import TalkRequest
from .models_plan import RecruitmentPlan, StartUpStep
from .models_story_consent import StoryConsent
from .services_story_consent import PROOF_DAYS

TALK = "peer_support.talkrequest"

register(
    Consent,
    title=_("What was said yes to"),
    # A yes that was given, and when it was taken back, has to be proved also afterwards (GDPR art. 7(1)), for a time.
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer", TALK: "talk"},
    period="proof consent_proof",
    way="subject purpose text text_version language how given_at withdrawn_at withdrawn_how by_writer",
    staff="recorded_by withdrawn_by",
    link="initiative citizen volunteer talk",
    technical="id text_hash alone_since",
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
    StoryConsent,
    title=_("Consents to stories"),
    about=_("ambassadors, who tell their story on the website"),
    # The yes has to be proved also afterwards (GDPR art. 7(1)); how to reach them goes when it ends.
    ends=format_lazy(
        _("How to reach them is emptied when the yes ends. The rest is deleted {years} years after."),
        years=PROOF_DAYS // 365,
    ),
    on_erasure=OnErasure.STAY,
    contact="name contact",
    papers="how kept_where given_on until text_version text covers_picture covers_film covers_elsewhere",
    words="reason",
    way="recorded_at ended_at ending shown_on",
    staff="recorded_by ended_by",
    link="page_id",
    technical="id",
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
