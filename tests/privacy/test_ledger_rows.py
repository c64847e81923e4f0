"""What an entry of the ledger may say, down to the last number, and which entries a file touches."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone, translation

from peer_support.conf import peer_settings
from peer_support.privacy import ledger
from peer_support.privacy.ledger import Entry, LedgerError
from peer_support.privacy.models import ErasureRecord

pytestmark = pytest.mark.django_db
AT = "2026-08-03T10:00:00+00:00"
LATER = "2026-08-04T10:00:00+00:00"
CITIZEN, VOLUNTEER = "peer_support.citizen", "peer_support.volunteer"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sletninger.json"


def entry(**changed):
    said = {"model": CITIZEN, "number": 7, "initiative": 3, "at": AT, "why": "request"}
    return Entry(**{**said, **changed})


def written(file, *entries):
    """Write a file whose digests fit, whatever its entries say."""
    file.write_text(ledger._as_text(list(entries)))
    return file


def rows():
    return {
        (row.model, row.object_id): (row.initiative_number, row.at.isoformat(), row.why)
        for row in ErasureRecord.objects.all()
    }


LARGEST = 2**63 - 1


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 1},
        {"number": LARGEST},
        {"initiative": None},
        {"initiative": 1},
        {"initiative": LARGEST},
        {"why": ""},
        {"why": "x" * 10},
        {"model": VOLUNTEER},
    ],
    ids=str,
)
def test_what_an_entry_may_say_is_taken_as_it_is(changed, file):
    one = entry(**changed)
    assert ledger.load(written(file, one)) == 1
    assert rows() == {one.key: (one.initiative, AT, one.why)}


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 0},
        {"number": LARGEST + 1},
        {"number": None},
        {"number": 7.0},
        {"initiative": 0},
        {"initiative": -1},
        {"initiative": LARGEST + 1},
        {"initiative": True},
        {"initiative": "3"},
        {"model": None},
        {"model": 3},
        {"why": None},
        {"why": ["request"]},
        {"why": "x" * 11},
        {"at": "soon"},
        {"at": "2026-08-03T10:00:00"},
    ],
    ids=str,
)
def test_what_an_entry_may_not_say_is_refused_whole(changed, file):
    with translation.override("da"), pytest.raises(LedgerError, match="er ikke en hel liste") as refusal:
        ledger.load(written(file, entry(number=6), entry(**changed)))
    assert str(file) in str(refusal.value)
    assert rows() == {}


def test_a_moment_is_no_more_than_a_day_ahead(file):
    """Clocks differ a little, and zones; nobody was erased the day after tomorrow."""
    now = timezone.now()
    near, far = ((now + timedelta(hours=hours)).isoformat() for hours in (23, 25))
    assert entry(at=near).moment == datetime.fromisoformat(near)
    with pytest.raises(ValueError, match=far[:10]):
        entry(at=far).moment  # noqa: B018
    with pytest.raises(LedgerError):
        ledger.load(written(file, entry(at=far)))
    assert ledger.load(written(file, entry(at=near))) == 1


def test_the_parts_of_an_entry():
    one = entry()
    assert one.key == (CITIZEN, 7)
    assert one.moment == datetime(2026, 8, 3, 10, tzinfo=UTC)


# Which entries a file touches


def test_only_the_record_that_was_erased_anew_gets_the_later_moment(file):
    written(file, entry(), entry(model=VOLUNTEER), entry(number=8), entry(model=VOLUNTEER, number=8))
    ledger.load(file)
    assert ledger.load(written(file, entry(at=LATER))) == 0
    assert rows() == {
        (CITIZEN, 7): (3, LATER, "request"),
        (VOLUNTEER, 7): (3, AT, "request"),
        (CITIZEN, 8): (3, AT, "request"),
        (VOLUNTEER, 8): (3, AT, "request"),
    }


def test_an_earlier_or_the_same_moment_changes_nothing(file, monkeypatch):
    ledger.load(written(file, entry(at=LATER)))
    asked = []
    monkeypatch.setattr(ledger, "renew", lambda *args: asked.append(args))
    for at in (AT, LATER):
        assert ledger.load(written(file, entry(at=at, initiative=9, why="retention"))) == 0
    assert asked == [] and rows() == {(CITIZEN, 7): (3, LATER, "request")}


def test_a_file_may_be_loaded_twice(file):
    written(file, entry(), entry(number=8))
    assert [ledger.load(file), ledger.load(file)] == [2, 0]
    assert ErasureRecord.objects.count() == 2


def test_every_kind_that_is_not_known_is_named(file):
    written(file, entry(model="other.thing"), entry(), entry(model="auth.user"))
    with translation.override("da"), pytest.raises(LedgerError, match=": auth.user, other.thing\\. Brug"):
        ledger.load(file)
    assert rows() == {}


# Which site's file it is


def test_a_file_under_another_key_is_taken_only_when_one_says_so(file):
    written(file, entry())
    other = {"KEYS": peer_settings.KEYS, "INDEX_KEY": "y" * 40}
    with override_settings(PEER_SUPPORT=other):
        with pytest.raises(LedgerError):
            ledger.load(file)
        with pytest.raises(LedgerError):
            ledger.load(file, any_key=False)
        assert rows() == {}
        assert ledger.load(file, any_key=True) == 1


def test_one_may_save_over_a_file_of_another_key_that_knows_no_more(file):
    ledger.load(written(file, entry()))
    with override_settings(PEER_SUPPORT={"KEYS": peer_settings.KEYS, "INDEX_KEY": "y" * 40}):
        assert ledger.save(file) == 1
        assert ledger.load(file) == 0


# What is saved


def test_what_is_saved_is_what_is_loaded_again(file):
    entries = [entry(), entry(model=VOLUNTEER, initiative=None, why=""), entry(number=LARGEST, at=LATER)]
    ledger.load(written(file, *entries))
    before = rows()
    file.unlink()
    assert ledger.save(file) == 3
    held = json.loads(file.read_text(encoding="utf-8"))
    assert held.keys() == {"schema", "digest", "seal", "entries"} and held["schema"] == ledger.SCHEMA == 1
    assert [Entry(**row) for row in held["entries"]] == entries, "in the order in which it happened"
    assert file.read_text().endswith("}\n"), "a file of lines"
    ErasureRecord.objects.all()._raw_delete("default")
    assert ledger.load(file) == 3 and rows() == before


@pytest.mark.parametrize(("at", "refused"), [(AT, False), (LATER, True)])
def test_a_file_that_knows_a_later_moment_is_not_saved_over(at, refused, file):
    ledger.load(written(file, entry(), entry(number=8)))
    written(file, entry(at=at), entry(number=8))
    before = file.read_text()
    if not refused:
        assert ledger.save(str(file)) == 2
        return
    with translation.override("da"), pytest.raises(LedgerError, match="kender 1 sletning, som") as refusal:
        ledger.save(file)
    assert str(refusal.value).startswith(str(file)) and "Intet er gemt" in str(refusal.value)
    assert file.read_text() == before


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_is_named_and_nothing_is_left_lying_about(step, file, monkeypatch):
    ledger.load(written(file, entry()))
    before = file.read_text()

    def fails(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fails)
    with translation.override("da"), pytest.raises(LedgerError) as refusal:
        ledger.save(file)
    monkeypatch.undo()
    assert str(refusal.value) == f"{file} kan ikke skrives: No space left on device."
    assert file.read_text() == before and [one.name for one in file.parent.iterdir()] == [file.name]


def test_it_is_written_beside_and_then_put_in_place(file, monkeypatch):
    """On the same disk, so that it is there whole or not at all; and flushed before."""
    ledger.load(written(file, entry()))
    steps = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: steps.append("flushed") or fsync(handle))
    monkeypatch.setattr(os, "replace", lambda name, path: steps.append((name, path)) or replace(name, path))
    ledger.save(file)
    flushed, (name, path) = steps
    assert flushed == "flushed" and path == file
    assert os.path.dirname(name) == str(file.parent) and os.path.basename(name).startswith(f".{file.name}.")


def test_a_power_cut_in_python_leaves_nothing_lying_about(file, monkeypatch):
    ledger.load(written(file, entry()))

    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        ledger.save(file)
    assert [one.name for one in file.parent.iterdir()] == [file.name]


# The file is kept for years: what an older version has written is read, and nobody can change it without the key.

KEY = {"KEYS": ["k" * 43 + "="], "INDEX_KEY": "z" * 40}
KEPT = r"""{
 "schema": 1,
 "digest": "74d3e4a226b0159ef4d4fcf95a7ef3cc08f0fbd92c229015e5591bed60ce4d72",
 "seal": "f81bf30c8149e791095b592e301ed392d022f1e6393c6b7ec4f7bc2502641b05",
 "entries": [
  {
   "model": "peer_support.citizen",
   "number": 7,
   "initiative": 3,
   "at": "2026-08-03T10:00:00+00:00",
   "why": "request"
  },
  {
   "model": "peer_support.volunteer",
   "number": 8,
   "initiative": null,
   "at": "2026-08-04T10:00:00+00:00",
   "why": "\u00e6ble"
  }
 ]
}
"""


@override_settings(PEER_SUPPORT=KEY)
def test_a_file_of_an_older_version_is_read(file):
    file.write_text(KEPT)
    assert ledger.load(file) == 2
    assert rows() == {(CITIZEN, 7): (3, AT, "request"), (VOLUNTEER, 8): (None, LATER, "æble")}
    file.unlink()
    ledger.save(file)
    assert file.read_text() == KEPT


@override_settings(PEER_SUPPORT=KEY)
def test_who_changes_the_file_must_have_the_key(file):
    """The digest is for accidents: anybody can make it fit."""
    held = json.loads(written(file, entry()).read_text())
    other = json.loads(written(file, entry(number=8)).read_text())
    assert held["seal"] != other["seal"] and held["digest"] != other["digest"]
    file.write_text(json.dumps({**other, "seal": held["seal"]}))
    with translation.override("da"), pytest.raises(LedgerError, match="af en anden side"):
        ledger.load(file)
    assert rows() == {}
