"""How well two people fit, criterion by criterion, as plain sentences made of the engine's facts."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..people.models import Interest, Language, MeetingPlace
from ..people.times import PARTS
from .sentences import inside, kilometres, language_inside, listed, number

LABELS = {
    "interests": _("shared interests"),
    "distance": _("distance"),
    "time": _("times in the week"),
    "hours": _("hours a week"),
    "preferences": _("wishes"),
}
DAYS = (
    pgettext_lazy("in a sentence", "Monday"),
    pgettext_lazy("in a sentence", "Tuesday"),
    pgettext_lazy("in a sentence", "Wednesday"),
    pgettext_lazy("in a sentence", "Thursday"),
    pgettext_lazy("in a sentence", "Friday"),
    pgettext_lazy("in a sentence", "Saturday"),
    pgettext_lazy("in a sentence", "Sunday"),
)
PART_OF_DAY = {
    "night": pgettext_lazy("part of a day", "night"),
    "morning": pgettext_lazy("part of a day", "morning"),
    "afternoon": pgettext_lazy("part of a day", "afternoon"),
    "evening": pgettext_lazy("part of a day", "evening"),
    "late": pgettext_lazy("part of a day", "late evening"),
}
# Half hours of a day, from and to: those of the form, and what is left before and after.
SPANS = {"night": (0, 16), **PARTS, "late": (42, 48)}
CHANNELS = {
    1: pgettext_lazy("they can meet …", "in person"),
    2: pgettext_lazy("they can meet …", "by telephone"),
    4: pgettext_lazy("they can meet …", "by video"),
    8: pgettext_lazy("they can meet …", "by chat"),
}
NOT_TOLD = {
    "channel": _("how to meet"),
    "language": _("languages"),
    "request_gender": _("the volunteer's gender"),
    "request_age": _("the volunteer's age"),
    "offer_gender": _("the citizen's gender"),
    "offer_age": _("the citizen's age"),
}
MANY = 4


@dataclass(frozen=True)
class Words:
    """Names for the numbers in the engine's facts: bit -> name, and id of a meeting place -> name."""

    interests: dict = field(default_factory=dict)
    languages: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)

    @classmethod
    def load(cls, initiative_id):
        """Read them in three queries."""
        return cls(
            interests=dict(Interest.objects.order_by().values_list("bit", "name")),
            languages=dict(Language.objects.order_by().values_list("bit", "name")),
            places=dict(
                MeetingPlace.objects.filter(initiative_id=initiative_id).order_by().values_list("pk", "name")
            ),
        )

    def interest_names(self, bits):
        """Names of interests as they stand inside a sentence; a bit whose word is gone is left out."""
        return [inside(self.interests[bit]) for bit in bits if bit in self.interests]

    def language_names(self, bits):
        """Names of languages as they stand inside a sentence; a bit whose word is gone is left out."""
        return [language_inside(self.languages[bit]) for bit in bits if bit in self.languages]


def label(criterion):
    """The criterion's name as a heading."""
    return capfirst(str(LABELS[criterion]))


def interests(facts, words):
    if not facts["n_own"] and not facts["n_other"]:
        return gettext("Interests not told yet")
    if not facts["n_own"]:
        return gettext("The citizen's interests are not told yet")
    if not facts["n_other"]:
        return gettext("The volunteer's interests are not told yet")
    if not facts["n_shared"]:
        return gettext("No shared interests")
    names = words.interest_names(facts["shared"])
    more = facts["n_shared"] - min(len(names), MANY)
    if more and names:
        return ngettext(
            "Shares %(names)s and %(more)s other interest",
            "Shares %(names)s and %(more)s other interests",
            more,
        ) % {"names": ", ".join(names[:MANY]), "more": more}
    return gettext("Shares %(names)s") % {"names": listed(names)}


