"""What one of a pair may know about the other before both have said yes: nothing that names anybody.

Interests in common, rough age, part of town, how and when both can: the sentences of matching, with the words "you" and
"the other". What is not known is not said.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..directory.models import Postcode
from ..people import times
from ..people.models import Channel
from . import sentences_fit as fit
from .sentences import inside, language_inside, listed

MANY = 4
# Below this many years nobody is told in decades: "in their tens" is no way to speak of somebody.
YOUNGEST_TOLD = 20


def about_other(match, side):
    """Return sentences about the one whom ``side`` of ``match`` would meet."""
    own, other = (match.citizen, match.volunteer) if side == "citizen" else (match.volunteer, match.citizen)
    found = (
        _age(other),
        _town(own, other),
        _interests(own, other),
        _ways(own, other),
        _languages(own, other),
    )
    return [sentence for sentence in (*found, _times(own, other)) if sentence]


def _age(other, year=None):
    if not other.birth_year:
        return ""
    age = (year or timezone.localdate().year) - other.birth_year
    if age < YOUNGEST_TOLD:
        return _("The other is a young person.")
    if age >= 80:
        return _("The other is over 80.")
    return _("The other is in their %(decade)ss.") % {"decade": age // 10 * 10}


def _town(own, other):
    """Where people live is told only where they meet in person, and as roughly as a postcode's name."""
    meets = not own.channels or not other.channels or own.channels & other.channels & Channel.IN_PERSON
    found = Postcode.objects.filter(pk=other.postcode).first() if other.postcode and meets else None
    return _("The other lives around %(town)s.") % {"town": found.place} if found else ""


def _interests(own, other):
    shared = set(own.interests.all()) & set(other.interests.all())
    names = [inside(interest.name) for interest in sorted(shared, key=lambda one: one.name)]
    return _("You both like %(things)s.") % {"things": listed(names[:MANY])} if names else ""


def _ways(own, other):
    shared = own.channels & other.channels
    ways = [word for channel, word in fit.CHANNELS.items() if shared & channel]
    return _("You can meet %(ways)s.") % {"ways": listed(ways)} if ways else ""


def _languages(own, other):
    shared = set(own.languages.all()) & set(other.languages.all())
    names = [language_inside(language.name) for language in sorted(shared, key=lambda one: one.bit)]
    return _("You both speak %(languages)s.") % {"languages": listed(names)} if names else ""


def _times(own, other):
    bits = times.bits_of(times.parse(own.times)) & times.bits_of(times.parse(other.times))
    names = [name for name, __ in fit.common_times(bits)][:2]
    return _("You both have time on %(times)s.") % {"times": listed(names)} if names else ""
