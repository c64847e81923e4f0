"""What may be counted: the initiatives of the open scope, and for whom a scope is opened.

Numbers count those who were erased too (their empty row keeps its dates), so they do not read through the people's own
manager, which leaves these rows out. What that manager gives is given here instead: outside a scope everything is
refused, and inside one only the scope's initiatives are read.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError

from ...access.models import Assignment
from ...access.scopes import (
    DIMENSION,
    WORKS_WITH_PEOPLE,
    current_initiative_ids,
    initiative_ids_for,
    scope_of,
)
from ...directory.models import Initiative, Municipality, Postcode
from .registry import UNKNOWN


@dataclass(frozen=True)
class Reader:
    """Who looks at numbers. ``exact``: the initiatives whose people they work with, and may open the rows of;
    ``hidden``: those that they see with small numbers hidden, and without rows behind."""

    exact: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()

    @property
    def initiative_ids(self):
        return self.exact + self.hidden


def reader_of(user):
    """Return the :class:`Reader` that ``user`` is by their assignments of today."""
    exact = initiative_ids_for(user, WORKS_WITH_PEOPLE)
    leads = initiative_ids_for(user, (Assignment.Role.LEADER,))
    return Reader(exact, tuple(pk for pk in leads if pk not in exact))


@contextmanager
def numbers_for(user, *, exact):
    """Open the scope in which ``user`` may count: of those they work with (``exact``), or of those they lead.

    What is counted in the latter is hidden by the caller where it is small, and no rows behind are ever shown.
    """
    reader = reader_of(user)
    with scope_of(*(reader.exact if exact else reader.hidden)):
        yield reader


def ids_of(question):
    """Return the initiatives to count: those asked for that the open scope holds. Refuses outside a scope."""
    if DIMENSION not in get_scope():
        raise ScopeError("Numbers are counted inside the scope of initiatives.")
    allowed = set(current_initiative_ids())
    return tuple(pk for pk in question.initiative_ids if pk in allowed)


def rows_in(model, question):
    """Return every row of ``model`` in the initiatives to count, the empty rows of those who were erased with them."""
    return models.QuerySet(model).filter(initiative_id__in=ids_of(question)).order_by()


def town_of_postcode(question):
    """Return ``{postcode: code of the municipality}``, read once for a question."""
    if "postcodes" not in question.cache:
        known = Postcode.objects.exclude(municipality=None).values_list("number", "municipality_id")
        question.cache["postcodes"] = dict(known.order_by())
    return question.cache["postcodes"]


def initiative_names(question):
    """Return ``[(id, name)]`` of the initiatives to count, by name."""
    rows = Initiative.objects.filter(pk__in=ids_of(question))
    return list(rows.order_by("title", "pk").values_list("pk", "title"))


def town_names(question, keys):
    """Return ``[(code, name)]`` of the towns in ``keys``, by name; not known stands last."""
    rows = list(
        Municipality.objects.filter(pk__in=keys - {UNKNOWN}).order_by("name").values_list("pk", "name")
    )
    return rows + ([(UNKNOWN, _("Town not known"))] if UNKNOWN in keys else [])
