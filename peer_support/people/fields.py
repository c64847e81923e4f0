"""Model fields of people: several flags in one number, and weekly times in one line."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import times
from .widgets import FlatCheckboxes, WeeklyTimesFormField


class FlagsFormField(forms.TypedMultipleChoiceField):
    """Check boxes whose values are added up; nothing ticked is 0, which means unknown."""

    widget = FlatCheckboxes

    def __init__(self, **kwargs):
        kwargs.setdefault("coerce", int)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            return [flag for flag, __ in self.choices if value & int(flag)]
        return value

    def clean(self, value):
        return sum(set(super().clean(value) or []))

    def has_changed(self, initial, data):
        return (initial or 0) != sum({int(v) for v in data or [] if str(v).isdigit()})


class FlagsField(models.PositiveIntegerField):
    """A sum of powers of two with a name each, e.g. channels. 0 is *unknown*."""

    def __init__(self, *args, flags=(), **kwargs):
        self.flags = tuple((int(value), label) for value, label in flags)
        kwargs.setdefault("default", 0)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        kwargs.pop("form_class", None)
        return FlagsFormField(
            choices=self.flags,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            required=False,
        )

    def names(self, value):
        """Return the labels of the flags set in ``value``."""
        return [label for flag, label in self.flags if (value or 0) & flag]


class WeeklyTimesField(models.TextField):
    """Weekly times as one canonical line; see :mod:`peer_support.people.times`. Empty is *unknown*."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return WeeklyTimesFormField(
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            required=False,
        )

    def clean(self, value, model_instance):
        return super().clean(times.canonical(times.parse(value)), model_instance)


def validate_year(value):
    """A year of birth between 1900 and 2100."""
    if not 1900 <= value <= 2100:
        raise ValidationError(_("Write the year with four digits, such as 1974."))
