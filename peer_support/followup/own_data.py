"""What a person has written down about meetings, for their own data. What the other side wrote is not theirs to see."""

from django.utils.translation import gettext as _

from ..people.own_data import Part, register_own_data, rows_of
from .models_meeting import Meeting


def _meetings(person):
    side = person._meta.model_name
    rows = Meeting.objects.filter(side=side, **{f"match__{side}": person}).order_by("on", "pk")
    fields = ("on", "outcome", "minutes", "feeling", "call_me", "note")
    return [Part(_("Meetings that you have written down"), entries=[rows_of(row, fields) for row in rows])]


register_own_data(_meetings, models=["peer_support.meeting"])
