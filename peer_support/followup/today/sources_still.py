"""The question whether to stay registered, on today's list: whom to ring, and who wants to go and has something open."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...people import still_here
from .registry import RING, Line, register_source


def still_here_lines(day):
    """Rule: a question is here where no mail asks it, where the mail is not answered, or where a call is wished."""
    return [
        *(_ring(row) for row in still_here.to_ring(day)),
        *(_goes(row) for row in still_here.wishes_to_go(day)),
    ]


def _ring(row):
    if row.answer:
        text = _("%(person)s – would like a call about staying registered")
    elif row.asked_on:
        text = _("%(person)s – has not answered whether they still want to be registered")
    else:
        text = _("%(person)s – ask whether they still want to be registered")
    return _line(row, text, row.answered_on or row.due_on)


def _goes(row):
    return _line(
        row, _("%(person)s – wants to be erased. Something is open: end it together first"), row.answered_on
    )


def _line(row, text, due):
    person = row.person
    return Line(
        RING,
        text % {"person": person},
        _("Write the answer"),
        reverse(f"people_{person._meta.model_name}_modeladmin_inspect", args=[person.pk]) + "#still",
        due=due,
        order=60,
        person=person,
        initiative_id=row.initiative_id,
        key=f"still-{row.pk}",
    )


register_source("still_here", gettext_lazy("Still registered?"), still_here_lines)
