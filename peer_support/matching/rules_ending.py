"""What the matching room says when a person's course is to be closed."""

from django.utils.translation import gettext

from ..access.decisions import Decision
from ..people.rules import register_ending_rule
from .models_match import OPEN_STATES, Match


@register_ending_rule
def no_open_match(person):
    """A person with a proposal or a match is not ended before that is."""
    name = person._meta.model_name
    match = Match.objects.filter(**{name: person.pk}, state__in=OPEN_STATES).first()
    if match is None:
        return None
    return Decision.no(
        "open_match",
        gettext("There is a proposal or a match (match %(number)s). Withdraw or end it first.")
        % {"number": match.number},
    )
