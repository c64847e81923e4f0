"""What this room shows on a person's page: the yes, whose it is, what is missing, and who may be the same person."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..people import services as people
from ..people.presenting import register_section
from ..people.views.common import kind_of, person_url
from ..privacy.access_log import Action, log_access
from ..privacy.retention import rules as rules_of_retention
from . import rules_consent as rules
from .models_consent import Consent

ROUTE = "peer_support_recruitment:section"


def consent_rows(subject, user):
    """Return the consents about ``subject``, each in words with the address to read it; logs that they were seen."""
    if not user.has_perm("peer_support.view_consent"):
        return []
    consents = list(Consent.objects.of(subject))
    log_access(user=user, action=Action.READ, objects=consents, route=ROUTE)
    return [
        {
            "words": in_words(consent),
            "standing": consent.withdrawn_at is None,
            "url": reverse("peer_support_recruitment:consent", args=[consent.pk]),
        }
        for consent in consents
    ]


def in_words(consent):
    """Return one line about a consent."""
    values = {
        "purpose": consent.get_purpose_display(),
        "version": consent.text_version,
        "day": date_format(consent.given_at, "SHORT_DATE_FORMAT"),
        "how": consent.get_how_display(),
    }
    line = _("%(purpose)s · version %(version)s · %(day)s · %(how)s") % values
    if consent.by_writer:
        line = _("%(line)s · by the one who wrote") % {"line": line}
    if consent.withdrawn_at:
        day = date_format(consent.withdrawn_at, "SHORT_DATE_FORMAT")
        line = _("%(line)s · taken back %(day)s") % {"line": line, "day": day}
    return line


@register_section
def consent_section(person, user):
    """The consents of ``person``, and what to do where one is missing."""
    if not user.has_perm("peer_support.view_consent"):
        return None
    may_change = user.has_perm(f"peer_support.change_{kind_of(person)}")
    decision = rules.may_note_yes(person)
    context = {
        "title": _("Consent"),
        "consents": consent_rows(person, user),
        "missing": _missing(person),
        "yes_url": reverse(f"peer_support_recruitment:{kind_of(person)}_yes", args=[person.pk])
        if may_change and decision
        else "",
    }
    return "peer_support/recruitment/consent_section.html", context


def _taken_back(person):
    """What follows from it, with the day on which the record goes."""
    since = [person.match_stopped_on, person.course_stopped_on]
    if person.erased_on or not all(since):
        return _("The person has taken their yes back. Nothing is proposed.")
    day = rules_of_retention()[f"{kind_of(person)}_taken_back"].day_for(max(since))
    return _(
        "The person has taken their yes back. Nothing is proposed, and after %(day)s the record is erased. "
        "Is something open? Then end it first."
    ) % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def _missing(person):
    if rules.has_taken_back(person):
        return _taken_back(person)
    if rules.lacks_yes(person):
        return _("Somebody else wrote. The person has not said yes to us yet. Ring and ask.")
    if not rules.own_consents(person).exists():
        return _("No yes is written down here yet.")
    return ""


@register_section
def maybe_same_section(person, user):
    """Others of the initiative with the same telephone or e-mail, while the enquiry is new."""
    if person.status not in ("enquiry", "conversation"):
        return None
    same = people.maybe_same(
        model=type(person),
        initiative=person.initiative,
        phone=person.phone,
        email=person.email,
        exclude=person,
    )
    if not same:
        return None
    log_access(user=user, action=Action.SEARCH, objects=same, route=ROUTE)
    rows = [
        {"label": str(other), "status": other.get_status_display(), "url": person_url(other)}
        for other in same
    ]
    return "peer_support/recruitment/maybe_same.html", {"title": _("Maybe the same person"), "rows": rows}
