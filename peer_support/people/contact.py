"""Find the same telephone number or e-mail address again without keeping it readable.

Numbers and addresses are normalised and hashed whole with the index key: equal ones meet, similar ones do not.
"""

import hashlib
import hmac
import re

from django.db.models import Q

from ..privacy.keys import index_key

_TOKEN_LENGTH = 24


def normalise_phone(text):
    """Return the digits of ``text``, without the Danish country code; empty where there are fewer than six."""
    cleaned = re.sub(r"\(0\)", "", text or "")
    digits = re.sub(r"\D", "", cleaned)
    digits = digits.removeprefix("00") if digits.startswith("00") else digits
    if len(digits) == 10 and digits.startswith("45"):
        digits = digits[2:]
    return digits if len(digits) >= 6 else ""


def normalise_email(text):
    """Return ``text`` in lower case without spaces around it."""
    return (text or "").strip().casefold()


def contact_tokens(phone="", email=""):
    """Return one token per way to reach a person, ``{"phone": …, "email": …}``; empty ones are left out."""
    values = {"phone": normalise_phone(phone), "email": normalise_email(email)}
    return {
        kind: hmac.new(index_key(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:_TOKEN_LENGTH]
        for kind, value in values.items()
        if value
    }


def contact_index(phone, email):
    """Return the tokens as stored on a person's row: one string with a space around each."""
    tokens = contact_tokens(phone, email)
    return f" {' '.join(tokens.values())} " if tokens else ""


def with_same_contact(queryset, phone="", email=""):
    """Return the people of ``queryset`` who share the telephone number or the e-mail address."""
    tokens = contact_tokens(phone, email)
    if not tokens:
        return queryset.none()
    found = Q()
    for token in tokens.values():
        found |= Q(contact_index__contains=f" {token} ")
    return queryset.filter(found)
