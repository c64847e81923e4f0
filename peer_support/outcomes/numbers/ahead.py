"""What lies ahead of those who wait: which wishes few or no volunteers can meet, and how long it may take.

A wish is a part of the day, a way to meet (a place, or a channel such as the telephone) and a language. A volunteer can
meet it who has a free place, is not on pause, and shares all three. What is not told counts as not known: a volunteer
whose times are not written down is nobody's evening. Six queries, however many people there are.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from math import hypot
from statistics import median, quantiles

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...directory.models import Postcode
from ...matching import people_queries
from ...people.models import Citizen, Language
from ...people.models_person import Channel
from ...people.times import PARTS
from .registry import Question
from .sources_people import waits_over

# So few free volunteers are few, where more people wait than that.
FEW = 2
# How far a volunteer travels who has not said so, in metres.
TRAVEL = 10_000
# An hour of a part of the day on one day at least, in half hours.
LEAST = 2
SHOWN = 15
# So many waits of the last year are needed to say how long it may take.
KNOWN_FROM = 5
PLACE, CHANNEL, PART, LANGUAGE = "place", "channel", "part", "language"
_PARTS = {
    "morning": gettext_lazy("mornings"),
    "afternoon": gettext_lazy("afternoons"),
    "evening": gettext_lazy("evenings"),
}
_OTHER_CHANNELS = [channel for channel in Channel if channel != Channel.IN_PERSON]


@dataclass(frozen=True)
class Lack:
    """A wish that few can meet: in words, how many wait with it, and how many volunteers are free for it."""

    words: str
    waiting: int
    free: int

    @property
    def sentence(self):
        wait = ngettext("%(n)d waits", "%(n)d wait", self.waiting) % {"n": self.waiting}
        if not self.free:
            return _("%(wait)s, and no volunteer has a free place.") % {"wait": wait}
        free = ngettext("%(n)d volunteer has a free place", "%(n)d volunteers have a free place", self.free)
        return _("%(wait)s, and %(free)s.") % {"wait": wait, "free": free % {"n": self.free}}

    @property
    def wish(self):
        """What stands in the recruitment plan: no number, and nobody's name."""
        return _("A volunteer for: %(wish)s") % {"wish": self.words}


@dataclass(frozen=True)
class Expected:
    """How long it may take: of those with the wish ``words`` who got a match in the last year, ``known`` of them, half
    waited from ``low`` to ``high`` days. All ``None`` where there are too few. ``longer``: who wait longer already."""

    words: str
    waiting: int
    known: int
    low: int | None
    middle: int | None
    high: int | None
    longer: int

    @property
    def sentence(self):
        if self.low is None:
            return _("We do not know: too few have got a match in the last year.")
        return _("Half of them waited %(low)d to %(high)d days.") % {"low": self.low, "high": self.high}


class Queue:
    """Who waits at ``initiative`` and who is free, read once."""

    def __init__(self, initiative, today):
        self.initiative, self.today = initiative, today
        postcodes = Postcode.objects.values_list("number", "place", "x", "y")
        self.places = {number: (place, x, y) for number, place, x, y in postcodes.order_by()}
        self.languages = {
            1 << bit: name for bit, name in Language.objects.order_by().values_list("bit", "name")
        }
        columns = ("postcode", "time_bits", "channels", "language_bits")
        waiting = people_queries.waiting(today).filter(initiative=initiative)
        self.waiting = [
            (self._wishes(*row), (today - since).days if since else 0)
            for *row, since in waiting.values_list(*columns, "waiting_since")
        ]
        free = people_queries.free_volunteers(today).filter(initiative=initiative)
        self.free = [self._offers(*row) for row in free.values_list(*columns, "x", "y", "travel_km")]

    def _parts(self, time_bits):
        bits, found = int(time_bits or "0", 16), set()
        for part, (start, end) in PARTS.items():
            window = ((1 << (end - start)) - 1) << start
            if any((bits >> (48 * day) & window).bit_count() >= LEAST for day in range(7)):
                found.add((PART, part))
        return found

    def _channels(self, channels):
        return {(CHANNEL, channel) for channel in _OTHER_CHANNELS if channels & channel}

    def _languages(self, bits):
        return {(LANGUAGE, bit) for bit in self.languages if bits & bit}

    def _wishes(self, postcode, time_bits, channels, language_bits):
        ways = self._channels(channels)
        if postcode in self.places and (channels & Channel.IN_PERSON or not channels):
            ways.add((PLACE, self.places[postcode][0]))
        return self._parts(time_bits), ways, self._languages(language_bits)

    def _offers(self, postcode, time_bits, channels, language_bits, x, y, travel_km):
        ways = self._channels(channels)
        if x is not None and (channels & Channel.IN_PERSON or not channels):
            reach = TRAVEL if travel_km is None else travel_km * 1000
            ways |= {(PLACE, place) for place, px, py in self.near if hypot(px - x, py - y) <= reach}
        return self._parts(time_bits), ways, self._languages(language_bits)

    @property
    def near(self):
        """The places that somebody who waits lives in."""
        if not hasattr(self, "_near"):
            wanted = {name for (__, ways, __), __ in self.waiting for kind, name in ways if kind == PLACE}
            self._near = [place for place in self.places.values() if place[0] in wanted]
        return self._near

    def in_words(self, wish):
        """Return e.g. "evenings in Snekkersten, in Arabic"."""
        parts = dict(wish)
        words = str(_PARTS[parts[PART]]) if PART in parts else ""
        if PLACE in parts:
            words = _("%(when)s in %(place)s") % {"when": words or _("meetings"), "place": parts[PLACE]}
        if CHANNEL in parts:
            words = f"{words} {Channel(parts[CHANNEL]).label}".strip()
        if LANGUAGE in parts:
            language = _("in the language %(language)s") % {"language": self.languages[parts[LANGUAGE]]}
            words = f"{words}, {language}" if words else language
        return words[:1].upper() + words[1:]


