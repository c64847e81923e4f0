"""Rooms that keep their own rows in step with a match: told of each step inside the transaction that takes it.

The signals of :mod:`.signals` are for hosts, after the commit. What must not get lost between the two is done here: a
listener that fails takes the step back with it.
"""

_listeners = []


def register_step_listener(listener):
    """Call ``listener(match, event, user)`` for each step that is written down.

    ``event`` is the :class:`~.models_match.MatchEvent`; ``match`` is locked together with its people. Registering the
    same function twice counts once.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(match, event, user):
    """Tell every listener of ``event``."""
    for listener in _listeners:
        listener(match, event, user)
