"""What this room shows of a person's rights on their page: leave the record alone, hold it, take everything out."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ..access.reach import covers
from . import rules, still_here
from .presenting import register_section

TEMPLATE = "peer_support/people/rights.html"


@register_section
def rights_section(person, user):
    """The buttons, each with a line that says what happens; those that ``user`` may press."""
    kind = person._meta.model_name

    def url(name):
        return reverse(f"peer_support_people:{kind}_{name}", args=[person.pk])

    context = {"title": _("The person's rights")}
    if user.has_perm(f"peer_support.change_{kind}") and not person.restricted_on:
        context |= {"stop_url": url("stop"), "stop_line": rules.may_stop_use(person).reason}
    if user.has_perm("peer_support.add_legalhold"):
        context["hold_url"] = url("hold")
    if covers(user, f"peer_support.export_{kind}", person):
        context["read_url"] = url("own_reading")
        context["export_url"] = url("own_export")
    return (TEMPLATE, context) if len(context) > 1 else None


@register_section
def still_here_section(person, user):
    """The open question whether to stay registered, with buttons to write the answer that was given by telephone."""
    question = still_here.open_question(person)
    kind = person._meta.model_name
    if question is None or not user.has_perm(f"peer_support.change_{kind}") or person.restricted_on:
        return None
    context = {
        "title": _("Still registered?"),
        "question": question,
        "address": reverse(f"peer_support_people:{kind}_still", args=[person.pk]),
    }
    return "peer_support/people/still_section.html", context
