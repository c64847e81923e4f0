"""Whom a companion on a way is shown to, for the person's own data."""

from django.utils.translation import gettext as _

from ..people.models import Citizen
from ..people.seen import register_sight
from .models_accompaniment import Accompaniment, TripState


@register_sight
def who_goes_along(person):
    """The volunteer who goes along sees the first name and where to meet."""
    if not isinstance(person, Citizen):
        return []
    if not Accompaniment.objects.filter(citizen=person, state=TripState.ACCEPTED).exists():
        return []
    return [
        (
            _("The one who goes along with you"),
            _("Your first name, where you go, and how to find each other."),
        )
    ]
