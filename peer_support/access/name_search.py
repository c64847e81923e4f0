"""Searching for a person by name without leaving the name behind.

A name in an address ends in the browser's history and in every server's log. So the search is a POST, what was
typed is kept encrypted in the session, and the address carries a random token that means nothing elsewhere.
"""

import secrets

from ..privacy.fields import Unreadable, decrypt, encrypt

SESSION_KEY = "peer_support_name_searches"
PARAMETER = "found"
KEPT = 8
LONGEST = 80


def remember(request, typed):
    """Keep ``typed`` in the session of ``request`` and return the token that stands for it."""
    token = secrets.token_urlsafe(9)
    kept = list(request.session.get(SESSION_KEY, []))[-(KEPT - 1) :]
    request.session[SESSION_KEY] = [*kept, [token, encrypt(typed.strip()[:LONGEST])]]
    return token


def recall(request, token):
    """Return what was typed for ``token``, or ``None`` where this session has no such search."""
    for known, ciphertext in request.session.get(SESSION_KEY, []):
        if secrets.compare_digest(known.encode(), token.encode()):
            typed = decrypt(ciphertext)
            return None if isinstance(typed, Unreadable) else typed
    return None
