"""What a request for a talk must satisfy."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..people.contact import normalise_phone
from ..privacy.cpr import refuse_cpr

FREE_TEXT = ("organisation", "contact_name", "phone", "about", "date_wish", "town", "heard_of_us", "notes")


def contact_faults(phone, email):
    """Return ``{field: sentence}`` of what is wrong with one way to reach somebody."""
    faults = {}
    if not (phone or email):
        faults["phone"] = _("Write a telephone number or an e-mail address. One of them is enough.")
    if phone and not normalise_phone(phone):
        faults["phone"] = _("We do not understand the telephone number. Write it as 12 34 56 78.")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            faults["email"] = _("We do not understand the e-mail address. Write it as name@example.com.")
    return faults


def check_talk(talk):
    """Raise ``ValidationError`` with every fault found, each on its field."""
    faults = contact_faults(talk.phone, talk.email)
    for name in FREE_TEXT:
        try:
            refuse_cpr(getattr(talk, name))
        except ValidationError as error:
            faults.setdefault(name, error)
    if faults:
        raise ValidationError(faults)
