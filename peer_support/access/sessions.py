"""How long those with a task stay signed in: so long after the last click, and so long in any case.

A coordinator's screen is left open in a room where others come and go. So is a data officer's, with who has looked at whom,
and an analyst's, with what people have answered: every role with an assignment has the same limits. The limits are pretix's: three hours without a
click, twelve in all. A form that was begun in time is still taken for an hour after that; nobody loses what they wrote.
"""

import time

from django.contrib.auth import logout

from ..conf import peer_settings

SIGNED_IN, SEEN = "peer_signed_in", "peer_seen"
HOUR = 60 * 60
# How long a form that was open when the time ran out may still be sent.
GRACE = HOUR
# A click is noted once a minute, so that not every request writes to the session.
NOTED_EVERY = 60


def note_sign_in(sender, request, user, **kwargs):
    """Start the clock: a receiver of Django's ``user_logged_in``."""
    request.session[SIGNED_IN] = request.session[SEEN] = int(time.time())


def keep_or_end(request):
    """Note that ``request`` was made, or sign its user out where the time has run out; returns whether it is kept.

    A session from before these limits starts its clock now.
    """
    now = int(time.time())
    seen, signed_in = (request.session.get(name, now) for name in (SEEN, SIGNED_IN))
    if _over(seen, peer_settings.STAFF_IDLE_HOURS, now, request.method) or _over(
        signed_in, peer_settings.STAFF_SESSION_HOURS, now, request.method
    ):
        logout(request)
        return False
    if SIGNED_IN not in request.session:
        request.session[SIGNED_IN] = now
    if now - request.session.get(SEEN, 0) >= NOTED_EVERY:
        request.session[SEEN] = now
    return True


def _over(since, hours, now, method):
    """Whether the time is up; a clock that was set back counts as no time at all."""
    return bool(hours) and now - since > hours * HOUR + (GRACE if method == "POST" else 0)
