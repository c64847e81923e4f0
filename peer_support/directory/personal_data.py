"""What this room holds about people who have no record here, field by field; see :mod:`peer_support.privacy.registry`."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..privacy.registry import OnErasure, register
from .models import InitiativeContact, InitiativeSuggestion, LocalCoordinator
from .suggestions import KEEP_DAYS

register(
    InitiativeContact,
    title=_("Whom to ask at an initiative"),
    about=_("people who are the contact of an initiative"),
    ends=_("Emptied by an editor when they ask for it, and gone with the initiative."),
    on_erasure=OnErasure.STAY,
    contact="text",
    index="import_digest",
    link="initiative",
    technical="id source updated_at",
)
register(
    InitiativeSuggestion,
    title=_("Suggestions for the directory"),
    about=_("people who suggest a change in the directory"),
    ends=format_lazy(_("Deleted {days} days after an editor has looked at it."), days=KEEP_DAYS),
    on_erasure=OnErasure.STAY,
    contact="contact",
    words="changes_json message",
    way="state sent_at handled_at",
    link="initiative",
    technical="id",
)
register(
    LocalCoordinator,
    title=_("Local coordinators on the website"),
    about=_("colleagues whose telephone and mail the centre gives out"),
    ends=_("Deleted by an editor when the colleague stops. It is on the website, for everybody."),
    on_erasure=OnErasure.STAY,
    contact="name phone email",
    profile="role when municipalities",
    link="initiative",
    technical="id sort_order",
)
