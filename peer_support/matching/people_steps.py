"""What the matching room says comes next with a citizen who is on the waiting list."""

from django.urls import reverse
from django.utils.translation import gettext

from ..people.models import Citizen
from ..people.presenting import NextStep, register_next_step
from .models_match import OPEN_STATES, Match

# The right that the board's screens ask for; a step that leads to a closed door is none.
PERMISSION = "peer_support.make_match"


@register_next_step
def find_or_open_match(person, user):
    """To the ranking for a citizen who waits, and to the match for one who has it."""
    if not isinstance(person, Citizen) or not user.has_perm(PERMISSION):
        return None
    match = Match.objects.filter(citizen=person, state__in=OPEN_STATES).select_related("volunteer").first()
    if match is None:
        return NextStep(
            gettext("Find a match"),
            gettext("You see which volunteers fit, and why. Nobody is written to."),
            address=reverse("peer_support_matching:ranking", args=[person.pk]),
        )
    # Translators: "Match 3 with Volunteer 7: both have said yes."
    line = gettext("%(match)s with %(volunteer)s: %(state)s.")
    return NextStep(
        gettext("Open the match"),
        line % {"match": match, "volunteer": match.volunteer, "state": match.get_state_display()},
        address=reverse("peer_support_matching:match", args=[match.pk]),
    )
