"""What a person's record must satisfy. Each rule says, in a sentence, what to do."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ..privacy.cpr import refuse_cpr
from .contact import normalise_phone

# Wherever a person writes freely; a CPR number may stand in none of them.
FREE_TEXT = (
    "external_id",
    "first_name",
    "last_name",
    "phone",
    "heard_of_us",
    "notes",
    "motivation",
    "resources",
    "readiness",
    "training_wishes",
    "wish",
    "expectations",
    "special_knowledge",
    "referred_by",
    "pause_reason",
)
_HOURS = _("The most hours are fewer than the least. Do the two numbers need to change places?")
_AGES = _("The highest age is lower than the lowest. Do the two numbers need to change places?")
_DATES = _("The end comes before the beginning. Please look at both dates once more.")
PAIRS = (
    ("hours_min", "hours_max", _HOURS),
    ("age_wish_min", "age_wish_max", _AGES),
    ("paused_from", "paused_until", _DATES),
    ("contract_on", "contract_until", _DATES),
    ("certificate_seen_on", "certificate_until", _DATES),
)
CONTACT = ("phone", "email")


def check_person(person):
    """Raise ``ValidationError`` with every fault found, each on its field."""
    errors = {}
    for check in (_contact_errors, _place_errors, _pair_errors, _text_errors):
        for name, error in check(person).items():
            errors.setdefault(name, error)
    if errors:
        raise ValidationError(errors)


def _contact_errors(person):
    errors = {}
    if not (person.phone or person.email):
        errors["phone"] = _(
            "Write a telephone number or an e-mail address, so that you can reach the person."
        )
    if person.phone and not normalise_phone(person.phone):
        errors["phone"] = _("We do not understand the telephone number. Write it as 12 34 56 78.")
    if person.email:
        try:
            validate_email(person.email)
        except ValidationError:
            errors["email"] = _("We do not understand the e-mail address. Write it as name@example.com.")
    return errors


def _place_errors(person):
    if person.postcode and not re.fullmatch(r"\d{4}", person.postcode):
        return {"postcode": _("A Danish postcode has four digits, such as 3000.")}
    return {}


def _pair_errors(person):
    errors = {}
    for low, high, sentence in PAIRS:
        first, last = getattr(person, low, None), getattr(person, high, None)
        if first is not None and last is not None and first > last:
            errors[high] = sentence
    if person.paused_until and not person.paused_from:
        errors["paused_from"] = _("Write when the pause begins.")
    return errors


def _text_errors(person):
    errors = {}
    for name in FREE_TEXT:
        try:
            refuse_cpr(getattr(person, name, ""))
        except ValidationError as error:
            errors[name] = error
    return errors
