"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..privacy.registry import OnErasure, register, tables
from .models_link import AccessLink


def _links_about(links, subject):
    """Return the links on ``subject`` and on everything else that is about it."""
    wanted = Q(target_model=subject._meta.label_lower, target_id=subject.pk)
    for table in tables():
        if table.model is not AccessLink:
            ids = table.rows_of(subject).values("pk")
            wanted |= Q(target_model=table.model._meta.label_lower, target_id__in=ids)
    return links.filter(wanted)


register(
    AccessLink,
    title=_("Links that were sent"),
    on_erasure=OnErasure.DELETE,
    rows=_links_about,
    way="purpose created_at expires_at revoked_at used_at last_opened_at",
    staff="created_by",
    link="initiative target_model target_id",
    index="token token_hash",
    technical="id",
)
