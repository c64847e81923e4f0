"""Writing to the access log. A view that cannot log does not answer: the error is not swallowed."""

from .models import AccessLogEntry

Action = AccessLogEntry.Action
# So ends the route of a list from which somebody is chosen: it shows everybody at once, and nobody leafs through it.
CHOICE = ":choice"


def log_access(*, user, action, objects, route=""):
    """Write one row per record in ``objects``, in the caller's transaction.

    ``user`` may be ``None`` (a job); ``route`` is the name of the view, never a path with values in it.
    Returns the number of rows written.
    """
    known = user if getattr(user, "pk", None) else None
    rows = [
        AccessLogEntry(
            user=known,
            user_number=known.pk if known else None,
            action=action,
            model=obj._meta.label_lower,
            object_id=obj.pk,
            initiative_id_seen=getattr(obj, "initiative_id", None),
            route=route[:120],
        )
        for obj in objects
    ]
    AccessLogEntry.objects.bulk_create(rows)
    return len(rows)


def entries_for(obj):
    """Return the log of one record, newest first."""
    return AccessLogEntry.objects.filter(model=obj._meta.label_lower, object_id=obj.pk).select_related("user")
