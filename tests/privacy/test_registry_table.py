"""What a room says of its table when it registers it is what is asked of the table later."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldDoesNotExist

from peer_support.people.models import Citizen, Conversation
from peer_support.privacy import registry
from peer_support.privacy.registry import CONTACT, STAFF, WORDS, OnErasure, Table


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(registry, "_tables", {})
    monkeypatch.setattr(registry, "_words", {})


def rows_about(rows, subject):
    return rows


def kept_back(row, subject):
    return row.held


def registered(**changed):
    said = {
        "title": "Samtaler",
        "on_erasure": "empty",
        "paths": {"peer_support.citizen": "citizen"},
        "rows": rows_about,
        "period": "one two",
        "not_for": {"peer_support.citizen": "notes held_on"},
        "kept_back": kept_back,
        "about": "somebody",
        "ends": "some day",
        "words": "notes held_on",
        "staff": "held_by",
    }
    return registry.register(Conversation, **{**said, **changed})


def test_a_table_is_kept_as_it_was_registered():
    table = registered()
    assert table == Table(
        model=Conversation,
        title="Samtaler",
        fields={"notes": WORDS, "held_on": WORDS, "held_by": STAFF},
        on_erasure=OnErasure.EMPTY,
        paths={"peer_support.citizen": "citizen"},
        rows=rows_about,
        period="one two",
        not_for={"peer_support.citizen": ("notes", "held_on")},
        kept_back=kept_back,
        about="somebody",
        ends="some day",
    )
    assert registry.tables() == [table] and registry.table_of(Conversation) is table


def test_what_is_not_said_is_empty():
    table = registry.register(Conversation, title="Samtaler", on_erasure="delete", words="notes")
    assert table == Table(Conversation, "Samtaler", {"notes": WORDS}, OnErasure.DELETE)
    assert (table.paths, table.rows, table.period, table.not_for) == ({}, None, "", {})
    assert (table.kept_back, table.about, table.ends) == (None, "", "")


@pytest.mark.parametrize("changed", [{"about": ""}, {"ends": ""}])
def test_whom_it_is_about_is_said_with_how_it_ends_or_not_at_all(changed):
    message = r"^peer_support\.Conversation: say both whom it is about and how its rows end\.$"
    with pytest.raises(ValueError, match=message):
        registered(**changed)
    assert registry.tables() == []
    assert registered(about="", ends="").about == ""


def test_a_field_is_classified_once():
    with pytest.raises(ValueError, match=r"^peer_support\.Conversation\.notes is classified twice\.$"):
        registered(staff="held_by notes")


def test_what_hangs_on_the_row_is_kept_back_in_that_row():
    table = registered(not_for={"peer_support.citizen": "held_on"}, words="notes held_on kind")
    citizen = Citizen()
    assert table.shown_to(citizen) == ["notes", "kind"]
    assert table.shown_in(SimpleNamespace(held=()), citizen) == ["notes", "kind"]
    assert table.shown_in(SimpleNamespace(held=("notes",)), citizen) == ["kind"]
    asked = []
    table = registered(kept_back=lambda row, subject: asked.append((row, subject)) or ())
    row = SimpleNamespace()
    table.shown_in(row, citizen)
    assert asked == [(row, citizen)]
    assert registered(kept_back=None, not_for=None).shown_in(row, citizen) == ["notes", "held_on"]


def test_a_field_is_told_in_the_words_of_its_room():
    said = {1: "to ord", 2: None, 3: 4}
    registry.register_words(Conversation, notes=lambda row: said[row.pk])
    told = [registry.words_of(Conversation(pk=pk), "notes") for pk in said]
    assert told == ["to ord", "", "4"]
    assert registry.words_of(Conversation(pk=1), "held_on") == ""
    assert registry.words_of(Citizen(pk=1), "notes") == ""


def test_words_are_registered_for_fields_that_exist():
    with pytest.raises(FieldDoesNotExist, match="nothing"):
        registry.register_words(Conversation, nothing=str)
    assert CONTACT.code in registry.KINDS
