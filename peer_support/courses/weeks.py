"""ISO weeks in words: "uge 32", everywhere the same."""

from datetime import date, timedelta

from django.utils.translation import gettext, pgettext
from django.utils.translation import ngettext


def week_of(day):
    """Return (ISO year, week) of ``day``."""
    return tuple(day.isocalendar()[:2])


def days_of(year, week):
    """Return the Monday and the Sunday of an ISO week; ``ValueError`` where there is no such week."""
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=6)


def words(day, today=None):
    """Return "week 32", with the ISO year where it is not the year of ``today``."""
    year, number = week_of(day)
    if today is not None and week_of(today)[0] != year:
        return gettext("week %(number)s, %(year)s") % {"number": number, "year": year}
    return gettext("week %(number)s") % {"number": number}


def list_of(days):
    """Return "week 32" or "weeks 32, 33 and 34" for some days, each week once."""
    numbers = list(dict.fromkeys(week_of(day) for day in days))
    text = [str(number) for __, number in numbers]
    joined = pgettext("list of weeks", " and ").join(filter(None, (", ".join(text[:-1]), text[-1])))
    return ngettext("week %(numbers)s", "weeks %(numbers)s", len(text)) % {"numbers": joined}


def neighbours(year, week):
    """Return the weeks before and after, each as (ISO year, week)."""
    monday, __ = days_of(year, week)
    return week_of(monday - timedelta(days=7)), week_of(monday + timedelta(days=7))
