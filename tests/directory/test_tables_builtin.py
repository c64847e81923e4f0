"""The tables that come with the package."""

from collections import Counter

import pytest

from peer_support.directory.builtin import load_builtin_tables, read_table
from peer_support.directory.geo import distance_km, in_denmark, project
from peer_support.directory.models import DirectoryTerm, Municipality, Postcode, Region

# How many municipalities each region has (the reform of 2007).
PER_REGION = {"1081": 11, "1082": 19, "1083": 22, "1084": 29, "1085": 17}


@pytest.mark.django_db
def test_migrating_fills_the_98_municipalities_with_region_and_seat():
    assert Municipality.objects.count() == 98
    assert Counter(Municipality.objects.values_list("region", flat=True)) == PER_REGION
    assert set(PER_REGION) == set(Region.values)
    roskilde = Municipality.objects.get(code="0265")
    assert (roskilde.name, roskilde.get_region_display(), roskilde.seat_postcode) == (
        "Roskilde",
        "Region Sjælland",
        "4000",
    )


def test_every_row_of_the_table_is_whole_and_lies_in_denmark():
    rows = read_table("municipalities")
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows) == 98
    for row in rows:
        assert len(row["code"]) == 4 and row["code"].startswith("0")
        assert len(row["seat_postcode"]) == 4 and row["seat"] and row["seat_place"]
        assert in_denmark(float(row["latitude"]), float(row["longitude"])), row


def test_seats_lie_where_the_map_has_them():
    places = {
        row["seat"]: project(float(row["latitude"]), float(row["longitude"]))
        for row in read_table("municipalities")
    }
    # Road atlas distances as the crow flies, in kilometres.
    for one, other, km in [
        ("København", "Roskilde", 31),
        ("Aarhus", "Odense", 84),
        ("Aalborg", "Hjørring", 46),
        ("Esbjerg", "Kolding", 65),
        ("København", "Rønne", 150),
    ]:
        assert abs(distance_km(places[one], places[other]) - km) <= 6, (one, other)


@pytest.mark.django_db
def test_the_seats_postcodes_are_on_the_map():
    assert Postcode.objects.count() == 98
    assert all(p.municipality_id and p.x and p.y for p in Postcode.objects.all())


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_an_editor_did(django_assert_max_num_queries):
    renamed = DirectoryTerm.objects.get(kind="form", code="phone")
    renamed.name = "Ring til en peer"
    renamed.save()
    DirectoryTerm.objects.get(kind="form", code="chat").delete()
    Postcode.objects.filter(number="4000").update(place="Roskilde by", x=1.0)
    with django_assert_max_num_queries(8):
        load_builtin_tables()
    renamed.refresh_from_db()
    assert renamed.name == "Ring til en peer"
    assert not DirectoryTerm.objects.filter(kind="form", code="chat").exists()
    assert Postcode.objects.get(number="4000").x == 1.0


@pytest.mark.django_db
def test_a_municipality_that_was_changed_is_put_right():
    Municipality.objects.filter(code="0265").update(name="Forkert", region="1081")
    Municipality.objects.filter(code="0101").delete()
    load_builtin_tables()
    assert Municipality.objects.get(code="0265").name == "Roskilde"
    assert Municipality.objects.count() == 98


@pytest.mark.django_db
def test_every_kind_of_term_has_words():
    kinds = Counter(DirectoryTerm.objects.values_list("kind", flat=True))
    assert set(kinds) == set(DirectoryTerm.Kind.values)
    assert min(kinds.values()) >= 8


@pytest.mark.django_db
def test_a_term_without_a_code_gets_one_of_its_own():
    first = DirectoryTerm.objects.create(kind="form", name="Gåture på øen")
    second = DirectoryTerm.objects.create(kind="form", name="Gåture på øen")
    assert (first.code, second.code) == ("gaature-paa-oeen", "gaature-paa-oeen-2")
