"""Row scope: which initiatives' people the running code may see.

Person models have a manager that raises outside a scope and sees only the scope's initiatives inside one.
The web opens the scope from the user's assignments (:class:`InitiativeScopeMiddleware`); jobs and commands
open one of their own.
"""

from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import FileResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_scopes import ScopedManager, get_scope, scope, scopes_disabled
from django_scopes.manager import DisabledQuerySet

from . import two_factor
from .decisions import NotAllowed
from .models import Assignment
from .sessions import keep_or_end
from .unstorable import refusal_of

DIMENSION = "initiative"
# A leader decides who works with people and sees none of them, also where the same user coordinates elsewhere.
WORKS_WITH_PEOPLE = (Assignment.Role.COORDINATOR, Assignment.Role.DEPUTY)


class ClosedQuerySet(DisabledQuerySet):
    """What a person model's manager gives outside a scope: it can make a row or be empty, and nothing else.

    django-scopes closes the methods one by one, which leaves some open (``exists()``, and use as a subquery). Here
    the query itself cannot be had, so that nothing which needs one can answer.
    """

    @property
    def query(self):
        self.error()

    @query.setter
    def query(self, value):
        self._query = value

    def _clone(self):
        clone = type(self)(
            model=self.model,
            query=self._query.chain(),
            using=self._db,
            hints=self._hints,
            missing_scopes=self.missing_scopes,
        )
        clone._for_write = self._for_write
        return clone

    def all(self):
        """Open up where a scope is open by now: a form's field, declared at import, asks anew for each form."""
        now = self.model._default_manager.get_queryset()
        if isinstance(now, DisabledQuerySet):
            return self._clone()
        return now.using(self._db) if self._db else now

    def none(self):
        return models.QuerySet(model=self.model, using=self._db, hints=self._hints).none()

    def __repr__(self):
        return f"<{type(self).__name__} of {self.model._meta.label}>"

    def __bool__(self):
        self.error()


def scoped_manager(path="initiative_id", base=None):
    """Return a fail-closed default manager for a person model.

    ``path`` is the look-up from the model to the initiative's id; ``base`` a manager class to build on.
    """

    class Manager(type(ScopedManager(_manager_class=base or models.Manager, **{DIMENSION: path}))):
        is_scoped = True

        def get_queryset(self):
            queryset = super().get_queryset()
            if not isinstance(queryset, DisabledQuerySet):
                return queryset
            return ClosedQuerySet(self.model, using=self._db, missing_scopes=queryset.missing_scopes)

        def all(self):
            queryset = self.get_queryset()
            return queryset.error() if isinstance(queryset, ClosedQuerySet) else queryset

    return Manager()


def is_scoped(model):
    """Whether ``model`` keeps its rows behind a scope."""
    return getattr(model._default_manager, "is_scoped", False)


def initiative_ids_for(user, roles=None):
    """Return the ids of the initiatives that ``user`` is assigned to today, as a sorted tuple."""
    return tuple(sorted({initiative for initiative, role in tasks_of(user) if not roles or role in roles}))


def tasks_of(user):
    """Return ``{(initiative id, role), …}`` of what ``user`` is assigned to today, in one query; empty for a visitor."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return set()
    return set(Assignment.objects.tasks_on(user.pk).items())


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

    A visitor without a session gets no scope, so that code that reads people for them fails instead of answering
    (and a public page is not marked as depending on who looks). The assignments are read anew for each request: one
    that ended yesterday is gone today, and one that is taken away is gone at the next click.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        # One question for both: whoever has a task works with data, so the session ends; the scope is for those who work
        # with people, and holds no initiative where the same user has another task.
        tasks = tasks_of(request.user)
        initiative_ids = tuple(sorted({task for task, role in tasks if role in WORKS_WITH_PEOPLE}))
        if tasks and not keep_or_end(request):
            # Signed out: what follows is a visitor's request, which has no scope.
            return self.get_response(request)
        if initiative_ids and two_factor.is_missing(request.user):
            if page := two_factor.page_to_go_to(request):
                return HttpResponseRedirect(page)
            initiative_ids = ()
        with scope_of(*initiative_ids):
            response = self.get_response(request)
        if response.streaming and not isinstance(response, FileResponse):
            stream = _async_steps if response.is_async else _steps
            response.streaming_content = stream(response.streaming_content, initiative_ids)
        return response

    def process_exception(self, request, exception):
        """Say a refusal that no screen of the admin has said in its own way, and go back to where one came from.

        What no column can store is refused too, whoever sent it.
        """
        if refusal := refusal_of(exception):
            return refusal
        if not isinstance(exception, NotAllowed) or not request.user.is_authenticated:
            return None
        messages.warning(request, exception.decision.reason)
        back = request.headers.get("Referer", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return HttpResponseRedirect(back if safe and back else reverse("wagtailadmin_home"))


def _steps(chunks, initiative_ids):
    """Yield ``chunks``, each made inside the scope: a stream is read after the middleware has returned."""
    chunks = iter(chunks)
    while True:
        with scope_of(*initiative_ids):
            try:
                chunk = next(chunks)
            except StopIteration:
                return
        yield chunk


async def _async_steps(chunks, initiative_ids):
    chunks = aiter(chunks)
    while True:
        with scope_of(*initiative_ids):
            try:
                chunk = await anext(chunks)
            except StopAsyncIteration:
                return
        yield chunk
