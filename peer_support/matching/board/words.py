"""A few words about a person: where they live, what they like, how much time, and where to fill in what is missing."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import ngettext

from ...directory.models import Postcode


def towns_of(people):
    """Return ``{person.pk: town}`` for those whose postcode is known, with one query."""
    found = Postcode.objects.in_bulk({person.postcode for person in people if person.postcode})
    return {person.pk: found[person.postcode].place for person in people if person.postcode in found}


def hours_of(person):
    """Return e.g. ``"1–2 hours a week"``; empty where nothing is told."""
    low, high = (_number(value) for value in (person.hours_min, person.hours_max))
    values = {"low": low, "high": high, "hours": high or low}
    if not high and not low:
        return ""
    if not high:
        sentence = ngettext(
            "from %(hours)s hour a week", "from %(hours)s hours a week", _plural(person.hours_min)
        )
    elif not low:
        sentence = ngettext(
            "up to %(hours)s hour a week", "up to %(hours)s hours a week", _plural(person.hours_max)
        )
    elif low == high:
        sentence = ngettext("%(hours)s hour a week", "%(hours)s hours a week", _plural(person.hours_max))
    else:
        sentence = ngettext(
            "%(low)s–%(high)s hour a week", "%(low)s–%(high)s hours a week", _plural(person.hours_max)
        )
    return sentence % values


def _plural(hours):
    """Return the number that chooses the plural: half an hour is one as well."""
    return 1 if hours <= 1 else 2


def _number(value):
    return "" if value is None else number_format(value.normalize(), decimal_pos=None if value % 1 else 0)


def interests_of(person):
    """Return the interests as one line; wants ``interests`` prefetched."""
    return ", ".join(interest.name for interest in person.interests.all())


def fill_in_url(person, user):
    """Return where ``user`` can ask and fill in what is missing, or an empty string where they may not."""
    kind = person._meta.model_name
    if not user.has_perm(f"peer_support.change_{kind}"):
        return ""
    return reverse(f"peer_support_people:{kind}_conversation", args=[person.pk])


def record_url(person, user):
    """Return the page that shows all about ``person``, or an empty string where ``user`` may not see it."""
    kind = person._meta.model_name
    if not user.has_perm(f"peer_support.view_{kind}"):
        return ""
    return reverse(f"people_{kind}_modeladmin_inspect", args=[person.pk])
