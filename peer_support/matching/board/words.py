"""A few words about a person: where they live, what they like, how much time, and what is not told yet."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...directory.models import Postcode

# What matching needs, in the order in which one would ask: code -> what to say while it is missing.
MISSING = {
    "postcode": gettext_lazy("no postcode yet"),
    "times": gettext_lazy("no times yet"),
    "interests": gettext_lazy("no interests yet"),
    "hours": gettext_lazy("no hours a week yet"),
    "channels": gettext_lazy("not told yet how to meet"),
    "languages": gettext_lazy("no language yet"),
}


@dataclass(frozen=True)
class Missing:
    """One thing that is not told yet: its ``code``, the words to show."""

    code: str
    words: str


def missing_of(person):
    """Return what is not told yet about ``person``, read from the columns that matching reads."""
    told = {
        "postcode": person.x is not None,
        "times": bool(person.time_bits),
        "interests": bool(person.interest_bits),
        "hours": person.hours_min is not None or person.hours_max is not None,
        "channels": bool(person.channels),
        "languages": bool(person.language_bits),
    }
    return [Missing(code, str(words)) for code, words in MISSING.items() if not told[code]]


def towns_of(people):
    """Return ``{person.pk: town}`` for those whose postcode is known, with one query."""
    found = Postcode.objects.in_bulk({person.postcode for person in people if person.postcode})
    return {person.pk: found[person.postcode].place for person in people if person.postcode in found}


def hours_of(person):
    """Return e.g. ``"1–2 hours a week"``; empty where nothing is told."""
    low, high = (_number(value) for value in (person.hours_min, person.hours_max))
    if low and high and low != high:
        return _("%(low)s–%(high)s hours a week") % {"low": low, "high": high}
    if low and high:
        return ngettext("%(hours)s hour a week", "%(hours)s hours a week", int(person.hours_min)) % {
            "hours": low
        }
    if high:
        return _("up to %(hours)s hours a week") % {"hours": high}
    return _("from %(hours)s hours a week") % {"hours": low} if low else ""


def _number(value):
    return "" if value is None else number_format(value.normalize(), decimal_pos=None if value % 1 else 0)


def interests_of(person):
    """Return the interests as one line; wants ``interests`` prefetched."""
    return ", ".join(interest.name for interest in person.interests.all())


def edit_url(person, anchor=""):
    """Return where to fill in what is missing, or an empty string where the site has no such screen."""
    meta = person._meta
    try:
        url = reverse(f"{meta.app_label}_{meta.model_name}_modeladmin_edit", args=[person.pk])
    except NoReverseMatch:
        return ""
    return f"{url}#{anchor}" if anchor else url
