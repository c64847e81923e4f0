"""Search: Danish letters and spelling variants, the same on every database."""

import pytest

from peer_support.directory.models import Initiative, Municipality
from peer_support.directory.search import narrow, search_text, words_of
from peer_support.testing.factories import InitiativeFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Århus", "Aarhus"),
        ("ÅRHUS", "aarhus"),
        ("Helsingør", "Helsingoer"),
        ("Læsø", "laesoe"),
        ("peer-støtte", "peerstøtte"),
        ("a\u030arhus", "Århus"),
        ("café", "cafe"),
        ("peer\u2011støtte", "Peerstøtte"),
    ],
)
def test_two_spellings_are_one_word(one, other):
    assert words_of(one) == words_of(other)


def test_years_with_a_dash_stay_two_numbers():
    assert words_of("2013-2015") == ["2013", "2015"]


def test_a_search_column_of_nothing_is_empty():
    assert search_text("", None) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Peer-støtte i haven", "peerstøtte"),
        ("Peer støtte i haven", "peerstøtte"),
        ("Peerstøtte i haven", "peer støtte"),
        ("Peerstøtte i haven", "peer-støtte"),
        ("Peer støtte i haven", "PEER-STØTTE"),
        ("Café i Århus", "aarhus cafe"),
        ("Café i Aarhus", "århus"),
        ("Uddannelse til MB", "mb"),
        ("Frivillige på Ærø", "aeroe"),
    ],
)
def test_an_entry_is_found_however_it_is_spelled(text, typed):
    wanted = InitiativeFactory(title=text)
    InitiativeFactory(title="Noget helt andet")
    assert list(narrow(Initiative.objects.all(), typed)) == [wanted]


@pytest.mark.django_db
def test_a_short_word_is_not_found_inside_another():
    InitiativeFactory(title="Kalundborg")
    assert not narrow(Initiative.objects.all(), "ung").exists()


@pytest.mark.django_db
def test_every_word_must_be_there_and_signs_alone_find_nothing():
    InitiativeFactory(title="Haven ved åen")
    assert narrow(Initiative.objects.all(), "haven åen").count() == 1
    assert narrow(Initiative.objects.all(), "haven fjorden").count() == 0
    assert narrow(Initiative.objects.all(), "%%%").count() == 0
    assert narrow(Initiative.objects.all(), "  ").count() == 1


@pytest.mark.django_db
def test_places_terms_and_sections_are_searched_too():
    initiative = InitiativeFactory(title="Haven")
    initiative.municipalities.add(Municipality.objects.get(name="Køge"))
    initiative.save()
    assert list(narrow(Initiative.objects.all(), "koege")) == [initiative]


@pytest.mark.django_db
def test_a_draft_is_found_by_what_was_written_last_and_a_public_entry_by_what_is_public():
    draft, public = InitiativeFactory(title="Skitse", live=False), InitiativeFactory(title="Offentlig")
    for initiative in (draft, public):
        initiative.summary = "Nyt om guitarspil"
        initiative.save_revision()
    assert list(narrow(Initiative.objects.all(), "guitarspil")) == [draft]
    public.get_latest_revision().publish()
    assert set(narrow(Initiative.objects.all(), "guitarspil")) == {draft, public}
