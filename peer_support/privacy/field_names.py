"""What the fields of tables about people are called on paper.

Most fields have a name of their own. What no screen shows is called after its column, and a Danish paper would name it in
English; here is what a person reads.
"""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

_NAMES = {
    "ID": pgettext_lazy("field name", "ID"),
    "accompaniment": pgettext_lazy("field name", "accompaniment"),
    "algorithm": pgettext_lazy("field name", "algorithm"),
    "anchor": pgettext_lazy("field name", "anchor"),
    "booked by": pgettext_lazy("field name", "booked by"),
    "box": pgettext_lazy("field name", "box"),
    "call done by": pgettext_lazy("field name", "call done by"),
    "changed at": pgettext_lazy("field name", "changed at"),
    "choices": pgettext_lazy("field name", "choices"),
    "citizen": pgettext_lazy("field name", "citizen"),
    "claimed at": pgettext_lazy("field name", "claimed at"),
    "closed by": pgettext_lazy("field name", "closed by"),
    "code": pgettext_lazy("field name", "code"),
    "contact index": pgettext_lazy("field name", "contact index"),
    "content": pgettext_lazy("field name", "content"),
    "conversation": pgettext_lazy("field name", "conversation"),
    "course": pgettext_lazy("field name", "course"),
    "created at": pgettext_lazy("field name", "created at"),
    "created by": pgettext_lazy("field name", "created by"),
    "digest": pgettext_lazy("field name", "digest"),
    "done by": pgettext_lazy("field name", "done by"),
    "ended by": pgettext_lazy("field name", "ended by"),
    "engine version": pgettext_lazy("field name", "engine version"),
    "enrolment": pgettext_lazy("field name", "enrolment"),
    "erased on": pgettext_lazy("field name", "erased on"),
    "event": pgettext_lazy("field name", "event"),
    "external id": pgettext_lazy("field name", "external id"),
    "external source": pgettext_lazy("field name", "external source"),
    "facts": pgettext_lazy("field name", "facts"),
    "fields": pgettext_lazy("field name", "fields"),
    "id": pgettext_lazy("field name", "id"),
    "import digest": pgettext_lazy("field name", "import digest"),
    "initiative": pgettext_lazy("field name", "initiative"),
    "input digest": pgettext_lazy("field name", "input digest"),
    "interest bits": pgettext_lazy("field name", "interest bits"),
    "key": pgettext_lazy("field name", "key"),
    "language bits": pgettext_lazy("field name", "language bits"),
    "made by": pgettext_lazy("field name", "made by"),
    "match": pgettext_lazy("field name", "match"),
    "name index": pgettext_lazy("field name", "name index"),
    "next key": pgettext_lazy("field name", "next key"),
    "next try at": pgettext_lazy("field name", "next try at"),
    "noted at": pgettext_lazy("field name", "noted at"),
    "own day": pgettext_lazy("field name", "own day"),
    "parts": pgettext_lazy("field name", "parts"),
    "place": pgettext_lazy("field name", "place"),
    "plan": pgettext_lazy("field name", "plan"),
    "proposed by": pgettext_lazy("field name", "proposed by"),
    "recorded by": pgettext_lazy("field name", "recorded by"),
    "result": pgettext_lazy("field name", "result"),
    "round": pgettext_lazy("field name", "round"),
    "run": pgettext_lazy("field name", "run"),
    "saved at": pgettext_lazy("field name", "saved at"),
    "saved by": pgettext_lazy("field name", "saved by"),
    "saved by volunteer": pgettext_lazy("field name", "saved by volunteer"),
    "settled by": pgettext_lazy("field name", "settled by"),
    "signed hash": pgettext_lazy("field name", "signed hash"),
    "state": pgettext_lazy("field name", "state"),
    "tail followed": pgettext_lazy("field name", "tail followed"),
    "target id": pgettext_lazy("field name", "target id"),
    "target model": pgettext_lazy("field name", "target model"),
    "text hash": pgettext_lazy("field name", "text hash"),
    "time bits": pgettext_lazy("field name", "time bits"),
    "to state": pgettext_lazy("field name", "to state"),
    "token": pgettext_lazy("field name", "token"),
    "token hash": pgettext_lazy("field name", "token hash"),
    "trained noted by": pgettext_lazy("field name", "trained noted by"),
    "user": pgettext_lazy("field name", "user"),
    "version": pgettext_lazy("field name", "version"),
    "volunteer": pgettext_lazy("field name", "volunteer"),
    "way": pgettext_lazy("field name", "way"),
    "withdrawn by": pgettext_lazy("field name", "withdrawn by"),
    "written by": pgettext_lazy("field name", "written by"),
    "x": pgettext_lazy("field name", "x"),
    "y": pgettext_lazy("field name", "y"),
}


def name_of(field):
    """Return what ``field`` (of a model) is called, a ``str`` in the active language."""
    name = field.verbose_name
    return str(name if isinstance(name, Promise) else _NAMES.get(name, name))


def unnamed(fields):
    """Return those of ``fields`` that are called after their column, and have no name here either."""
    return [
        field
        for field in fields
        if not isinstance(field.verbose_name, Promise) and field.verbose_name not in _NAMES
    ]
