"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..privacy.clocks import register_clock
from ..privacy.registry import OnErasure, register
from .models import (
    Citizen,
    Conversation,
    ConversationBooking,
    LegalHold,
    MeetingPlace,
    OwnChange,
    PeopleUpload,
    PersonStep,
    StillHereQuestion,
    Volunteer,
)

register_clock(
    "upload",
    _("Until it is imported or given up. Otherwise two hours, and some minutes until the next job."),
)

CITIZEN, VOLUNTEER = "peer_support.citizen", "peer_support.volunteer"
_PERSON = {
    "contact": "first_name last_name phone email postcode",
    "profile": "gender birth_year travel_km channels times hours_min hours_max gender_wish age_wish_min age_wish_max "
    "meeting_places languages interests paused_from paused_until",
    "technical": "id created_at updated_at erased_on",
    "index": "external_source external_id x y name_index contact_index language_bits interest_bits time_bits",
}

register(
    Citizen,
    title=_("Citizen"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "self"},
    period="citizen_enquiry citizen_ended citizen_no_answer citizen_said_no citizen_taken_back",
    words="expectations notes pause_reason wish special_knowledge",
    way="number status enquired_on ended_on came_by consent_on waiting_since heard_of_us restricted_on "
    "match_stopped_on course_stopped_on",
    others="referred_by",
    link="initiative",
    **_PERSON,
)
register(
    Volunteer,
    title=_("Volunteer"),
    on_erasure=OnErasure.EMPTY,
    paths={VOLUNTEER: "self"},
    period="volunteer_enquiry volunteer_ended volunteer_no_answer volunteer_said_no volunteer_taken_back",
    words="expectations notes pause_reason motivation resources readiness training_wishes",
    papers="contract_on contract_until certificate_seen_on certificate_until",
    way="number status enquired_on ended_on approved_on capacity heard_of_us restricted_on match_stopped_on "
    "course_stopped_on",
    link="initiative",
    **_PERSON,
)
register(
    Conversation,
    title=_("Conversations"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    period="conversation_words conversation_words_match person",
    words="notes next_step answers_json",
    way="kind held_on",
    staff="held_by",
    link="initiative citizen volunteer guide_version",
    technical="id created_at updated_at",
)
register(
    ConversationBooking,
    title=_("Booked conversations"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    period="booking_words person",
    words="place",
    way="kind booked_for minutes how state",
    staff="booked_by",
    link="initiative citizen volunteer conversation",
    technical="id version created_at changed_at",
)
register(
    PersonStep,
    title=_("Steps of people"),
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    way="from_step step at",
    staff="user",
    link="initiative citizen volunteer",
    technical="id noted_at way code",
)
register(
    MeetingPlace,
    title=_("Meeting places"),
    on_erasure=OnErasure.STAY,
    technical="id initiative name address postcode x y",
)
register(
    PeopleUpload,
    title=_("Uploaded spreadsheets"),
    on_erasure=OnErasure.STAY,
    period="upload",
    words="content",
    staff="user",
    technical="id initiative kind choices result created_at expires_at done_at",
)
register(
    OwnChange,
    title=_("Changes the person has made"),
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    way="at what fields",
    link="initiative citizen volunteer",
    technical="id",
)
register(
    LegalHold,
    title=_("Legal holds"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    words="reason",
    way="act starts_on until at",
    staff="user",
    link="initiative citizen volunteer",
    technical="id",
)
register(
    StillHereQuestion,
    title=_("Questions whether to stay registered"),
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    way="due_on asked_on reminded_on answer answered_on",
    link="initiative citizen volunteer",
    technical="id",
)
