"""What stands in the places of a paper: from the person, the initiative, the match, and what the coordinator typed."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..directory.models import LocalCoordinator
from ..matching import sentences
from .asked import asked_of
from .centre import centre_name
from .kinds import CertificateKind, PaperKind
from .models import Knows, PaperPolicy
from .records import records_of
from .service_time import length_in_words, service_of


def values_for(*, kind, person, typed, match=None, user=None, knows=Knows.NOTHING, day=None):
    """Return ``{place: text}`` for a paper of ``kind`` for ``person``; empty where nothing is known.

    ``typed`` is what stood in the form. Outside a match nothing of anybody else is looked at.
    """
    day = day or timezone.localdate()
    values = _common(person, user, day)
    if match is not None:
        return values | _match_values(match, person, typed, knows)
    if kind == PaperKind.CONTRACT:
        return values | _contract_values(person, typed)
    if kind == PaperKind.REFERENCE:
        return values | _reference_values(person, typed, day)
    return values


def _common(person, user, day):
    local = LocalCoordinator.objects.filter(initiative_id=person.initiative_id).first()
    own_name = user.get_full_name() if user is not None else ""
    name = own_name or (local.name if local else "") or _("the coordinator")
    phone = local.phone if local else ""
    return {
        "navn": person.display_name,
        "fornavn": person.first_name,
        "initiativ": person.initiative.title,
        "center": centre_name() or person.initiative.title,
        "koordinator": name,
        "koordinator_kontakt": _("%(name)s, telephone %(phone)s") % {"name": name, "phone": phone}
        if phone
        else name,
        "dato": sentences.day(day),
    }


def _contract_values(volunteer, typed):
    labels = dict(CertificateKind.choices)
    asked = [labels[kind] for kind in asked_of(volunteer.initiative_id).certificates]
    until = typed.get("until")
    return {
        "kontakt": " · ".join(filter(None, (volunteer.phone, volunteer.email))),
        "start": sentences.day(typed["starts"]) if typed.get("starts") else "",
        "slut": sentences.day(until) if until else _("until further notice"),
        "opgave": typed.get("work", ""),
        "sted": typed.get("place", ""),
        "timer": typed.get("hours", ""),
        "attester": sentences.listed(asked) if asked else "",
    }


def match_facts(match):
    """Return what the match says of the agreement, as texts; a change of it makes a paper an old one."""
    return {
        "start": sentences.day(match.active_from) if match.active_from else "",
        "slut": sentences.day(match.planned_end) if match.planned_end else "",
        "timer": sentences.number(match.hours_a_week) if match.hours_a_week is not None else "",
        "sted": match.place,
        "maal": match.goals,
    }


def _match_values(match, person, typed, knows):
    facts = match_facts(match)
    open_yet = _("not agreed yet")
    return {
        "anden": _other(match, person, knows),
        "start": facts["start"] or open_yet,
        "slut": facts["slut"] or open_yet,
        "timer": _hours(match) or open_yet,
        "sted": facts["sted"] or open_yet,
        "maal": facts["maal"] or open_yet,
        "kontaktform": typed.get("contact", "") or open_yet,
        "graenser": typed.get("boundaries", "") or open_yet,
    }


def _hours(match):
    if match.hours_a_week is None:
        return ""
    words = ngettext("%(hours)s hour a week", "%(hours)s hours a week", 1 if match.hours_a_week == 1 else 2)
    return words % {"hours": sentences.number(match.hours_a_week)}


def _other(match, person, knows):
    """Return what ``person`` may read about the other: no more than ``knows``."""
    other = match.volunteer if person._meta.model_name == "citizen" else match.citizen
    if knows == Knows.CONTACT:
        return " · ".join(filter(None, (other.first_name, other.phone or other.email)))
    if knows == Knows.FIRST_NAME:
        return other.first_name
    return _("your volunteer") if other is match.volunteer else _("the one you support")


def _reference_values(volunteer, typed, day):
    service = service_of(volunteer, day)
    policy = PaperPolicy.of(volunteer.initiative_id)
    return {
        "siden": sentences.day(service.since) if service.since else "",
        "aar": length_in_words(service.days),
        "opgave": typed.get("work", "") or policy.work,
        "optegnelser": capfirst(sentences.listed(records_of(volunteer, day))),
    }
