"""What the person says is wrong, on the person's page: what stands there, what it ought to be, and two buttons."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import corrections, rules
from .presenting import register_section

TEMPLATE = "peer_support/people/corrections_section.html"


@register_section
def corrections_section(person, user):
    """The messages that nobody has looked at yet."""
    kind = person._meta.model_name
    if not user.has_perm(f"peer_support.change_{kind}"):
        return None
    waiting = corrections.open_corrections(person)
    if not waiting:
        return None
    decision = rules.may_change(person)
    rows = [_row(person, one) for one in waiting]
    return TEMPLATE, {
        "title": _("The person says that something is wrong"),
        "address": reverse(f"peer_support_people:{kind}_correction", args=[person.pk]),
        "rows": rows,
        "asks_for_numbers": any(row["changes"] for row in rows),
        "stopped": "" if decision else decision.reason,
    }


def _row(person, correction):
    return {
        "pk": correction.pk,
        "when": date_format(localtime(correction.sent_at), "SHORT_DATETIME_FORMAT"),
        "words": correction.words,
        "changes": [
            (capfirst(str(person._meta.get_field(name).verbose_name)), getattr(person, name), wish)
            for name, wish in correction.wishes.items()
        ],
    }
