"""What the engine found and what happened, as plain sentences."""

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext


def day(date):
    """A date as people write it."""
    return date_format(date, "DATE_FORMAT")


def event(event):
    """One step of a match as a sentence."""
    return str(event.action)


def rule_for_pair(code, citizen, volunteer):
    """Why these two cannot be proposed to each other, as a sentence."""
    return code
