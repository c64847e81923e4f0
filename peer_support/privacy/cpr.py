"""CPR numbers in free text: found however they are written, and taken out, or refused, before anything is kept.

A person registration number is ten digits that begin with a date (day, month, year). The check digit says nothing
since 2007, and replacement numbers add 60 to the day (CPR-kontoret), so neither is asked for here: a number that only
looks like one is better taken out than kept.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REPLACEMENT = "…"
# Between the parts people write a space, a dot, a dash or a slash, and sometimes the century.
_SEP = r"[ .\-/]{0,2}"
# The last four may stand in pairs, but after a dash only: two telephone numbers beside each other are pairs as well.
_LAST = r"(?:[ ]{0,2}\d{4}|[ ]?[-/.]{1,2}[ ]?\d{2}[ ]?\d{2})"
_ANY_CPR = re.compile(
    rf"(?<!\d)(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){_SEP}(0[1-9]|1[0-2]){_SEP}(19|20)?\d{{2}}{_LAST}(?!\d)"
)


def _plain(char):
    """Return what ``char`` looks like to a reader of numbers: one plain digit, space or dash, or itself."""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Zl", "Zp") or char in "\t\r\n":
        return " "
    return char


def strip_cpr(text, replacement=REPLACEMENT):
    """Return ``(text, how many)``: ``text`` with everything that looks like a CPR number replaced by ``replacement``.

    Digits of other scripts, every kind of dash and space, and marks that take no room are seen through.
    """
    kept = [(place, char) for place, char in enumerate(text) if unicodedata.category(char) != "Cf"]
    shadow = "".join(_plain(char) for __, char in kept)
    found = list(_ANY_CPR.finditer(shadow))
    for match in reversed(found):
        first, last = kept[match.start()][0], kept[match.end() - 1][0]
        text = text[:first] + replacement + text[last + 1 :]
    return text, len(found)


def refuse_cpr(text):
    """Raise ``ValidationError`` where ``text`` holds something that looks like a CPR number."""
    if strip_cpr(text or "")[1]:
        raise ValidationError(
            _("This looks like a CPR number. Please take it out; it must not stand here."), code="cpr"
        )


class CarefulFormMixin:
    """A form that colleagues write in: a CPR number may stand in none of its words. Stands before the form's class.

    Public forms take the number out instead (:func:`strip_cpr`): a citizen is not to be sent back for it.
    """

    def full_clean(self):
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(value, str):
                try:
                    refuse_cpr(value)
                except ValidationError as fault:
                    self.add_error(name if name in self.fields else None, fault)


class CarefulForm(CarefulFormMixin, forms.Form):
    """A plain form of the admin in whose words no CPR number may stand."""
