"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from .models import (
    Attendance,
    CaringCall,
    CourseEvent,
    Enrolment,
    EnrolmentEvent,
    Facilitator,
    GroupCourse,
    GuidanceDate,
    IntroWorkshop,
    Session,
    SessionStandIn,
)

TAKES_PART = {CITIZEN: "citizen", VOLUNTEER: "volunteer"}
OF_ENROLMENT = {CITIZEN: "enrolment__citizen", VOLUNTEER: "enrolment__volunteer"}

register(
    Enrolment,
    title=_("Enrolments in group courses"),
    on_erasure=OnErasure.EMPTY,
    paths=TAKES_PART,
    period="enrolment_words enrolment_words_old person",
    contact="external_source external_id",
    words="exception_reason waiting_note priority_reason left_note note",
    way="course state way_in asked_at workshop attended_on waiting_since waiting_order waiting_why offered_at answer_by "
    "enrolled_on joined_from_session completed_on left_on left_reasons declined_on wants_next follow_up_on",
    link="initiative citizen volunteer moved_from",
    technical="id version created_at updated_at",
)
register(
    EnrolmentEvent,
    title=_("Steps of an enrolment"),
    on_erasure=OnErasure.STAY,
    paths=OF_ENROLMENT,
    # Codes and keys for the program: what they say stands with the enrolment itself, in words.
    not_for={CITIZEN: "facts", VOLUNTEER: "facts"},
    way="at by action from_state to_state facts",
    staff="user",
    link="initiative enrolment",
    technical="id",
)
register(
    Attendance,
    title=_("Attendance"),
    on_erasure=OnErasure.STAY,
    paths=OF_ENROLMENT,
    way="session mark by at",
    staff="user",
    link="initiative enrolment",
    technical="id",
)
register(
    CaringCall,
    title=_("Caring calls"),
    on_erasure=OnErasure.STAY,
    paths=OF_ENROLMENT,
    way="up_to sessions outcome done_at",
    staff="done_by",
    link="initiative enrolment",
    technical="id",
)
register(
    Facilitator,
    title=_("Courses that the volunteer leads"),
    on_erasure=OnErasure.STAY,
    paths={VOLUNTEER: "volunteer"},
    way="course role from_on until_on trained_on",
    staff="trained_noted_by",
    link="initiative volunteer",
    technical="id",
)
register(
    SessionStandIn,
    title=_("Evenings on which the volunteer stands in"),
    on_erasure=OnErasure.STAY,
    paths={VOLUNTEER: "volunteer"},
    way="session",
    link="initiative facilitator volunteer",
    technical="id",
)
register(
    GroupCourse,
    title=_("Group courses"),
    on_erasure=OnErasure.STAY,
    period="course_notes house",
    staff="coordinator",
    technical="id initiative number template kind for_whom title about what_happens group_rules minutes interval_weeks "
    "capacity minimum facilitators_needed intake_sessions wants_intro answer_days auto_offer place place_text town "
    "postcode state start_time starts_on ends_on intake_until go_no_go_on is_public opened_on started_on ended_on "
    "cancel_reason notes seats_taken external_source external_id version created_at updated_at",
)
register(
    Session,
    title=_("Sessions"),
    on_erasure=OnErasure.STAY,
    period="session_note house",
    staff="saved_by saved_by_volunteer",
    technical="id initiative course number plan title aim checklist date start_time minutes place place_text state "
    "moved_from cancel_reason tail_followed note checklist_done guests saved_at version",
)
register(
    IntroWorkshop,
    title=_("Intro workshops"),
    on_erasure=OnErasure.STAY,
    period="workshop_notes house",
    staff="coordinator",
    technical="id initiative number title date start_time minutes capacity place place_text town postcode is_public "
    "state cancel_reason notes version courses",
)
register(
    CourseEvent,
    title=_("Steps of a course"),
    on_erasure=OnErasure.STAY,
    staff="user",
    technical="id initiative course at action from_state to_state facts",
)
register(
    GuidanceDate,
    title=_("Guidance of those who lead a course"),
    on_erasure=OnErasure.STAY,
    period="guidance_notes house",
    staff="given_by",
    technical="id initiative course kind date start_time minutes place_text state note",
)
