"""Run something after the answer: through Django's tasks (6.0) or django-tasks where the site has them, else at once."""

import logging
from functools import cache
from importlib import import_module

from django.conf import settings

logger = logging.getLogger(__name__)


@cache
def _task(function):
    """Return ``function`` as a task, or ``None`` where the site has set up no back end for tasks."""
    if not getattr(settings, "TASKS", None):
        return None
    for module in ("django.tasks", "django_tasks"):
        try:
            return import_module(module).task(function)
        except ImportError:
            continue
    return None


def later(function, *keys):
    """Call ``function(*keys)`` in the background, or now. ``keys`` are ids and codes, never what somebody wrote.

    A back end that does not answer is noted, and the work is done here.
    """
    task = _task(function)
    if task is not None:
        try:
            task.enqueue(*keys)
            return
        except Exception as problem:
            logger.warning("%s was not queued: %s", function.__name__, type(problem).__name__)
    function(*keys)
