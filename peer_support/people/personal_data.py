"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

import json

from django.utils.translation import gettext_lazy as _

from ..access.models_link import AccessLink
from ..privacy.clocks import register_clock
from ..privacy.field_names import name_of
from ..privacy.registry import OnErasure, register, register_words
from .link_offers import label_of
from .models import (
    Citizen,
    Conversation,
    ConversationBooking,
    Correction,
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
    # A number from another system is a name too: it says there who somebody is.
    "contact": "first_name last_name phone email postcode external_source external_id",
    "profile": "gender birth_year travel_km channels times hours_min hours_max gender_wish age_wish_min age_wish_max "
    "meeting_places languages interests paused_from paused_until",
    "technical": "id created_at updated_at erased_on",
    "index": "x y name_index contact_index language_bits interest_bits time_bits",
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
    Correction,
    title=_("What the person says is wrong"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    period="correction_words person",
    words="words wishes_text",
    way="sent_at state settled_at",
    staff="settled_by",
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


def _answers(talk):
    """The centre's own questions, each with its answer."""
    if not talk.answers_are_readable or not talk.answers_json:
        return ""
    return "\n".join(
        f"{row['question'] or row['key']}: {row['answer']}" for row in json.loads(talk.answers_json)
    )


def _changed(change):
    """The names of the fields that were changed, as a reader knows them."""
    person = Citizen if change.citizen_id else Volunteer
    known = {found.name: found for found in (*person._meta.concrete_fields, *person._meta.many_to_many)}
    return ", ".join(name_of(known[name]) if name in known else name for name in change.fields)


def _wishes(correction):
    """What it ought to be, each with the name of its field."""
    person = Citizen if correction.citizen_id else Volunteer
    return "\n".join(
        f"{name_of(person._meta.get_field(name))}: {wish}" for name, wish in correction.wishes.items()
    )


register_words(Correction, wishes_text=_wishes)
register_words(Conversation, answers_json=_answers)
register_words(OwnChange, fields=_changed)
register_words(AccessLink, purpose=lambda link: label_of(link.purpose))