def distance(facts, words, request_places=(), offer_places=()):
    """``request_places`` and ``offer_places``: ids of the meeting places in the engine's order."""
    if not facts["needed"]:
        return gettext("Distance does not matter: they do not meet in person")
    metres = facts["metres"]
    if metres is None:
        return gettext("Where they live is not told yet")
    own = _place(facts["request_place"], request_places, words)
    other = _place(facts["offer_place"], offer_places, words)
    values = {"km": kilometres(metres), "own": own, "other": other}
    if own and own == other:
        return gettext("Both can meet at %(own)s") % values
    if own and other:
        return gettext("Can meet at %(own)s or %(other)s, %(km)s km apart") % values
    if other:
        return gettext("Can meet at %(other)s, %(km)s km from the citizen") % values
    if own:
        return gettext("Can meet at %(own)s, %(km)s km from the volunteer") % values
    if metres == 0:
        return gettext("Live in the same postcode")
    return gettext("%(km)s km apart") % values


def _place(at, ids, words):
    return None if at == "home" else words.places.get(ids[at])


def common_times(bits):
    """The parts of the week that lie in a mask of half hours, the longest first: [(name, minutes)]."""
    found = []
    for weekday in range(7):
        for part, (start, end) in SPANS.items():
            window = (1 << (end - start)) - 1 << (48 * weekday + start)
            if half_hours := (bits & window).bit_count():
                name = gettext("%(day)s %(part)s") % {"day": DAYS[weekday], "part": PART_OF_DAY[part]}
                found.append((name, 30 * half_hours))
    return sorted(found, key=lambda one: -one[1])


def time(facts, own, other):
    """``own`` and ``other``: the masks of half hours of the citizen and the volunteer."""
    if facts["minutes"] is None:
        if own:
            return gettext("The volunteer's times are not told yet")
        if other:
            return gettext("The citizen's times are not told yet")
        return gettext("Time not told yet")
    found = common_times(own & other)
    if not found:
        return gettext("No times in common")
    names = [name for name, __ in found]
    if facts["minutes"] < 60:
        return gettext("Both can on %(times)s, but only for half an hour") % {"times": listed(names[:1])}
    more = len(names) - 2
    if more > 0:
        return ngettext(
            "Both can on %(times)s and at %(more)s other time",
            "Both can on %(times)s and at %(more)s other times",
            more,
        ) % {"times": ", ".join(names[:2]), "more": more}
    return gettext("Both can on %(times)s") % {"times": listed(names)}


def hours(facts, headed=True):
    """``headed``: whether "Hours a week" stands beside the sentence already."""
    request, offer = facts["request"], facts["offer"]
    if facts["gap"] is None:
        if any(value is not None for value in request):
            return gettext("The volunteer's hours a week are not told yet")
        if any(value is not None for value in offer):
            return gettext("The citizen's hours a week are not told yet")
        return gettext("Hours a week not told yet")
    values = {"wanted": _range(request), "offered": _range(offer)}
    if headed:
        # Translators: stands beside the heading "Hours a week", for example "1–2 wanted, 1 offered".
        return gettext("%(wanted)s wanted, %(offered)s offered") % values
    # Translators: for example "Hours a week: 1–2 wanted, 1 offered".
    return gettext("Hours a week: %(wanted)s wanted, %(offered)s offered") % values


def _range(minutes):
    low, high = (None if value is None else number(value / 60) for value in minutes)
    if low is None:
        return gettext("up to %(hours)s") % {"hours": high}
    if high is None:
        return gettext("at least %(hours)s") % {"hours": low}
    return low if low == high else f"{low}–{high}"


def preferences(facts, words):
    """Several short sentences with a dot between, in the order channel, language, wishes, what is not told."""
    said = []
    if "channel" in facts["fits"]:
        ways = listed(CHANNELS[channel] for channel in facts["channels"])
        said.append(gettext("Can meet %(ways)s") % {"ways": ways})
    if "language" in facts["fits"]:
        names = listed(words.language_names(facts["languages"]))
        said.append(gettext("Both speak %(languages)s") % {"languages": names})
    if {"request_gender", "request_age"} & set(facts["fits"]):
        said.append(gettext("The citizen's wish about the other person is met"))
    if {"offer_gender", "offer_age"} & set(facts["fits"]):
        said.append(gettext("The volunteer's wish about the other person is met"))
    if facts["unknown"]:
        what = listed(NOT_TOLD[name] for name in facts["unknown"])
        said.append(gettext("Not told yet: %(what)s") % {"what": what})
    return " · ".join(said)
