"""Row scope: which initiatives' people the running code may see.

Person models have a manager that raises outside a scope and sees only the scope's initiatives inside one.
The web opens the scope from the user's assignments (:class:`InitiativeScopeMiddleware`); jobs and commands
open one of their own.
"""

from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django_scopes import ScopedManager, get_scope, scope, scopes_disabled

from .models import Assignment

DIMENSION = "initiative"


def scoped_manager(path="initiative_id", base=None):
    """Return a fail-closed default manager for a person model.

    ``path`` is the look-up from the model to the initiative's id; ``base`` a manager class to build on.
    """
    kwargs = {DIMENSION: path}
    return ScopedManager(_manager_class=base, **kwargs) if base else ScopedManager(**kwargs)


def initiative_ids_for(user, roles=None):
    """Return the ids of the initiatives that ``user`` is assigned to today, as a sorted tuple."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    assignments = Assignment.objects.current().filter(user=user)
    if roles:
        assignments = assignments.filter(role__in=roles)
    return tuple(sorted(set(assignments.values_list("initiative_id", flat=True))))


def scope_of(*initiative_ids):
    """Open the scope of these initiatives. With none, everything is empty; ``None`` is refused, as it means all."""
    if any(i is None for i in initiative_ids):
        raise ValueError("A scope needs ids of initiatives.")
    return scope(**{DIMENSION: tuple(int(i) for i in initiative_ids)})


def current_initiative_ids():
    """Return the ids in the open scope, or an empty tuple outside one."""
    return tuple(get_scope().get(DIMENSION) or ())


@contextmanager
def all_initiatives(reason):
    """Lift the scope for work that is about every initiative; ``reason`` is for the reader and may not be empty."""
    if not reason:
        raise ValueError("Say why every initiative's people are needed.")
    with scopes_disabled():
        yield


def for_each_initiative(function):
    """Decorator for jobs: call ``function(initiative_id)`` once per initiative, each in a scope of its own."""

    @wraps(function)
    def run(initiative_ids, *args, **kwargs):
        results = {}
        for initiative_id in initiative_ids:
            with scope_of(initiative_id):
                results[initiative_id] = function(initiative_id, *args, **kwargs)
        return results

    return run


class InitiativeScopeMiddleware:
    """Open the scope of the signed-in user's initiatives for the whole request; must stand after authentication.

    A visitor without a session gets no scope, so that code that reads people for them fails instead of answering.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        with scope_of(*initiative_ids_for(request.user)):
            return self.get_response(request)
