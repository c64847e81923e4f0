"""Rooms that keep a history of people's pauses: told inside the transaction that writes, changes or ends one."""

_listeners = []


def register_pause_listener(listener):
    """Call ``listener(person, user)`` after a person's pause was written, changed or ended.

    ``person`` is locked and saved; ``person.paused_from`` is empty where no pause holds any more. Registering the same
    function twice counts once.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(person, user):
    """Tell every listener that the pause of ``person`` has changed."""
    for listener in _listeners:
        listener(person, user)
