"""The clocks beside the rules of retention: what else decides how long a table's rows are kept, in words for the record."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..conf import peer_settings
from .retention import rules

# The clock of a table whose registration names none: with its person, or, where there is none, as long as the house needs it.
PERSON, HOUSE = "person", "house"
_clocks = {}


def register_clock(code, words):
    """Register a clock: ``words`` say how long, as a text or as a function that returns one; the same code again replaces it."""
    _clocks[code] = words
    return code


def clocks():
    """Return the codes of the registered clocks."""
    return set(_clocks)


def clocks_of(table):
    """Return the codes that a table's ``period`` names: rules of retention, and clocks that are registered here."""
    return table.period.split() or [PERSON if table.paths or table.rows else HOUSE]


def how_long(table):
    """Return how long the rows of ``table`` are kept, in words, with the months that hold on this site.

    Raises ``KeyError`` for a code that is neither a rule nor a clock.
    """
    return " ".join(_words(code) for code in clocks_of(table))


def _words(code):
    rule = rules().get(code)
    if rule is None:
        words = _clocks[code]
        return str(words() if callable(words) else words)
    months = ngettext("%(count)d month", "%(count)d months", rule.months_now) % {"count": rule.months_now}
    # The label stands as it is in the table of rules, so that one finds the reason there.
    return _("%(what)s (`%(code)s`): %(months)s.") % {"what": rule.label, "code": code, "months": months}


def months_of_the_log():
    """Return how long the access log is kept, in words."""
    months = peer_settings.ACCESS_LOG_MONTHS
    text = ngettext(
        "As long as the access log: %(count)d month.", "As long as the access log: %(count)d months.", months
    )
    return text % {"count": months}


register_clock(PERSON, gettext_lazy("With the person: it goes, or is emptied, when the person is erased."))
register_clock(HOUSE, gettext_lazy("As long as the house needs it. It is about nobody alone."))
register_clock("proof", gettext_lazy("As proof, without a name, when the person is erased."))
register_clock("access_log", months_of_the_log)
