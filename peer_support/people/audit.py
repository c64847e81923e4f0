"""What was refused is written down too: the decision's code, beside the record it was about."""

from functools import wraps

from ..access.decisions import NotAllowed
from ..privacy.access_log import Action, log_access

_ABOUT = ("person", "citizen", "volunteer", "booking", "correction")


def audited(service):
    """Decorator for a service: a refusal goes into the access log with its code, and on to the caller.

    It must stand outside the service's transaction, which the refusal rolls back.
    """

    @wraps(service)
    def run(*args, user, route="", **kwargs):
        try:
            return service(*args, user=user, route=route, **kwargs)
        except NotAllowed as refusal:
            about = next((kwargs[name] for name in _ABOUT if name in kwargs), args[0] if args else None)
            if about is not None and about.pk:
                log_refusal(about, user, refusal.decision, route)
            raise

    return run


def log_refusal(about, user, decision, route):
    """Write that ``decision`` refused something with the record ``about``."""
    log_access(user=user, action=Action.REFUSED, objects=[about], route=f"{route}:{decision.code}"[-120:])
