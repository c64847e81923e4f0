"""What was erased stays erased: the ledger is kept outside the backup, loaded after a restore, and carried out again."""

import json
import stat
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.conf import peer_settings
from peer_support.courses.models import Enrolment
from peer_support.matching.models import Match
from peer_support.people.erasing import erase_person
from peer_support.people.models import Citizen, Volunteer
from peer_support.privacy import erasure, ledger
from peer_support.privacy.models import ErasureRecord
from peer_support.recruitment.models_enquiry import TalkRequest
from peer_support.testing.factories import CitizenFactory
from tests.privacy.backup import backup, restore
from tests.privacy.canaries import places_of
from tests.privacy.test_erasure import words
from tests.security.world import KEY_A, KEY_B, build_side

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sletninger.json"


def run(*options):
    call_command("erasure_ledger", *map(str, options))


@pytest.fixture
def erased(initiative, in_scope):
    people = CitizenFactory.create_batch(3, initiative=initiative, status="ended", first_name="Marehalm")
    for person in people:
        erase_person(person=person, user=None)
    return people


def known():
    return set(ErasureRecord.objects.values_list("model", "object_id", "initiative_number", "at", "why"))


def forget():
    """Let the ledger be as old as one in a restored backup."""
    ErasureRecord.objects.all()._raw_delete("default")


# The whole way


def test_backup_erase_save_restore_load_reapply_and_not_a_word_is_left(file):
    for key in (KEY_A, KEY_B):
        build_side(key)
    with all_initiatives("a test"):
        Match.objects.update(state="ended", ended_on=timezone.localdate(), active_from=timezone.localdate())
        Enrolment.objects.update(state="completed", completed_on=timezone.localdate())
        for model in (Citizen, Volunteer):
            model.objects.update(status="ended", ended_on=timezone.localdate())
    secret = {name: word for name, word in words(KEY_A).items() if name != "ambassador"}.values()
    with scope_of(KEY_A):
        erasure.erase(subject=Volunteer.objects.get(pk=KEY_A + 100))
    copy = backup()
    with scope_of(KEY_A):
        people = [*Citizen.objects.all(), *Volunteer.objects.all(), *TalkRequest.objects.all()]
        for person in people:
            erasure.erase(subject=person)
    assert places_of(secret) == {}
    run("--save", file)
    everything = known()

    restore(copy)
    assert set(places_of(secret)) == set(secret), "the control: the backup brought every word back"
    assert erasure.reapply() == 0, "the control: the ledger in the backup is from before the erasures"
    assert set(places_of(secret)) == set(secret)

    run("--load", file)
    assert known() == everything
    assert erasure.reapply() == len(people)
    assert places_of(secret) == {}
    others = {name: word for name, word in words(KEY_B).items() if name != "ambassador"}.values()
    assert set(places_of(others)) == set(others), "nobody else lost a word"
    run("--load", file)
    assert known() == everything and erasure.reapply() == 0


def test_who_got_a_number_anew_after_the_restore_is_somebody_else(file, initiative, in_scope):
    """The backup is from before the first one came: the next who comes gets the same number."""
    copy = backup()
    first = CitizenFactory(initiative=initiative, status="ended")
    erase_person(person=first, user=None)
    run("--save", file)
    restore(copy)
    second = CitizenFactory(pk=first.pk, initiative=initiative, status="ended", first_name="Strandkrog")
    run("--load", file)
    assert erasure.reapply() == 0
    assert Citizen.objects.get(pk=second.pk).first_name == "Strandkrog"
    # And when they are erased in their turn, the ledger says so after the next restore.
    copy = backup()
    erase_person(person=second, user=None)
    run("--save", file)
    restore(copy)
    with pytest.raises(CommandError, match="kender 1 sletning, som siden ikke kender"):
        run("--save", file)
    run("--load", file)
    assert erasure.reapply() == 1
    assert Citizen._base_manager.get(pk=second.pk).first_name == ""
    assert ErasureRecord.objects.count() == 1


# The file


def test_the_file_holds_numbers_and_no_names_and_is_for_one_pair_of_eyes(file, erased, capsys):
    run("--save", file)
    assert f"3 sletninger gemt i {file}." in capsys.readouterr().out
    text = file.read_text()
    assert "Marehalm" not in text
    rows = json.loads(text)["entries"]
    assert {frozenset(row) for row in rows} == {frozenset({"model", "number", "initiative", "at", "why"})}
    assert [row["number"] for row in rows] == [person.pk for person in erased]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name], "nothing is left lying about"


def test_loading_adds_what_is_missing_and_changes_nothing_else(file, erased, capsys):
    run("--save", file)
    before = known()
    ErasureRecord.objects.filter(object_id=erased[0].pk)._raw_delete("default")
    run("--load", file)
    assert "1 sletning lagt til. Kør nu reapply_erasures." in capsys.readouterr().out
    assert known() == before


def test_an_older_ledger_is_not_saved_over_a_newer_one(file, erased, initiative):
    run("--save", file)
    newer = file.read_text()
    forget()
    with pytest.raises(
        CommandError, match=r"kender 3 sletninger, som siden ikke kender. .* læs filen ind først"
    ):
        run("--save", file)
    assert file.read_text() == newer
    run("--load", file)
    more = CitizenFactory(initiative=initiative, status="ended")
    erase_person(person=more, user=None)
    run("--save", file)
    assert len(json.loads(file.read_text())["entries"]) == 4


