"""Interests and languages: loaded once, kept by editors, and the fields that show them."""

import pytest

from peer_support.access.scopes import scope_of
from peer_support.people import times
from peer_support.people.builtin import INTERESTS, LANGUAGES, load_vocabularies
from peer_support.people.contact import contact_tokens, normalise_phone
from peer_support.people.models import Interest, InterestGroup, Language
from peer_support.people.widgets import Week, WeeklyTimesFormField
from peer_support.testing.factories import CitizenFactory, EditorFactory

pytestmark = pytest.mark.django_db


def test_the_lists_are_there_after_migrating():
    assert InterestGroup.objects.count() == len(INTERESTS) == 8
    assert 40 <= Interest.objects.count() <= 50
    assert set(Language.objects.values_list("code", flat=True)) == set(LANGUAGES)
    assert Language.objects.get(code="dsl").name == "Dansk tegnsprog"


def test_what_an_editor_renamed_or_deleted_stays_so():
    Interest.objects.filter(name="Fiskeri").delete()
    Interest.objects.filter(name="Gåture").update(name="Ture til fods")
    Language.objects.filter(code="tr").delete()
    load_vocabularies()
    names = set(Interest.objects.values_list("name", flat=True))
    assert "Fiskeri" not in names and "Gåture" not in names and "Ture til fods" in names
    assert not Language.objects.filter(code="tr").exists()


def test_an_empty_table_is_filled_again():
    Interest.objects.all().delete()
    InterestGroup.objects.all().delete()
    load_vocabularies()
    assert Interest.objects.count() == sum(len(names) for names in INTERESTS.values())


def test_every_word_has_a_bit_of_its_own():
    for model in (Interest, Language):
        bits = list(model.objects.values_list("bit", flat=True))
        assert len(set(bits)) == len(bits)


def test_a_new_word_gets_the_next_bit():
    top = max(Interest.objects.values_list("bit", flat=True))
    assert Interest.objects.create(name="Ugler").bit == top + 1


def test_an_editor_adds_an_interest_in_the_admin(client_for):
    client = client_for(EditorFactory())
    response = client.post("/admin/snippets/peer_support/interest/add/", {"name": "Ugler", "group": ""})
    assert response.status_code == 302 and Interest.objects.filter(name="Ugler").exists()
    assert client.get("/admin/snippets/peer_support/interest/").status_code == 200


def test_an_interest_that_somebody_has_can_be_deleted_and_the_person_keeps_the_rest(initiative):
    with scope_of(initiative.pk):
        citizen = CitizenFactory(initiative=initiative)
        citizen.interests.set(Interest.objects.all()[:2])
        gone, kept = citizen.interests.all()
        gone.delete()
        citizen.refresh_from_db()
        assert list(citizen.interests.all()) == [kept]


@pytest.mark.parametrize(
    ("line", "ticked", "exact"),
    [
        ("ti 17.00-21.00", {1: {"evening"}}, {}),
        ("ma 08.00-17.00", {0: {"morning", "afternoon"}}, {}),
        ("lø 10.00-13.30", {}, {5: "10-13.30"}),
        ("sø 08.00-12.00; sø 13.00-14.00", {6: {"morning"}}, {6: "13-14"}),
        ("", {}, {}),
    ],
)
def test_a_stored_week_is_taken_apart_and_put_together_the_same(line, ticked, exact):
    week = Week.of(line)
    assert {d: p for d, p in week.ticked.items() if p} == ticked and week.exact == exact
    assert week.line() == times.canonical(times.parse(line))


def test_nothing_filled_in_is_unknown_not_never():
    assert WeeklyTimesFormField().clean(Week()) == ""


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+45 12 34 56 78", "12345678"),
        ("0045-12345678", "12345678"),
        ("12 34 56 78", "12345678"),
        ("+46 70 123 45 67", "46701234567"),
        ("ring til mor", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_written(typed, digits):
    assert normalise_phone(typed) == digits


def test_the_index_of_contacts_holds_no_number():
    tokens = contact_tokens("12345678", "sol@example.com")
    assert set(tokens) == {"phone", "email"}
    assert "12345678" not in str(tokens) and "sol" not in str(tokens)
    assert contact_tokens("+45 12345678")["phone"] == tokens["phone"]
