"""Days, weeks and times of courses in words."""

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from . import schedule

# "on Mondays", as it stands in a sentence.
_EVERY = (
    _("on Mondays"),
    _("on Tuesdays"),
    _("on Wednesdays"),
    _("on Thursdays"),
    _("on Fridays"),
    _("on Saturdays"),
    _("on Sundays"),
)


def week(day, today=None):
    """Return "week 34", with the ISO year where it is not the one of ``today``."""
    year, number = schedule.week_of(day)
    if today is not None and schedule.week_of(today)[0] != year:
        return gettext("week %(number)s, %(year)s") % {"number": number, "year": year}
    return gettext("week %(number)s") % {"number": number}


def clock(at):
    """Return "19.00"."""
    return f"{at.hour:02d}.{at.minute:02d}"


def hours(day, at, minutes):
    """Return "19.00–21.00": when it begins and ends by the clock on the wall."""
    return f"{clock(at)}–{clock(schedule.ends(day, at, minutes))}"


def day(value):
    """Return "Tuesday 4 August 2026", in the reader's language."""
    return gettext("%(weekday)s %(date)s") % {
        "weekday": str(WEEKDAYS[value.weekday()]).capitalize(),
        "date": date_format(value, "DATE_FORMAT"),
    }


def day_in_sentence(value):
    """Return "Tuesday 4 August 2026" as it stands inside a sentence: small letters where the language has them."""
    return gettext("%(weekday)s %(date)s") % {
        "weekday": str(WEEKDAYS[value.weekday()]),
        "date": date_format(value, "DATE_FORMAT"),
    }


def rhythm(first, at, minutes, interval):
    """Return "on Tuesdays, 19.00–21.00", or how many weeks lie between."""
    facts = {
        "weekday": str(_EVERY[first.weekday()]),
        "hours": hours(first, at, minutes),
        "weeks": interval,
    }
    if interval == 1:
        return gettext("%(weekday)s, %(hours)s") % facts
    if interval == 2:
        return gettext("%(weekday)s, %(hours)s, every second week") % facts
    return gettext("%(weekday)s, %(hours)s, every %(weeks)s weeks") % facts


def length(minutes):
    """Return "2 hours" or "1 hour 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    parts = []
    if whole == 1:
        parts.append(gettext("1 hour"))
    elif whole:
        parts.append(gettext("%(count)s hours") % {"count": whole})
    if rest:
        parts.append(gettext("%(count)s minutes") % {"count": rest})
    return " ".join(parts)


def skipped(skip):
    """Return why a day is skipped, as a sentence."""
    facts = {"day": day(skip.day), "week": week(skip.day), "name": skip.name}
    if skip.why == schedule.Why.PUBLIC_HOLIDAY:
        return gettext("%(day)s (%(week)s) is skipped: %(name)s is a public holiday.") % facts
    return gettext("%(day)s (%(week)s) is skipped: %(name)s.") % facts


def odd_clock(value, at, found):
    """Return a sentence on a time that does not come, or comes twice, because the clock changes; empty otherwise."""
    facts = {"day": day(value), "time": clock(at)}
    if found == schedule.Clock.NEVER:
        return (
            gettext("%(day)s: the clock is put forward, and %(time)s does not come. Choose another time.")
            % facts
        )
    if found == schedule.Clock.TWICE:
        return gettext("%(day)s: the clock is put back, and %(time)s comes twice. We mean the first.") % facts
    return ""


def seats(taken, capacity):
    """Return how many places there are, in words: never a number, so that nobody can count who is in the group."""
    if capacity is None:
        return gettext("open to everybody")
    left = capacity - taken
    if left <= 0:
        return gettext("waiting list")
    return gettext("few places left") if left <= max(1, capacity // 4) else gettext("places left")


def weeks(days):
    """Return "week 32" or "weeks 32, 33 and 34" for some days, each week once."""
    numbers = [str(number) for __, number in dict.fromkeys(schedule.week_of(value) for value in days)]
    count, last = len(numbers), numbers.pop()
    if numbers:
        last = pgettext("list of weeks", "%(some)s and %(last)s") % {"some": ", ".join(numbers), "last": last}
    return ngettext("week %(numbers)s", "weeks %(numbers)s", count) % {"numbers": last}
