"""Asking for another initiative's record is answered with "not found", and written down.

The address of every screen names the record it is about. Where a screen does not find it in the open scope, this looks
once more whether it exists elsewhere: then somebody has changed a number in an address, or follows an old link. The
data officers of both initiatives see it. A number that nobody has is not written down: there is nothing to protect.
"""

from contextlib import contextmanager

from django.apps import apps
from django.http import Http404

from ..privacy.access_log import Action, log_access
from .scopes import current_initiative_ids, is_scoped

ELSEWHERE = "elsewhere"


@contextmanager
def noting_attempts(request):
    """Write down what is not found within, where it is another initiative's; the answer stays "not found".

    It stands around the view itself: Wagtail turns a 404 into a page before any middleware sees it.
    """
    try:
        yield
    except Http404 as error:
        log_attempt(request, error)
        raise


def log_attempt(request, error):
    """Write down that ``error``, a 404, was about another initiative's record; returns the number of rows written."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or not getattr(user, "is_authenticated", False):
        return 0
    keys = [int(value) for value in map(str, match.kwargs.values()) if value.isdecimal() and len(value) < 19]
    keys += [int(value) for value in match.args if str(value).isdecimal() and len(str(value)) < 19]
    model = _model_of(error)
    if not keys or model is None:
        return 0
    own = current_initiative_ids()
    rows = model._base_manager.filter(pk__in=keys).exclude(initiative_id__in=own).only("pk", "initiative_id")
    return log_access(
        user=user, action=Action.REFUSED, objects=rows, route=f"{match.view_name[:100]}:{ELSEWHERE}"
    )


def _model_of(error):
    """Return the scoped model that ``error`` says has no such row: the class of its cause names it."""
    cause = error.__cause__ or error.__context__
    kinds = (model for model in apps.get_models() if is_scoped(model))
    return next((model for model in kinds if type(cause) is model.DoesNotExist), None)
