"""Text that is encrypted at rest.

The database, a dump of it and a backup hold only Fernet tokens. A value whose key is lost is shown as
unreadable, is written back untouched, and can be deleted without the key.
"""

from cryptography.fernet import InvalidToken
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_noop

from .keys import fernet

PLACEHOLDER = gettext_noop("(cannot be read: the key is missing)")


class Unreadable(str):
    """Stands for a value whose key is missing; keeps the token so that saving the row loses nothing."""

    token: str

    @classmethod
    def of(cls, token):
        value = cls(gettext(PLACEHOLDER))
        value.token = token
        return value


class UnstorableWords(ValueError):
    """The words that stand for an unreadable value were to be stored as if somebody had written them."""

    def __init__(self, words):
        super().__init__("The words for an unreadable value cannot be stored; keep the value itself.")
        self.words = words


def stands_for_unreadable(text):
    """Whether ``text`` is the words that stand for an unreadable value."""
    return text in (PLACEHOLDER, gettext(PLACEHOLDER))


def refuse_unreadable(value):
    """Validator: refuse the words that stand for an unreadable value where somebody has typed them."""
    if not isinstance(value, Unreadable) and stands_for_unreadable(value):
        raise ValidationError(
            gettext("These words stand for a text that cannot be read. Write it in other words.")
        )


def encrypt(text):
    """Return the token (``str``) for ``text``; the empty string stays empty.

    Raises :class:`UnstorableWords` for the words that stand for an unreadable value: storing them would lose the value.
    """
    if isinstance(text, Unreadable):
        return text.token
    if stands_for_unreadable(text):
        raise UnstorableWords(text)
    return fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(token):
    """Return the text of ``token``, or an :class:`Unreadable` where no key fits."""
    if not token:
        return ""
    try:
        return fernet().decrypt(token.encode()).decode()
    except (InvalidToken, ImproperlyConfigured):
        # Reading must not fail here: a row is read before it is erased, and erasing needs no key.
        return Unreadable.of(token)


class EncryptedTextField(models.TextField):
    """A ``TextField`` whose column holds ciphertext. It cannot be searched, sorted or compared in SQL."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else decrypt(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else encrypt(value)

    def validate(self, value, model_instance):
        """Refuse the words that stand for an unreadable value, with a sentence: :func:`encrypt` does not store them."""
        super().validate(value, model_instance)
        refuse_unreadable(value)

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(
                f"An encrypted field cannot be looked up by {lookup_name!r}; use the blind index."
            )
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        return None

    def save_form_data(self, instance, data):
        """Keep a value that could not be read when a form sends back the words that stood for it."""
        current = getattr(instance, self.attname)
        if not (isinstance(current, Unreadable) and (data or "").strip() == current.strip()):
            super().save_form_data(instance, data)


class EncryptedCharField(EncryptedTextField):
    """One line of encrypted text; ``max_length`` bounds what is typed, not what is stored."""

    def formfield(self, **kwargs):
        from django import forms

        return super().formfield(**{"widget": forms.TextInput, **kwargs})
