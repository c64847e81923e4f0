"""What people say is wrong in their records, on today's list: until somebody has looked at it."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...people.models import Correction
from .registry import ANSWER, Line, register_source


def corrections(day):
    """Rule: whoever has written that something is wrong is here, once, until each message is taken over or let be; not while it is left alone."""
    rows = Correction.objects.filter(
        state=Correction.State.OPEN,
        # Of a record that is left alone nothing is put right before the person says so; it stands on their page.
        citizen__restricted_on=None,
        volunteer__restricted_on=None,
    ).select_related("citizen", "volunteer")
    first = {}
    for row in rows:
        first.setdefault((row.citizen_id, row.volunteer_id), row)
    return [_line(row) for row in first.values()]


def _line(row):
    person = row.person
    return Line(
        ANSWER,
        _("%(person)s – says that something is wrong in the record") % {"person": person},
        _("Look at it"),
        reverse(f"people_{person._meta.model_name}_modeladmin_inspect", args=[person.pk]) + "#wrong",
        due=localdate(row.sent_at),
        order=30,
        person=person,
        initiative_id=row.initiative_id,
        key=f"correction-{row.pk}",
    )


register_source("corrections", gettext_lazy("Something is wrong"), corrections)
