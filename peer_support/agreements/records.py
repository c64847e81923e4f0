"""What is written down about a volunteer's service, as short phrases; other rooms add theirs. Nothing about citizens."""

from django.utils import timezone
from django.utils.translation import ngettext

from ..matching.models import Match

_records = []


def register_record(function):
    """Let another room add what it knows of a volunteer's service.

    ``function(volunteer, day)`` returns phrases that can stand in a sentence, such as "12 meetings"; counts and hours,
    and nothing that tells of anybody else. Registering the same function twice counts once.
    """
    if function not in _records:
        _records.append(function)
    return function


def records_of(volunteer, day=None):
    """Return the phrases of every room, up to and including ``day`` (default: today)."""
    day = day or timezone.localdate()
    return [phrase for function in _records for phrase in function(volunteer, day)]


@register_record
def matches(volunteer, day):
    """With how many people the volunteer has been matched: those that became active."""
    count = Match.objects.filter(volunteer=volunteer, active_from__lte=day).count()
    if not count:
        return []
    return [
        ngettext(
            "support of %(count)d person, one to one", "support of %(count)d people, one at a time", count
        )
        % {"count": count}
    ]
