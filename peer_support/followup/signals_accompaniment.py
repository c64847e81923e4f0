"""Domain events of accompaniment that a host may listen to; each is sent once, after the change is committed."""

from django.dispatch import Signal

from ..courses.signals import send_after_commit

__all__ = ["accompaniment_answered", "accompaniment_closed", "send_after_commit"]

# A volunteer said yes or no, or could not after all (see ``offer.state``): ``trip``, ``offer``, ``user``.
accompaniment_answered = Signal()
# They went, it did not happen, or it was called off (see ``trip.state``): ``trip``, ``user``.
accompaniment_closed = Signal()
