"""The numbers beside the filters: each says what a visitor would get who chose that value, and nothing else."""

from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from peer_support.directory.models import DirectoryTerm, Initiative, Municipality
from peer_support.directory.public_filters import FACETS
from peer_support.directory.public_list import PublicDirectory
from peer_support.testing.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
TOWNS = ["0101", "0217", "0259", "0751"]
REGION_OF = {"0101": "1084", "0217": "1084", "0259": "1085", "0751": "1082"}
TERMS = {
    "form": ["one-to-one", "chat"],
    "audience": ["adults"],
    "setting": ["home"],
    "relation": ["volunteer"],
}
FIELD = {"form": "forms", "audience": "audiences", "setting": "settings", "relation": "relations"}
VALUES = {
    "region": ["1084", "1085", "1082", "dk", "none"],
    "municipality": [*TOWNS, "dk", "none"],
    "status": ["running", "ended", "none"],
    **{kind: [*codes, "none"] for kind, codes in TERMS.items()},
}

entry = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["", "1084", "1085", "1082"]),
        "nationwide": st.sampled_from([False, False, False, True]),
        "status": st.sampled_from(["", "running", "ended"]),
        "live": st.sampled_from([True, True, True, False]),
        "towns": st.sets(st.sampled_from(TOWNS), max_size=2),
        **{kind: st.sets(st.sampled_from(codes)) for kind, codes in TERMS.items()},
    }
)
chosen = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
        for name, values in VALUES.items()
    },
)


def read(data):
    query = QueryDict(urlencode(data, doseq=True))
    return PublicDirectory(query, locale_id=Locale.get_default().pk)


def store(rows):
    plain = ("region", "nationwide", "status", "live")
    made = Initiative.objects.bulk_create(
        Initiative(title="x", locale=Locale.get_default(), **{name: row[name] for name in plain})
        for row in rows
    )
    terms = {(term.kind, term.code): term.pk for term in DirectoryTerm.objects.all()}
    ties = {name: [] for name in ("municipalities", *FIELD.values())}
    for row, initiative in zip(rows, made, strict=True):
        ties["municipalities"] += [(initiative.pk, code) for code in row["towns"]]
        for kind, name in FIELD.items():
            ties[name] += [(initiative.pk, terms[kind, code]) for code in row[kind]]
    for name, pairs in ties.items():
        through = getattr(Initiative, name).through
        column = "municipality_id" if name == "municipalities" else "directoryterm_id"
        through.objects.bulk_create(through(initiative_id=pk, **{column: value}) for pk, value in pairs)


def said(row):
    """What an entry says, by facet, worked out once more and as plainly as can be."""
    towns = set(row["towns"])
    region = {row["region"]} - {""} | {REGION_OF[town] for town in towns}
    found = {"region": region, "municipality": towns, "status": {row["status"]} - {""}}
    found |= {kind: set(row[kind]) for kind in TERMS}
    if row["nationwide"]:
        found["region"] |= {"dk"}
        found["municipality"] |= {"dk"}
    return {name: values or {"none"} for name, values in found.items()}


def count(rows, wanted):
    live = [said(row) for row in rows if row["live"]]
    return sum(all(row[name] & set(values) for name, values in wanted.items()) for row in live)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(entry, max_size=7), wanted=chosen)
def test_every_count_is_what_a_slow_count_gives(db, rows, wanted):
    with transaction.atomic():
        store(rows)
        directory = read(wanted)
        assert directory.total == count(rows, wanted)
        for name in FACETS:
            others = {facet: values for facet, values in wanted.items() if facet != name}
            for value in VALUES[name]:
                assert directory.counts[name][value] == count(rows, {**others, name: [value]}), (name, value)
        ways = {way.query: way.count for way in directory.ways_out}
        for name in wanted:
            without = {facet: values for facet, values in wanted.items() if facet != name}
            if directory.total == 0 and count(rows, without):
                assert ways[directory.query(drop=(name,))] == count(rows, without)
        transaction.set_rollback(True)


def make(title, *towns, **fields):
    initiative = InitiativeFactory(title=title, **fields)
    initiative.municipalities.set(Municipality.objects.filter(name__in=towns))
    initiative.save()
    return initiative


