"""The fail-closed manager, made anew here: what it is given, it hands on, and outside a scope it opens nothing."""

import pytest
from django.db import models
from django_scopes.exceptions import ScopeError

from peer_support.access.scopes import ClosedQuerySet, is_scoped, scope_of, scoped_manager
from peer_support.people.models import Citizen, Conversation
from peer_support.testing.factories import CitizenFactory, ConversationFactory

pytestmark = pytest.mark.django_db


def fresh(*args, model=Citizen, **kwargs):
    manager = scoped_manager(*args, **kwargs)
    manager.model, manager.name = model, "fresh"
    return manager


class Counting(models.Manager):
    def how_many(self):
        return self.get_queryset().count()


def test_inside_a_scope_it_finds_that_initiatives_rows(initiative, other_initiative):
    own, __ = CitizenFactory(initiative=initiative), CitizenFactory(initiative=other_initiative)
    manager = fresh()
    assert manager.is_scoped is True
    with scope_of(initiative.pk):
        assert not isinstance(manager.get_queryset(), ClosedQuerySet)
        assert list(manager.all()) == [own] and manager.get_queryset().get() == own
    with scope_of():
        assert list(manager.all()) == []


def test_the_way_to_the_initiative_and_the_base_are_taken_over(initiative, other_initiative):
    talk = ConversationFactory(citizen=CitizenFactory(initiative=initiative))
    ConversationFactory(citizen=CitizenFactory(initiative=other_initiative))
    manager = fresh("citizen__initiative_id", Counting, model=Conversation)
    with scope_of(initiative.pk):
        assert list(manager.all()) == [talk] and manager.how_many() == 1


def test_outside_a_scope_it_gives_what_opens_nothing():
    manager = fresh(base=Counting)
    closed = manager.get_queryset()
    assert isinstance(closed, ClosedQuerySet) and closed.model is Citizen
    for ask in (
        manager.all,
        manager.how_many,
        lambda: list(closed),
        lambda: bool(closed),
        lambda: closed.query,
    ):
        with pytest.raises(ScopeError, match="initiative"):
            ask()
    assert repr(closed) == "<ClosedQuerySet of peer_support.Citizen>"
    assert list(closed.none()) == []


def test_the_database_and_the_hints_go_along(initiative):
    hints = {"instance": initiative}
    closed = fresh().db_manager("default", hints).get_queryset()
    closed._hints, closed._for_write = hints, True
    assert closed._db == "default" and isinstance(closed.missing_scopes, tuple | set | list)
    copy = closed._clone()
    assert (copy.model, copy._db, copy._hints, copy._for_write) == (Citizen, "default", hints, True)
    assert copy.missing_scopes == closed.missing_scopes and copy._query is not closed._query
    again = closed.all()
    assert isinstance(again, ClosedQuerySet) and again._hints == hints
    empty = closed.none()
    assert (empty._db, empty._hints, list(empty)) == ("default", hints, [])
    with scope_of(initiative.pk):
        assert closed.all()._db == "default" and list(closed.all()) == []
        assert fresh().all()._db is None


def test_what_was_declared_outside_opens_up_inside(initiative):
    """A form's field is declared at import, and asks anew for each form."""
    own = CitizenFactory(initiative=initiative)
    closed = fresh().get_queryset()
    assert closed._db is None
    with scope_of(initiative.pk):
        assert list(closed.all()) == [own] and closed.all()._db is None


def test_a_visitor_is_nobody(initiative):
    from peer_support.access.scopes import initiative_ids_for

    assert initiative_ids_for(object()) == () and initiative_ids_for(None) == ()
    assert is_scoped(Citizen) and not is_scoped(type(initiative))
