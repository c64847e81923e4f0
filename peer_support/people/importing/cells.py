"""From what stands in a cell to a value: each function takes text and raises ``ValidationError`` with a sentence."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...directory.importing.spellings import spellings
from .. import times
from ..models import Channel, Citizen, Gender, GenderWish

GENDERS = {
    Gender.WOMAN: ("kvinde", "k", "woman", "female", "f"),
    Gender.MAN: ("mand", "m", "man", "male"),
    Gender.OTHER: ("andet", "anden", "other", "x"),
    Gender.UNKNOWN: ("", "-", "?", "ikke oplyst", "ukendt", "unknown", "not stated"),
}
WISHES = {
    GenderWish.WOMAN: ("kvinde", "en kvinde", "k", "woman", "a woman"),
    GenderWish.MAN: ("mand", "en mand", "m", "man", "a man"),
    GenderWish.OTHER: ("andet", "anden", "other"),
    GenderWish.OPEN: ("", "-", "ingen", "lige meget", "alle", "intet ønske", "no wish", "any"),
}
CHANNELS = {
    Channel.IN_PERSON: ("fysisk", "ansigt til ansigt", "i person", "personligt", "mødes", "in person"),
    Channel.PHONE: ("telefon", "i telefon", "telefonisk", "tlf", "phone", "by telephone"),
    Channel.VIDEO: ("video", "på video", "online", "videoopkald", "by video"),
    Channel.CHAT: ("chat", "på chat", "sms", "skriftligt", "by chat"),
}
CAME_BY = {
    Citizen.CameBy.SELF: ("selv", "egen henvendelse", "self", "borgeren selv"),
    Citizen.CameBy.PROFESSIONAL: (
        "fagperson",
        "en fagperson",
        "kommune",
        "kommunen",
        "læge",
        "sagsbehandler",
        "professional",
    ),
    Citizen.CameBy.RELATIVE: ("pårørende", "en pårørende", "familie", "ven", "relative"),
}


def text(value):
    return value


def day(value):
    """``24.12.2026``, ``24-12-26``, ``24/12 2026`` or ``2026-12-24``."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", value)
    parts = [int(part) for part in found.groups()] if found else None
    if parts is None:
        found = re.fullmatch(r"(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4}|\d{2})", value)
        if found:
            parts = [int(part) for part in reversed(found.groups())]
            parts[0] += 2000 if parts[0] < 100 else 0
    try:
        return date(*parts)
    except (TypeError, ValueError):
        raise ValidationError(
            _("We do not understand the date “%(text)s”. Write it as 24.12.2026.") % {"text": value}
        ) from None


def whole(value):
    """A whole number, ``5``, ``5 km`` or ``5,0``."""
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?\s*(?:km|timer|t|stk)?\.?", value, re.IGNORECASE)
    if not found:
        raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": value})
    return int(found[1])


def hours(value):
    """Hours with a comma or a point, ``1,5``."""
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:timer|time|t|hours|h)?\.?", value, re.IGNORECASE)
    try:
        return Decimal(found[1].replace(",", ".")).quantize(Decimal("0.1"))
    except (TypeError, InvalidOperation):
        raise ValidationError(
            _("We do not understand the hours “%(text)s”. Write them as 2 or 1,5.") % {"text": value}
        ) from None


def hour_range(value):
    """``1-2``, ``2 timer``: returns ``(low, high)``."""
    low, mark, high = re.sub(r"\s*(?:–|—|til|to)\s*", "-", value.strip()).partition("-")
    return (hours(low.strip()), hours(high.strip())) if mark else (hours(low), hours(low))


def year(value):
    """A year of birth, also out of a whole date."""
    return int(value) if re.fullmatch(r"\d{4}", value) else day(value).year


def postcode(value):
    """Four digits; a spreadsheet drops the zero in front, and some write the town after it."""
    found = re.match(r"(?:DK[- ]?)?(\d{3,4})\b", value, re.IGNORECASE)
    if not found:
        raise ValidationError(_("A Danish postcode has four digits, such as 3000."))
    return found[1].zfill(4)


def _one_of(value, table):
    wanted = value.casefold().strip()
    for code, words in table.items():
        if wanted in words or wanted in {word.casefold() for word in spellings(code.label)}:
            return code
    known = ", ".join(str(code.label) for code in table)
    raise ValidationError(
        _("We do not know “%(text)s” here. You can write: %(known)s.") % {"text": value, "known": known}
    )


def gender(value):
    return _one_of(value, GENDERS).value


def gender_wish(value):
    return _one_of(value, WISHES).value


def came_by(value):
    return _one_of(value, CAME_BY).value


def channels(value):
    return sum({_one_of(word, CHANNELS).value for word in words(value)})


def weekly(value):
    return times.canonical(times.parse(value))


def words(value):
    """Return the words of a cell, divided by comma, semicolon, slash or line break, each once."""
    found = [" ".join(word.split()) for word in re.split(r"[,;/\n]", value)]
    return list(dict.fromkeys(word for word in found if word))