def titles(**data):
    return [row.title for row in read(data).ordered]


def test_only_what_is_published_in_the_language_is_found():
    make("Synlig")
    make("Skitse", live=False)
    make("English", locale=Locale.objects.create(language_code="en"))
    assert titles() == ["Synlig"]


def test_names_are_sorted_the_danish_way():
    for title in ("Åen", "Zonen", "Ærø", "Øen", "Aalborg", "Bakken"):
        make(title)
    assert titles() == ["Bakken", "Zonen", "Ærø", "Øen", "Åen", "Aalborg"]


def test_several_words_of_one_kind_widen_and_kinds_narrow():
    make("Her", "København", status="running")
    make("Der", "Aarhus", status="running")
    make("Før", "Aarhus", status="ended")
    assert titles(municipality=["0101", "0751"]) == ["Der", "Før", "Her"]
    assert titles(municipality=["0101", "0751"], status="running") == ["Der", "Her"]


def test_a_region_holds_what_has_a_town_in_it():
    make("Kun by", "Køge")
    assert titles(region="1085") == ["Kun by"]
    assert titles(region="none") == []


def test_the_nearest_come_first_and_an_unknown_place_is_last_and_not_lost():
    make("Langt væk", "Aarhus")
    make("Ukendt")
    make("Tæt på", "Fredensborg")
    make("Overalt", nationwide=True)
    make("Midt i", "Helsingør", "Aarhus")
    directory = read({"near": "3000"})
    assert [row.title for row in directory.ordered] == ["Midt i", "Tæt på", "Langt væk", "Overalt", "Ukendt"]
    kilometres = [row.km for row in directory.ordered]
    assert kilometres[0] == 0 and 5 < kilometres[1] < 20 and kilometres[3:] == [None, None]


@pytest.mark.parametrize("typed", ["3000", "3000 Helsingør", "helsingoer", "Helsingør"])
def test_a_place_is_known_by_number_or_name(typed):
    assert read({"near": typed}).near.number == "3000"


def test_a_place_that_is_not_known_is_no_error_and_loses_nothing():
    make("Haven")
    directory = read({"near": "Atlantis", "sort": "near"})
    assert directory.near is None and directory.sort == "name" and directory.total == 1


@pytest.mark.parametrize("typed", ["peerstøtte aarhus", "peer-stoette århus", "PEER STØTTE Aarhus"])
def test_words_and_filters_go_together_whatever_the_spelling(typed):
    make("Peer-støtte i Århus", "Aarhus", status="running")
    make("Peerstøtte i Aarhus", "Aarhus", status="ended")
    assert titles(q=typed, status="running") == ["Peer-støtte i Århus"]
    assert len(titles(q=typed)) == 2


def test_a_name_with_the_word_comes_before_a_text_with_it():
    make("Annas hus", summary="Her er en have.")
    make("Have for alle")
    assert titles(q="have") == ["Have for alle", "Annas hus"]


def test_an_empty_answer_says_which_single_filter_to_leave_out():
    make("Haven", "Køge", status="running", summary="guitar")
    directory = read({"q": "guitar", "municipality": "0101", "status": "running"})
    assert [(way.label, way.count) for way in directory.ways_out] == [("Municipality", 1)]
    assert titles(q="guitar", status="running") == ["Haven"]
    directory = read({"q": "trompet", "status": "running"})
    assert [way.count for way in directory.ways_out] == [1]


def test_what_is_for_the_whole_country_is_offered_beside_a_town():
    make("Overalt", nationwide=True)
    make("Her", "Køge")
    directory = read({"municipality": "0259"})
    assert directory.total == 1 and directory.whole_country.count == 1
    assert "municipality=dk" in directory.whole_country.query
    assert read({"municipality": ["0259", "dk"]}).total == 2


def test_words_that_no_filter_knows_are_left_out():
    make("Haven")
    directory = read({"form": ["one-to-one'; --", "x"], "region": "Mars"})
    assert directory.total == 1 and directory.filters.unknown and not directory.selected
