"""Finding a person by the first letters of a name that the database never holds."""

import pytest
from django.test import override_settings

from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen
from peer_support.privacy.blind_index import index_text, normalise, query_tokens, search
from peer_support.privacy.fields import Unreadable
from peer_support.testing.factories import CitizenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(initiative, other_initiative):
    names = [("Maren", "Askholt"), ("Åse", "Hedelys"), ("Aase", "Birkely"), ("Bo", "Søndergaard")]
    names += [("Anne-Marie", "Dybkær"), ("José", "Müller"), ("Nørre Mark", "")]
    for first, last in names:
        CitizenFactory(initiative=initiative, first_name=first, last_name=last)
    CitizenFactory(initiative=other_initiative, first_name="Maren", last_name="Fremmed")
    with scope_of(initiative.pk):
        yield


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Mar", {"Maren", "Anne-Marie", "Nørre Mark"}),
        ("mar", {"Maren", "Anne-Marie", "Nørre Mark"}),
        ("MAREN", {"Maren"}),
        ("Maren Ask", {"Maren"}),
        ("Ask Maren", {"Maren"}),
        ("Maren Hed", set()),
        ("Åse", {"Åse", "Aase"}),
        ("aase", {"Åse", "Aase"}),
        ("åse", {"Åse", "Aase"}),
        ("Bo", {"Bo"}),
        ("B", set()),
        ("Ma", set()),
        ("Søn", {"Bo"}),
        ("Son", set()),
        ("jose", {"José"}),
        ("Mull", {"José"}),
        ("Fremmed", set()),
        ("", set()),
        ("  ", set()),
        ("%", set()),
        ("_ar", set()),
    ],
)
def test_a_name_is_found_by_its_first_letters(people, typed, found):
    assert {person.first_name for person in search(Citizen.objects.all(), typed)} == found


def test_the_index_holds_tokens_and_no_letters(initiative):
    person = CitizenFactory(initiative=initiative, first_name="Maren", last_name="Askholt")
    tokens = person.name_index.split()
    assert len(tokens) == 3 + 5, "mar, mare, maren; ask … askholt"
    assert all(len(token) == 12 and int(token, 16) >= 0 for token in tokens)
    assert "mar" not in person.name_index.replace(" ", "x").casefold().split("x")


def test_a_changed_name_is_found_by_the_new_and_no_longer_by_the_old(people):
    person = search(Citizen.objects.all(), "Maren").get()
    person.first_name = "Sofie"
    person.save()
    assert search(Citizen.objects.all(), "Sof").get() == person
    assert not search(Citizen.objects.all(), "Maren").exists()


def test_another_key_gives_another_index():
    first = index_text("Maren")
    with override_settings(PEER_SUPPORT={"KEYS": [], "INDEX_KEY": "another-key-altogether-and-longer"}):
        assert index_text("Maren") != first


def test_long_words_are_found_by_all_their_letters():
    assert query_tokens("Christiansborgsen")[0] in index_text("Christiansborgsen").split()


def test_what_cannot_be_read_is_not_indexed():
    assert index_text(Unreadable.of("token"), "") == ""


def test_letters_are_folded_alike_however_they_were_typed():
    composed, decomposed = "\u00c5se \u00c9va", "A\u030ase E\u0301va"
    assert normalise(composed) == normalise(decomposed) == ["åse", "eva"]
