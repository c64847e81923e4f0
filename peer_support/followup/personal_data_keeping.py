"""What accompaniment and keeping volunteers hold about people; see :mod:`peer_support.privacy.registry`."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register
from ..privacy.retention import register_reason_to_keep
from .models_accompaniment import (
    OPEN_TRIPS,
    Accompaniment,
    AccompanimentEvent,
    AccompanimentOffer,
    OfferState,
)
from .models_keeping import Skill, VolunteerSkill

register(
    Accompaniment,
    title=_("Accompaniments"),
    on_erasure=OnErasure.EMPTY,
    paths={CITIZEN: "citizen"},
    period="trip_words person",
    contact="from_place from_postcode to_place to_postcode",
    profile="gender_wish",
    words="purpose what_is_asked how_to_meet led_to_note",
    way="number state day start_time minutes there_and_back asked_by closed_on ending led_to enrolment",
    staff="created_by",
    link="initiative citizen",
    technical="id version created_at updated_at",
)
register(
    AccompanimentOffer,
    title=_("Accompaniments that a volunteer was asked about"),
    on_erasure=OnErasure.STAY,
    paths={VOLUNTEER: "volunteer", CITIZEN: "accompaniment__citizen"},
    way="accompaniment state asked_at answered_at",
    link="initiative volunteer",
    technical="id",
)
register(
    AccompanimentEvent,
    title=_("Steps of an accompaniment"),
    on_erasure=OnErasure.STAY,
    paths={CITIZEN: "accompaniment__citizen", VOLUNTEER: "volunteer"},
    way="accompaniment at action from_state to_state facts",
    staff="user",
    link="initiative volunteer",
    technical="id",
)
register(
    VolunteerSkill,
    title=_("Skills that the volunteer wishes or holds"),
    on_erasure=OnErasure.DELETE,
    paths={VOLUNTEER: "volunteer"},
    profile="skill wished_on held_on held_until",
    link="initiative volunteer",
    technical="id updated_at",
)
register(
    Skill,
    title=_("The centre's list of skills"),
    on_erasure=OnErasure.STAY,
    technical="id initiative name months templates in_use",
)


def _asks_for_company(people, before):
    """Citizens with a trip that is not over."""
    return Q(pk__in=Accompaniment.objects.filter(state__in=OPEN_TRIPS).values("citizen"))


def _goes_along(people, before):
    """Volunteers who go along on a trip that is not over."""
    rows = AccompanimentOffer.objects.filter(state=OfferState.ACCEPTED, accompaniment__state__in=OPEN_TRIPS)
    return Q(pk__in=rows.values("volunteer"))


register_reason_to_keep(CITIZEN, _asks_for_company)
register_reason_to_keep(VOLUNTEER, _goes_along)
