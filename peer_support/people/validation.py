"""What a person's record must satisfy. Each rule says, in a sentence, what to do."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CPR = re.compile(r"\b(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}\b")
FREE_TEXT = ("notes", "motivation", "resources", "wish", "expectations", "pause_reason")


def check_person(person):
    """Raise ``ValidationError`` with every fault found, each on its field."""
    errors = {}
    if not (person.phone or person.email):
        errors["phone"] = _(
            "Write a telephone number or an e-mail address, so that you can reach the person."
        )
    if person.postcode and not re.fullmatch(r"\d{4}", person.postcode):
        errors["postcode"] = _("A Danish postcode has four digits, such as 3000.")
    for low, high in (
        ("hours_min", "hours_max"),
        ("age_wish_min", "age_wish_max"),
        ("paused_from", "paused_until"),
    ):
        first, last = getattr(person, low), getattr(person, high)
        if first is not None and last is not None and first > last:
            errors[high] = _("This must not be before or less than the field beside it.")
    if person.paused_until and not person.paused_from:
        errors["paused_from"] = _("Write when the pause begins.")
    for name in FREE_TEXT:
        if CPR.search(getattr(person, name, "") or ""):
            errors[name] = _("This looks like a CPR number. Please take it out; it must not stand here.")
    if errors:
        raise ValidationError(errors)