def test_a_save_that_breaks_off_leaves_the_old_file(file, erased, monkeypatch):
    run("--save", file)
    old = file.read_text()

    def fails(*paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ledger.os, "replace", fails)
    with pytest.raises(CommandError, match="kan ikke skrives"):
        run("--save", file)
    assert file.read_text() == old and [one.name for one in file.parent.iterdir()] == [file.name]


def changed(**values):
    """Return what changes the first entry and makes the digests fit again, as one who does it on purpose could not."""

    def change(held):
        held["entries"][0].update(values)
        return signed(held)

    return change


def signed(held):
    content = ledger._canonical(held["entries"])
    held["digest"], held["seal"] = ledger.hashlib.sha256(content).hexdigest(), ledger._seal(content)
    return held


def cut_off(text):
    return text[: len(text) // 2]


def as_json(change):
    return lambda text: json.dumps(change(json.loads(text)))


def one_number_is_another(held):
    held["entries"][0]["number"] += 1000
    return held


def without_the_last(held):
    held["entries"].pop()
    return held


WHOLE = "ikke en hel liste"
DAMAGE = {
    "cut off": (cut_off, WHOLE),
    "empty": (lambda text: "", WHOLE),
    "not text": (lambda text: "\x00\x01", WHOLE),
    "a list": (lambda text: "[]", WHOLE),
    "deep": (lambda text: "[" * 100_000, WHOLE),
    "a number is another": (as_json(one_number_is_another), WHOLE),
    "an entry is gone": (as_json(without_the_last), WHOLE),
    "no digest": (as_json(lambda held: {**held, "digest": ""}), WHOLE),
    "twice the same": (
        as_json(lambda held: signed({**held, "entries": [held["entries"][0], *held["entries"]]})),
        WHOLE,
    ),
    "a number in words": (as_json(changed(number="1")), WHOLE),
    "a number too big": (as_json(changed(number=2**70)), WHOLE),
    "a number below": (as_json(changed(number=-1)), WHOLE),
    "true": (as_json(changed(number=True)), WHOLE),
    "a day to come": (as_json(changed(at="2999-01-01T00:00:00+00:00")), WHOLE),
    "a day without a zone": (as_json(changed(at="2026-01-01T00:00:00")), WHOLE),
    "no day": (as_json(changed(at=None)), WHOLE),
    "too many words": (as_json(changed(why="x" * 11)), WHOLE),
    "one more word": (as_json(changed(name="Marehalm")), WHOLE),
    "an unknown kind": (
        as_json(changed(model="auth.user")),
        "en slags post, som siden ikke kender: auth.user",
    ),
    "another version": (as_json(lambda held: {**held, "schema": 2}), "en anden version"),
    "another site": (as_json(lambda held: {**held, "seal": "0" * 64}), "en anden side"),
    "no seal": (as_json(lambda held: {**held, "seal": None}), "en anden side"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_file_that_is_not_whole_is_refused_with_a_sentence_and_nothing_is_loaded(kind, file, erased):
    damage, sentence = DAMAGE[kind]
    run("--save", file)
    file.write_text(damage(file.read_text()))
    forget()
    with pytest.raises(CommandError, match=sentence) as refusal:
        run("--load", file)
    assert str(file) in str(refusal.value) and "Intet er ændret" in str(refusal.value)
    assert not ErasureRecord.objects.exists()


@pytest.mark.parametrize("option", ["--load", "--save"])
def test_a_file_that_cannot_be_opened(option, tmp_path, erased):
    with pytest.raises(CommandError, match="kan ikke"):
        run(option, tmp_path)
    with pytest.raises(CommandError, match="Der er ingen fil" if option == "--load" else "kan ikke skrives"):
        run(option, tmp_path / "nowhere" / "file.json")


def test_a_fault_while_loading_loads_nothing_by_half(file, erased, monkeypatch):
    run("--save", file)
    ErasureRecord.objects.exclude(object_id=erased[2].pk)._raw_delete("default")
    ledger.renew("peer_support.citizen", erased[2].pk, timezone.now() - timedelta(days=9))

    def fails(*args):
        raise RuntimeError("the power went")

    monkeypatch.setattr(ledger, "renew", fails)
    with pytest.raises(RuntimeError):
        ledger.load(file)
    assert ErasureRecord.objects.count() == 1
    monkeypatch.undo()
    assert ledger.load(file) == 2


def test_a_file_of_before_the_index_key_was_changed_is_taken_when_one_is_sure(file, erased):
    run("--save", file)
    before = known()
    forget()
    with override_settings(PEER_SUPPORT={"KEYS": peer_settings.KEYS, "INDEX_KEY": "y" * 40}):
        with pytest.raises(CommandError, match="en anden indeksnøgle"):
            run("--load", file)
        run("--load", file, "--other-key")
    assert known() == before


def test_a_lost_key_stops_no_ledger(file, erased):
    with override_settings(PEER_SUPPORT={"KEYS": []}):
        run("--save", file)
        forget()
        run("--load", file)
    assert ErasureRecord.objects.count() == 3


def test_one_of_the_two_is_asked_for(file):
    with pytest.raises(CommandError):
        run()
    with pytest.raises(CommandError):
        run("--save", file, "--load", file)
