"""What was sent and can be stored by no column: refused in one sentence, where no form has refused it.

A number larger than any key: SQLite raises where PostgreSQL finds nothing, already when Django looks up a choice. Only a
program sends such a thing. And the words that stand for a text whose key is lost, in a form that is not the row's own:
stored as words they would hide the text that may yet be read. And a form of several rows that was cut off on the way: it
says how many rows there were, and some are not there.
"""

import re

from django.http import HttpResponseBadRequest
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from ..privacy.fields import UnstorableWords


def is_too_large(error):
    """Whether ``error`` is SQLite's word for a number that fits no column."""
    return isinstance(error, OverflowError) and "SQLite INTEGER" in str(error)


def is_cut_off(error):
    """Whether ``error`` is a row of a form that the form itself says is there: "plans-0-id"."""
    key = error.args[0] if isinstance(error, MultiValueDictKeyError) and error.args else ""
    return re.fullmatch(r"\S+-\d+-\w+", str(key)) is not None


def refusal_of(error):
    """Return the answer (400, nothing was written) to a request that ended in ``error``, or ``None`` for other faults."""
    if is_too_large(error):
        text = _("One of the numbers that was sent is too large. Nothing was saved. Go back and try again.")
    elif is_cut_off(error):
        text = _("A part of the form did not arrive. Nothing was saved. Go back and try again.")
    elif isinstance(error, UnstorableWords):
        text = _(
            "“{words}” stands for a text that cannot be read, and cannot be stored. Nothing was saved. "
            "Go back: what you wrote is still there."
        ).format(words=error.words)
    else:
        return None
    return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")
