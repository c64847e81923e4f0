"""Whose people a permission is about, for somebody with several tasks.

Groups say what one may do, assignments with whose people. Whoever coordinates one initiative and stands in at another
is in both groups, and would carry the rights of the one into the other. Where the roles differ (erasing, and taking lists
out of the house), only those initiatives count in which the person's own role has the right.
"""

from django.contrib.auth.models import Permission

from .models import Assignment
from .roles import COORDINATOR, DEPUTY, GROUP_NAMES, codenames
from .scopes import current_initiative_ids, scope_of

APP = "peer_support"
# What only one of the two roles that work with people may do.
_DIFFERS = {f"{APP}.{code}" for code in codenames(COORDINATOR) ^ codenames(DEPUTY)}


def reach_of(user, *permissions):
    """Return the ids of the initiatives in which ``user`` may do what ``permissions`` say, as a sorted tuple.

    ``permissions`` are written ``"peer_support.export_citizen"``; that ``user`` has them somewhere is checked elsewhere. A
    right that comes from a group of the site's own, or from the user, holds in all of the user's initiatives.
    """
    known = user.__dict__.setdefault("_peer_reach", {})
    if permissions not in known:
        known[permissions] = _reach_of(user, permissions)
    return known[permissions]


def _reach_of(user, permissions):
    role_of = Assignment.objects.tasks_on(user.pk)
    codes = {name.split(".", 1)[1] for name in permissions}
    doubtful = {initiative for initiative, role in role_of.items() if codes - codenames(role)}
    if doubtful and not user.is_superuser:
        # Not by the role as it comes; a site may have given its group more, or the user another group.
        holders = _holders(user, codes)
        for initiative in doubtful:
            sources = {None, GROUP_NAMES[role_of[initiative]]}
            if not all(groups & sources for groups in holders.values()):
                del role_of[initiative]
    return tuple(sorted(role_of))


def _holders(user, codes):
    """Return ``{codename: the roles' groups that it comes from, and None for any other source}``."""
    found = {code: set() for code in codes}
    rows = Permission.objects.filter(content_type__app_label=APP, codename__in=codes)
    for code, group in rows.filter(group__user=user).values_list("codename", "group__name"):
        found[code].add(group if group in GROUP_NAMES.values() else None)
    for code in rows.filter(user=user).values_list("codename", flat=True):
        found[code].add(None)
    return found


def narrow(view, user, *permissions):
    """Return what ``view()`` answers, with only those initiatives in the scope in which ``user`` may do this."""
    ids = current_initiative_ids()
    if not ids or not _DIFFERS.intersection(permissions):
        return view()
    with scope_of(*set(ids).intersection(reach_of(user, *permissions))):
        response = view()
        # Drawn later, a page would be drawn in the request's own scope, which may be wider.
        return response if getattr(response, "is_rendered", True) else response.render()


def covers(user, permission, record):
    """Whether ``user`` has ``permission``, and has it where ``record`` belongs."""
    if not user.has_perm(permission):
        return False
    initiative = getattr(record, "initiative_id", None)
    return initiative is None or permission not in _DIFFERS or initiative in reach_of(user, permission)
