"""A person's meetings, for their own data: that they met, and what they wrote themselves; not what the other side wrote."""

from django.utils.translation import gettext as _

from ..people.own_data import Part, entries_of, register_own_data
from .models_meeting import Meeting


def _meetings(person):
    fields = ("on", "outcome", "minutes", "feeling", "call_me", "note", "side")
    return [Part(_("Meetings"), entries=entries_of(Meeting, person, first=fields))]


register_own_data(_meetings, models=["peer_support.meeting"])
