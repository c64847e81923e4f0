"""What rooms put on the data officer's desk. The desk itself stands above them all, in ``oversight``."""

_sections = []


def register_desk_section(function, *, order=50):
    """Let a room put something on the data officer's desk.

    ``function(user, initiative_ids)`` returns ``{"title", "sentence", "url", "label"}`` (the link may be left out), or
    ``None``. It may name numbers and cases, and nobody. No scope is open when it is asked.
    """
    if function not in [known for __, known in _sections]:
        _sections.append((order, function))
        _sections.sort(key=lambda pair: pair[0])
    return function


def desk_sections(user, initiative_ids):
    """Return what the rooms have put on the desk."""
    found = (function(user, initiative_ids) for __, function in _sections)
    return [section for section in found if section]
