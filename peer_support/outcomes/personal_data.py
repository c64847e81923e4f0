"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.translation import gettext_lazy as _

from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.registry import OnErasure, register, register_words
from .models import ProgressStar, StarReading

register(
    ProgressStar,
    title=_("Progress star"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "citizen", VOLUNTEER: "volunteer"},
    words="areas_text",
    way="shown_to_volunteer",
    link="initiative citizen volunteer",
    technical="id next_key created_at updated_at",
)
register(
    StarReading,
    title=_("Days of a progress star"),
    on_erasure=OnErasure.DELETE,
    paths={CITIZEN: "star__citizen", VOLUNTEER: "star__volunteer"},
    words="answers_text",
    way="on way",
    staff="user",
    link="initiative star",
    technical="id created_at updated_at",
)


def _areas(star):
    return ", ".join(name for __, name in star.areas)


def _numbers(reading):
    """Each area with its number from 1 to 10."""
    names = dict(reading.star.areas)
    return "\n".join(
        f"{names.get(key, key)}: {value or _('not stated')}" for key, value in reading.answers.items()
    )


register_words(ProgressStar, areas_text=_areas)
register_words(StarReading, answers_text=_numbers)
