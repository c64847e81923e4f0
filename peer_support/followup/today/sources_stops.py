"""Records that have been left alone for long, on today's list: is what is kept needed still?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...people.models import Citizen, Volunteer
from ...people.stop_clock import stopped_long
from ...people.views.common import person_url
from .registry import SOON, Line, register_source


def long_stops(day):
    """Rule: whose record has been left alone for a year is here, once a year, until it is lifted, erased or held for a case."""
    return [_line(found) for model in (Citizen, Volunteer) for found in stopped_long(model, day)]


def _line(found):
    person = found.person
    text = ngettext(
        "%(person)s – the record has been left alone for %(years)d year. Is what you keep needed still?",
        "%(person)s – the record has been left alone for %(years)d years. Is what you keep needed still?",
        found.times,
    )
    return Line(
        SOON,
        text % {"person": person, "years": found.times},
        _("Open the record"),
        person_url(person),
        hint=_(
            "Do not ring or write: the person has asked for that. On the page you can use the record again if "
            "the person has said so. A coordinator can also erase it, or hold it for a case."
        ),
        order=80,
        person=person,
        initiative_id=person.initiative_id,
        # A new stop and a new year are a new question: what was put off before hides neither.
        key=f"stop-{person.restricted_on:%Y-%m-%d}-{found.times}",
        of_the_stop=True,
    )


register_source("long_stops", gettext_lazy("Records left alone for long"), long_stops)
