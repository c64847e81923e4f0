"""Take in what visitors send: one enquiry, the consent to it, and what follows, in one transaction."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ..access.scopes import scope_of
from ..people import services as people
from ..people.models import Citizen, Volunteer
from . import notices
from .models_consent import Consent, Purpose
from .services_consent import current_text, record_consent
from .services_talk import create_talk

ROUTE = "public:signup"
MODELS = {
    Purpose.SUPPORT: Citizen,
    Purpose.REFERRAL: Citizen,
    Purpose.COURSE: Citizen,
    Purpose.VOLUNTEER: Volunteer,
}


@dataclass(frozen=True)
class Enquiry:
    """What was taken in: the citizen, volunteer or request, and the consent to it."""

    subject: object
    consent: Consent


class TextHasChanged(Exception):
    """The words have been changed since the visitor read them; they are to be read, and agreed to, anew."""


def take_enquiry(*, kind, initiative, values, text=None, route=ROUTE):
    """Take in what a visitor wrote for ``initiative``, which names the scope. Everything is kept, or nothing.

    ``kind`` is a :class:`Purpose`, ``values`` the fields of the citizen, volunteer or request. ``text`` is the
    consent text that the visitor saw. Somebody who is known already is taken in all the same, and nobody is told
    but the coordinator, who sees both. Raises ``ValidationError``, ``NotAllowed`` or :class:`TextHasChanged`.
    """
    with scope_of(initiative.pk), transaction.atomic():
        current = current_text(kind)
        if text is not None and text.pk != current.pk:
            raise TextHasChanged
        subject = _take_in(kind, initiative, values, route)
        consent = record_consent(
            subject=subject,
            purpose=kind,
            how=Consent.How.FORM,
            text=current,
            by_writer=kind == Purpose.REFERRAL,
            route=route,
        )
        notices.after_enquiry(kind, subject)
    return Enquiry(subject, consent)


def _take_in(kind, initiative, values, route):
    if kind == Purpose.TALK:
        return create_talk(initiative=initiative, values=values, route=route)
    return people.create_person(
        model=MODELS[kind], initiative=initiative, values=values, user=None, route=route
    ).person


def values_for(kind, answers):
    """Return the fields of the record for what a visitor answered on the form of ``kind``."""
    if kind == Purpose.TALK:
        return {name: answers[name] for name in _TALK_FIELDS if answers.get(name) not in (None, "")}
    values = {
        name: answers.get(name, "") for name in ("first_name", "phone", "email", "postcode", "heard_of_us")
    }
    message = answers.get("message", "")
    values["motivation" if kind == Purpose.VOLUNTEER else "wish"] = message
    notes = []
    if answers.get("when_to_call"):
        notes.append(_("Best time to be rung: %(when)s") % {"when": answers["when_to_call"]})
    if kind == Purpose.COURSE:
        notes.append(_("Would like to hear about a group course."))
    if kind == Purpose.REFERRAL:
        values |= _of_writer(answers)
        notes.append(_("Has said yes to: %(what)s.") % {"what": answers["agreed_to"]})
        if answers.get("through_me"):
            notes.append(_("Is reached through the one who wrote."))
    values["notes"] = "\n".join(notes)
    return values


_TALK_FIELDS = (
    "organisation",
    "contact_name",
    "phone",
    "email",
    "about",
    "date_wish",
    "audience_size",
    "town",
    "story_id",
    "heard_of_us",
)


def _of_writer(answers):
    parts = [answers["writer_name"], answers.get("writer_work", ""), answers["writer_contact"]]
    return {"came_by": answers["relation"], "referred_by": " · ".join(part for part in parts if part)}
