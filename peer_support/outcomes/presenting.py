"""A progress star in words, in a table and as a drawing; all three say the same numbers."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import rules
from .drawing import Area, Drawing, draw

# How many days a table shows beside "when I began": more than fit on a sheet of paper help nobody.
MOST_DAYS = 6


@dataclass(frozen=True)
class Row:
    """One area: its number in the star, its name, then and now (1–10 or ``None``), in words, and every day."""

    number: int
    key: int
    name: str
    start: int | None
    now: int | None
    start_words: str
    now_words: str
    days: tuple


@dataclass(frozen=True)
class StarPicture:
    """What a page or a sheet shows of one star. ``readable`` is false where the key to it is missing."""

    rows: tuple
    days: tuple
    drawing: Drawing
    sentence: str
    started_on: object = None
    latest_on: object = None
    readable: bool = True

    @property
    def has_numbers(self):
        return any(row.start is not None for row in self.rows)

    @property
    def has_two(self):
        return len(self.days) > 1

    @property
    def description(self):
        """The drawing in one line, for those who hear the page."""
        return "; ".join(
            f"{row.name}: {row.start_words}" + (f" → {row.now_words}" if self.has_two else "")
            for row in self.rows
        )


def then_and_now(key, readings):
    """Return ``(start, now)`` of the area ``key``: the first number stated, and the newest that was stated later.

    Somebody who skipped the area the last time has no "now": an old number is not passed off as today's.
    """
    start = now = None
    for reading in readings:
        if key not in reading:
            continue
        value = reading[key]
        if start is None:
            start = value
        else:
            now = value
    return start, now


def words_for(value, asked):
    """Return a number, or what to say instead: "not stated" for what was skipped, "not yet" for what was not asked."""
    if value is not None:
        return str(value)
    return _("not stated") if asked else _("not yet")


def picture_of(star):
    """Return the :class:`StarPicture` of ``star`` (its ``readings`` prefetched)."""
    if not rules.is_readable(star):
        return StarPicture(
            (), (), draw([]), _("The star cannot be read: the key is missing."), readable=False
        )
    readings = sorted(star.readings.all(), key=lambda reading: (reading.on, reading.pk))
    answers = [reading.answers for reading in readings]
    shown = readings if len(readings) <= MOST_DAYS else [readings[0], *readings[1 - MOST_DAYS :]]
    rows = tuple(
        _row(number, key, name, answers, [reading.answers for reading in shown])
        for number, (key, name) in enumerate(star.areas, 1)
    )
    return StarPicture(
        rows,
        tuple(reading.on for reading in shown),
        draw([Area(row.name, row.start, row.now) for row in rows]),
        sentence_for(rows, len(readings)),
        readings[0].on if readings else None,
        readings[-1].on if readings else None,
    )


def blank_picture(star):
    """Return the star with its areas and no numbers, to fill in by hand."""
    pairs = star.areas if star is not None and star.is_readable else []
    rows = tuple(Row(n, key, name, None, None, "", "", ()) for n, (key, name) in enumerate(pairs, 1))
    return StarPicture(rows, (), draw([Area(row.name) for row in rows]), "")


def _row(number, key, name, answers, shown):
    start, now = then_and_now(key, answers)
    given = [reading[key] for reading in answers if key in reading]
    skipped_last = bool(given) and given[-1] is None
    return Row(
        number,
        key,
        name,
        start,
        now,
        words_for(start, skipped_last),
        words_for(now, skipped_last),
        tuple(words_for(reading.get(key), key in reading) for reading in shown),
    )


def sentence_for(rows, days):
    """Return what the numbers say, in plain words that praise nobody and blame nobody."""
    both = [row for row in rows if row.start is not None and row.now is not None]
    if not any(row.start is not None for row in rows):
        return _("There are no numbers yet.")
    if days < 2 or not both:
        return _(
            "This is how it was the first time. Answer again in some weeks, and you can see whether anything has moved. "
            "A number is only a picture of one moment."
        )
    return " ".join(
        filter(None, (_moved(both), _largest(both), _("A number is only a picture of one moment.")))
    )


def _moved(rows):
    up = sum(row.now > row.start for row in rows)
    down = sum(row.now < row.start for row in rows)
    values = {"up": up, "down": down}
    if up and down:
        return (
            ngettext(
                "In %(up)d area you have gone up, in %(down)d down.",
                "In %(up)d areas you have gone up, in %(down)d down.",
                up,
            )
            % values
        )
    if up:
        return ngettext("In %(up)d area you have gone up.", "In %(up)d areas you have gone up.", up) % values
    if down:
        return (
            ngettext(
                "In %(down)d area the number is lower than when you began.",
                "In %(down)d areas the number is lower than when you began.",
                down,
            )
            % values
        )
    return _("The numbers are the same as when you began.")


def _largest(rows):
    most = max(abs(row.now - row.start) for row in rows)
    if not most:
        return ""
    found = [row for row in rows if abs(row.now - row.start) == most]
    row = found[0]
    return _("The largest difference: %(area)s, from %(start)d to %(now)d.") % {
        "area": row.name[:1].lower() + row.name[1:],
        "start": row.start,
        "now": row.now,
    }


def latest_line(picture, star):
    """Return one line for the person's page in the admin: when, how many areas, and who may see it."""
    if not picture.readable:
        return picture.sentence
    areas = ngettext("%(count)d area", "%(count)d areas", len(picture.rows)) % {"count": len(picture.rows)}
    if not picture.latest_on:
        when = _("nothing answered yet")
    else:
        times = ngettext("answered once", "answered %(count)d times", star.readings.count()) % {
            "count": star.readings.count()
        }
        day = date_format(picture.latest_on, "SHORT_DATE_FORMAT")
        when = _("%(times)s, the last time %(day)s") % {"times": times, "day": day}
    line = f"{areas} · {when}"
    if star.citizen_id:
        line += " · " + (
            _("the volunteer may see it") if star.shown_to_volunteer else _("hidden from the volunteer")
        )
    return capfirst(line)
