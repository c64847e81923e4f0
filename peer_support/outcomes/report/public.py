"""What a public page may show: read from what was kept at night. No scope is opened, and nothing is counted here."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.utils.translation import gettext as _

from ..numbers.registry import HOURS, figures
from ..numbers.wording import number
from .models import PublicNumbers
from .services import CACHE_KEY, LAST12, PUBLIC

# What is kept at night may be read from the cache of each web process; whoever keeps new numbers empties its own.
CACHE_SECONDS = 600


@dataclass(frozen=True)
class PublicNumber:
    """One number on a page: ``text`` is empty where it is not shown."""

    label: str
    definition: str
    text: str


@dataclass(frozen=True)
class PublicShown:
    """The numbers of one block; ``when`` says of which time, ``counted_on`` on which day they were counted."""

    numbers: tuple
    when: str
    counted_on: date
    rounded: bool

    @property
    def hides_some(self):
        return any(not one.text for one in self.numbers)


def figure_choices():
    """Return what an editor may choose from, in the order of the figures."""
    return [(code, str(figure.label)) for code, figure in figures().items() if code in PUBLIC]


def _kept():
    """Return every kept row by initiative and period; most pages that show numbers ask the database for none."""
    rows = cache.get(CACHE_KEY)
    if rows is None:
        rows = {(row.initiative_id, row.period): row for row in PublicNumbers.objects.all()}
        cache.set(CACHE_KEY, rows, CACHE_SECONDS)
    return rows


def numbers_for_page(*, codes, year=None, last12=False, initiative_id=None):
    """Return the :class:`PublicShown` of a block, or None where nothing is kept of that time."""
    rows = _kept()
    if last12:
        row = rows.get((initiative_id, LAST12))
    elif year:
        row = rows.get((initiative_id, str(year)))
    else:
        own = [period for key, period in rows if key == initiative_id and period != LAST12]
        row = rows.get((initiative_id, max(own, default="")))
    if row is None:
        return None
    known = figures()
    return PublicShown(
        tuple(
            PublicNumber(str(known[code].label), str(known[code].definition), _text(row, known[code]))
            for code in codes
            if code in known and code in row.values
        ),
        _("the last twelve months that are over") if last12 else row.period,
        row.counted_on,
        row.rounded,
    )


def _text(row, figure):
    value = row.values[figure.code]
    if value is None:
        return ""
    text = number(value)
    if row.rounded:
        text = _("about %(n)s") % {"n": text}
    return _("%(n)s hours") % {"n": text} if figure.unit == HOURS else text
