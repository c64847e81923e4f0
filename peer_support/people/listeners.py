"""Rooms that keep in step with people's pauses and stops: told inside the transaction that writes, changes or ends one."""

_listeners = []
_lift_listeners = []


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


def register_lift_listener(listener):
    """Call ``listener(person, user)`` after the stop on a person's record was lifted, or a new yes took the place of one
    that was taken back: ``person`` is locked and saved. For what the record may be used now, the listener asks itself.

    What a job left out meanwhile is made up for here. Registering the same function twice counts once.
    """
    if listener not in _lift_listeners:
        _lift_listeners.append(listener)
    return listener


def tell_lifted(person, user):
    """Tell every listener that ``person`` is no longer left alone."""
    for listener in _lift_listeners:
        listener(person, user)
