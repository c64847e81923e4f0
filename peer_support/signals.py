"""Signals: what the package listens to, and the domain events a host may listen to."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed

from .access.scopes import all_initiatives
from .access.sessions import note_sign_in
from .agreements import mails as agreement_mails  # noqa: F401 - they register themselves
from .agreements import own_data as own_papers  # noqa: F401
from .agreements import sections as agreement_sections  # noqa: F401
from .courses import links, own_data, people_rules, service_records  # noqa: F401 - they register themselves
from .courses import sight as courses_sight  # noqa: F401 - registers itself
from .courses.signals import (
    course_cancelled,
    course_completed,
    course_opened,
    course_started,
    enrolment_changed,
    offer_expired,
    place_came_free,
    place_offered,
    place_taken,
    session_cancelled,
    session_moved,
    workshop_changed,
)
from .directory.models import Postcode
from .directory.signals import postcodes_loaded
from .followup import links as meeting_links  # noqa: F401 - registers itself
from .followup import own_data as own_meetings  # noqa: F401 - registers itself
from .followup import sections_accompaniment, sections_keeping  # noqa: F401 - they register themselves
from .followup import service_records as meeting_records  # noqa: F401 - what a reference letter may count
from .followup import sight as followup_sight  # noqa: F401 - registers itself
from .followup.signals_accompaniment import accompaniment_answered, accompaniment_closed
from .followup.today import sources  # noqa: F401 - what the package puts on today's list
from .matching import links as match_links  # noqa: F401 - registers itself
from .matching import links_section as match_links_section  # noqa: F401 - registers itself
from .matching import own_data as own_matches  # noqa: F401 - registers itself
from .matching import people_steps, rules_ending  # noqa: F401 - they register themselves with the people room
from .matching import sight as matching_sight  # noqa: F401 - registers itself
from .matching.signals import match_ended, match_started, proposal_answered, proposal_made
from .outcomes import mails, sections  # noqa: F401 - they register themselves
from .outcomes.changes import sections as change_sections  # noqa: F401 - registers itself
from .outcomes.questionnaires import listeners as questionnaire_listeners  # noqa: F401 - they register themselves
from .outcomes.questionnaires import mails as questionnaire_mails  # noqa: F401
from .outcomes.questionnaires import own_data as own_questionnaires  # noqa: F401
from .outcomes.questionnaires import sections as questionnaire_sections  # noqa: F401
from .outcomes.questionnaires import today as questionnaires_today  # noqa: F401
from .outcomes.study import enrolment_rule as study_places  # noqa: F401 - registers itself
from .outcomes.study import links as study_links  # noqa: F401
from .outcomes.study import sections as study_sections  # noqa: F401
from .outcomes.study import today as study_today  # noqa: F401
from .oversight import rules as review_rules  # noqa: F401 - they register themselves
from .people import (  # noqa: F401 - they register themselves
    corrections_section,
    holds,
    links_section,
    rights_section,
    stopping,
)
from .people.models import Citizen, MeetingPlace, Volunteer
from .recruitment import own_consent, rules_consent, seeking, today, today_lines  # noqa: F401 - they register themselves
from .recruitment import sections as recruitment_sections  # noqa: F401

__all__ = [
    "accompaniment_answered",
    "accompaniment_closed",
    "course_cancelled",
    "course_completed",
    "course_opened",
    "course_started",
    "enrolment_changed",
    "match_ended",
    "match_started",
    "offer_expired",
    "place_came_free",
    "place_offered",
    "place_taken",
    "postcodes_loaded",
    "proposal_answered",
    "proposal_made",
    "session_cancelled",
    "session_moved",
    "workshop_changed",
]


def _refresh(sender, instance, action, reverse, **kwargs):
    if action in {"post_add", "post_remove", "post_clear"} and not reverse:
        instance.refresh_bits()


for model in (Volunteer, Citizen):
    for field in (model.languages, model.interests):
        m2m_changed.connect(
            _refresh, sender=field.through, dispatch_uid=f"peer_support_bits_{field.through._meta.label}"
        )


def _follow_postcodes(sender, numbers, **kwargs):
    """Put everything with one of these postcodes where the postcode now is."""
    with all_initiatives("a postcode's place on the map is the same for every initiative"):
        for model in (Volunteer, Citizen, MeetingPlace):
            used = set(model.objects.order_by().values_list("postcode", flat=True).distinct())
            for postcode in Postcode.objects.filter(pk__in=used.intersection(numbers)):
                model.objects.filter(postcode=postcode.pk).update(x=postcode.x, y=postcode.y)


postcodes_loaded.connect(_follow_postcodes, dispatch_uid="peer_support_follow_postcodes")

user_logged_in.connect(note_sign_in, dispatch_uid="peer_support_note_sign_in")
