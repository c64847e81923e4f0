"""Signals: what the package listens to, and the domain events a host may listen to."""

from django.db.models.signals import m2m_changed
from django.dispatch import Signal

from .people.models import Citizen, Volunteer

# Sent after the change is committed, with ``match`` and, where there is one, ``user``.
proposal_made = Signal()
proposal_answered = Signal()
match_started = Signal()
match_ended = Signal()


def _refresh(sender, instance, action, reverse, **kwargs):
    if action in {"post_add", "post_remove", "post_clear"} and not reverse:
        instance.refresh_bits()


for model in (Volunteer, Citizen):
    for field in (model.languages, model.interests):
        m2m_changed.connect(
            _refresh, sender=field.through, dispatch_uid=f"peer_support_bits_{field.through._meta.label}"
        )
