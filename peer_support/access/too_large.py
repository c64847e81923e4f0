"""A number in an address or a form that is larger than any key: SQLite raises where PostgreSQL finds nothing.

Django looks up the choices of a field with what was sent, so a key of forty digits would be an error page. Only a program
sends such a thing. It is told so, in one sentence.
"""

from django.http import HttpResponseBadRequest
from django.utils.translation import gettext as _


def is_too_large(error):
    """Whether ``error`` is SQLite's word for a number that fits no column."""
    return isinstance(error, OverflowError) and "SQLite INTEGER" in str(error)


def refused():
    """Return the answer, 400: nothing was written."""
    text = _("One of the numbers that was sent is too large. Nothing was saved. Go back and try again.")
    return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")
