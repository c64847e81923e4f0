"""Domain events of matches that a host may listen to.

Each is sent once, after the change is committed, with ``match`` and ``user`` (``None`` for a job). A receiver that
fails is logged and does not undo the change.
"""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

# A proposal was made: ``match``, ``user``.
proposal_made = Signal()
# One side answered, before or after the first meeting: also ``side`` ("citizen", "volunteer") and ``answer``.
proposal_answered = Signal()
# The match became active: ``match``, ``user``.
match_started = Signal()
# The match ended, was declined or was withdrawn (see ``match.state``): ``match``, ``user``.
match_ended = Signal()


def send_after_commit(signal, match, user, **facts):
    """Send ``signal`` when the running transaction is committed, and not at all if it is rolled back."""
    send = partial(signal.send, sender=type(match), match=match, user=user, **facts)
    transaction.on_commit(send, robust=True)
