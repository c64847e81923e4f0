"""Where "search for a volunteer here" leads. The room of recruitment stands above this one, so it says so itself."""

_address = None


def register_seeking(address):
    """Let a room above take over what is searched for. ``address(user)`` returns an address, or ``None``.

    The board posts to it ``wish`` (a sentence without a name) and ``initiative``: words about people who wait do not
    belong in an address, which is written into logs.
    """
    global _address
    _address = address
    return address


def seeking_address(user):
    """Return where the board's buttons lead for ``user``, or an empty text where there is no such place."""
    return (_address(user) if _address else None) or ""
