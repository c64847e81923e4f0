"""``load_postcodes``: the GeoNames list, all or nothing, and people's places follow."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from peer_support.access.scopes import scope_of
from peer_support.directory import postcodes
from peer_support.directory.importing.notices import Refused
from peer_support.directory.models import Postcode
from peer_support.directory.signals import postcodes_loaded
from peer_support.people.models import Citizen, MeetingPlace, Volunteer
from peer_support.testing.factories import CitizenFactory, MeetingPlaceFactory, VolunteerFactory

pytestmark = pytest.mark.django_db


def line(number="4690", place="Haslev", code="320", latitude="55.325", longitude="11.9696", country="DK"):
    return "\t".join(
        [country, number, place, "Zealand", "20", "Faxe", code, "", "", latitude, longitude, "6"]
    )


@pytest.fixture
def load(tmp_path, capsys):
    def run(*lines, name="DK.txt", data=None, **options):
        path = tmp_path / name
        path.write_bytes(data if data is not None else ("\n".join(lines) + "\n").encode())
        call_command("load_postcodes", str(path), **options)
        return capsys.readouterr()

    return run


def test_new_postcodes_are_written_with_metres_and_municipality(load):
    out = load(line("4683", "Rønnede", latitude="55.2572", longitude="12.0213"), line())
    found = Postcode.objects.get(number="4683")
    assert (found.place, found.municipality_id) == ("Rønnede", "0320")
    assert found.x == pytest.approx(692_000, abs=1000)
    assert "1 new" in out.out


def test_loading_twice_changes_nothing(load):
    load(line("4683", "Rønnede"))
    before = list(Postcode.objects.values())
    assert "0 new, 0 changed" in load(line("4683", "Rønnede")).out
    assert list(Postcode.objects.values()) == before


def test_a_dry_run_writes_nothing_and_sends_nothing(load):
    heard = []
    postcodes_loaded.connect(listener := lambda **kwargs: heard.append(kwargs), weak=False)
    try:
        out = load(line("4683", "Rønnede"), dry_run=True)
    finally:
        postcodes_loaded.disconnect(listener)
    assert "1 new" in out.out and "dry run" in out.out
    assert not Postcode.objects.filter(number="4683").exists()
    assert not heard


def test_one_bad_line_stops_everything_and_every_bad_line_is_told(load):
    with pytest.raises(CommandError) as error:
        load(
            line("4683", "Rønnede"),
            line("46x0"),
            line("4684", latitude="north"),
            line("4685", latitude="48.2", longitude="16.4"),
            "DK\t4686\tFor kort",
            line("4687", place=""),
        )
    text = str(error.value)
    for wanted in ("Line 2", "46x0", "Line 3", "Line 4", "outside Denmark", "Line 5", "Line 6"):
        assert wanted in text
    assert "Nothing was written." in text
    assert not Postcode.objects.filter(number="4683").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"postnr;by\n4000;Roskilde\n", "not separated by tabs"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        (line(country="SE").encode(), "no Danish postcodes"),
        (b"", "not separated by tabs"),
        (b"PK\x03\x04 not a zip", "damaged"),
    ],
)
def test_a_wrong_file_gets_a_clear_sentence(load, data, words):
    with pytest.raises(CommandError, match=words):
        load(data=data)


def test_a_missing_file_and_a_strange_address_get_a_sentence():
    with pytest.raises(CommandError, match="no file called /nowhere/DK.txt"):
        call_command("load_postcodes", "/nowhere/DK.txt")
    with pytest.raises(CommandError, match="https://"):
        call_command("load_postcodes", "file:///etc/passwd")


def test_the_zip_file_of_geonames_is_read_as_it_is(load):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("DK.txt", line("4683", "Rønnede"))
    load(name="DK.zip", data=packed.getvalue())
    assert Postcode.objects.filter(number="4683").exists()


def test_lines_of_other_countries_are_passed_over_and_the_first_of_two_counts(load):
    out = load(line("4683", "Rønnede"), line("4683", "Et andet sted"), line("1000", "Malmø", country="SE"))
    assert Postcode.objects.get(number="4683").place == "Rønnede"
    assert "1 line repeats" in out.err


def test_an_unknown_municipality_leaves_the_postcode_without_one(load):
    out = load(line("3760", "Christiansø", code="411", latitude="55.32", longitude="15.19"))
    assert Postcode.objects.get(number="3760").municipality_id is None
    assert "0411" in out.err


def test_everybody_with_the_postcode_moves_with_it(load, initiative, other_initiative):
    far = VolunteerFactory(initiative=initiative, postcode="4683")
    near = CitizenFactory(initiative=other_initiative, postcode="4683")
    place = MeetingPlaceFactory(initiative=initiative, postcode="4683")
    elsewhere = CitizenFactory(initiative=initiative, postcode="4000")
    assert far.x is None
    load(line("4683", "Rønnede", latitude="55.2572", longitude="12.0213"))
    stored = Postcode.objects.get(number="4683")
    with scope_of(initiative.pk, other_initiative.pk):
        for model, pk in ((Volunteer, far.pk), (Citizen, near.pk), (MeetingPlace, place.pk)):
            moved = model.objects.get(pk=pk)
            assert (moved.x, moved.y) == (stored.x, stored.y)
        assert Citizen.objects.get(pk=elsewhere.pk).x == elsewhere.x


def test_a_postcode_that_only_got_a_new_name_moves_nobody(load):
    load(line("4683", "Rønnede"))
    heard = []
    postcodes_loaded.connect(listener := lambda numbers, **kwargs: heard.extend(numbers), weak=False)
    try:
        load(line("4683", "Rønnede by"))
    finally:
        postcodes_loaded.disconnect(listener)
    assert Postcode.objects.get(number="4683").place == "Rønnede by"
    assert heard == []


def test_a_failing_listener_leaves_the_old_table(load):
    def refuse(**kwargs):
        raise RuntimeError("a receiver failed")

    postcodes_loaded.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            load(line("4683", "Rønnede"))
    finally:
        postcodes_loaded.disconnect(refuse)
    assert not Postcode.objects.filter(number="4683").exists()


def test_reading_needs_no_database_to_refuse(tmp_path):
    with pytest.raises(Refused):
        postcodes.read("a,b,c\n")
