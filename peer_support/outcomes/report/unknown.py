"""What a report does not know: printed as plainly as what it does."""

from django.utils.translation import gettext as _

from ..numbers.registry import ALL, UNKNOWN
from .gathering import HIDDEN


def unknown_of(numbers, row, lines):
    """Return sentences about what is missing behind the numbers of the report's year, for ``row``."""
    found = []

    def told(code, text, key=None):
        if code not in numbers.answers:
            return
        value = numbers.at(code, row if key is None else key)
        if value is HIDDEN:
            found.append(text % {"n": _("some, and the number is hidden")})
        elif value:
            found.append(text % {"n": value})

    if row == ALL and any(key == UNKNOWN for key, __ in numbers.towns):
        told("enquiries", _("Town not known, among those who enquired: %(n)s."), UNKNOWN)
    told("endings_by_nobody", _("Matches that ended, and nobody has written by whom: %(n)s."))
    if "hours" in lines:
        found.append(
            _(
                "Hours are an estimate. Nobody counts them: they are what the pairs agreed on, and what was planned for "
                "courses and accompaniment."
            )
        )
    found.append(
        _(
            "Those who have been erased still count. Nothing else is known about them any more: neither town nor why "
            "something ended."
        )
    )
    found.append(
        _(
            "What nobody wrote down is not counted: a talk without a note, a meeting that a pair kept to itself."
        )
    )
    found.append(_("Numbers can grow after the report was made, when something is written down late."))
    return found