def _held(groups):
    """Return every wish, of one, two or three things, that somebody with these groups of things has."""
    found = set()
    for size in (1, 2, 3):
        for chosen in combinations(groups, size):
            wishes = [()]
            for group in chosen:
                wishes = [(*wish, one) for wish in wishes for one in sorted(group, key=str)]
            found.update(wish for wish in wishes if wish)
    return found


def lacks(queue):
    """Return the :class:`Lack` list, the worst first. Where a wish is lacking, what only adds to it is not told too."""
    waiting, free = defaultdict(int), defaultdict(int)
    for wishes, __ in queue.waiting:
        for wish in _held(wishes):
            waiting[wish] += 1
    for offers in queue.free:
        for wish in _held(offers):
            free[wish] += 1
    found = []
    for wish in sorted(waiting, key=lambda one: (len(one), str(one))):
        if free[wish] > FEW or free[wish] >= waiting[wish]:
            continue
        if not any(set(known) <= set(wish) for known in found):
            found.append(wish)
    rows = [Lack(queue.in_words(wish), waiting[wish], free[wish]) for wish in found]
    return sorted(rows, key=lambda lack: (lack.free - lack.waiting, lack.words))[:SHOWN]


def expected(queue):
    """Return the :class:`Expected` of everybody, and of each part of the day, place, channel and language of those who wait."""
    question = Question((), initiative_ids=(queue.initiative.pk,), today=queue.today)
    since = queue.today - timedelta(365)
    waits = {}
    for item in waits_over(question):
        if since < item.day <= queue.today:
            waits.setdefault(item.person, []).append(item.amount)
    columns = ("postcode", "time_bits", "channels", "language_bits")
    rows = Citizen.objects.filter(pk__in=waits).values_list("pk", *columns)
    wishes = {pk: set().union(*queue._wishes(*row)) for pk, *row in rows}
    everything = sorted(
        {one for groups, __ in queue.waiting for group in groups for one in group}, key=_order
    )
    found = [_expected(_("Everybody who waits"), list(waits.values()), [days for __, days in queue.waiting])]
    for one in everything:
        similar = [days for pk, days in waits.items() if one in wishes.get(pk, ())]
        still = [days for groups, days in queue.waiting if any(one in group for group in groups)]
        found.append(_expected(queue.in_words((one,)), similar, still))
    return found


def _order(one):
    return (PART, PLACE, CHANNEL, LANGUAGE).index(one[0]), str(one[1])


def _expected(words, similar, still):
    days = [number for some in similar for number in some]
    if len(days) < KNOWN_FROM:
        return Expected(words, len(still), len(days), None, None, None, 0)
    low, __, high = quantiles(days, n=4, method="inclusive")
    low, high = int(low), int(high + 0.999)
    return Expected(
        words, len(still), len(days), low, round(median(days)), high, sum(n > high for n in still)
    )
