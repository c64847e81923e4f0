"""A change of keys: everything is written anew, readers never fail, and a run that was killed goes on."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.people.models import Citizen
from peer_support.privacy.fields import Unreadable
from peer_support.privacy.rotation import Rotated, encrypted_columns, rotate
from peer_support.testing.factories import CitizenFactory, VolunteerFactory
from tests.security.world import KEY_A, build_side
from tests.soak import both_runs, longer

INDEX_KEY = "an-index-key-of-these-tests-that-is-long"
OLD, NEW, LOST = (Fernet.generate_key().decode() for __ in range(3))


def keys(*values):
    return override_settings(PEER_SUPPORT={"KEYS": list(values), "INDEX_KEY": INDEX_KEY})


def stored(model=Citizen, column="first_name"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY {model._meta.pk.column}")
        return [row[0] for row in cursor.fetchall()]


def opened_by(key):
    """How many of the stored first names ``key`` alone can open."""
    return sum(_opens(key, token) for token in stored())


def _opens(key, token):
    try:
        return bool(Fernet(key).decrypt(token.encode()))
    except Exception:
        return False


@pytest.fixture
def written_with_old(db, initiative):
    with keys(OLD):
        people = [CitizenFactory(initiative=initiative, first_name=f"Marehalm {n}") for n in range(6)]
        VolunteerFactory(initiative=initiative, first_name="Havtorn", notes="en lang tekst")
    return people


def test_all_is_written_with_the_newest_key(written_with_old, initiative):
    with keys(NEW, OLD):
        done = rotate(batch=2)
    assert (done.lost, done.current) == (0, 0) and done.renewed >= 8
    with keys(NEW), scope_of(initiative.pk):
        assert [p.first_name for p in Citizen.objects.order_by("pk")] == [f"Marehalm {n}" for n in range(6)]


def test_every_table_is_written_anew_also_those_that_are_only_added_to(db):
    with keys(OLD):
        build_side(KEY_A)
    with keys(NEW, OLD):
        assert rotate().lost == 0
    for model, columns in encrypted_columns():
        for column in columns:
            tokens = [token for token in stored(model, column) if token]
            assert all(_opens(NEW, token) for token in tokens), f"{model.__name__}.{column}"


def test_a_second_run_writes_nothing(written_with_old):
    with keys(NEW, OLD):
        count = rotate().renewed
        before = stored()
        assert rotate() == Rotated(renewed=0, current=count, lost=0)
        assert stored() == before
    with keys(LOST):
        assert rotate() == Rotated(renewed=0, current=0, lost=count)


def test_a_dry_run_counts_and_writes_nothing(written_with_old):
    before = stored()
    with keys(NEW, OLD):
        counted = rotate(dry_run=True).renewed
        assert stored() == before
        assert rotate().renewed == counted


def test_what_no_key_fits_is_left_and_counted(written_with_old, capsys):
    with keys(LOST):
        assert isinstance(_first(), Unreadable)
    before = stored()
    with keys(NEW, LOST):
        call_command("rotate_keys")
    assert stored() == before
    assert str(rotate_lost(before)) in capsys.readouterr().err


def rotate_lost(__):
    with keys(NEW, LOST):
        return rotate().lost


def _first():
    with all_initiatives("a test"):
        return Citizen.objects.order_by("pk").first().first_name


def test_what_is_saved_meanwhile_is_kept(written_with_old, initiative):
    person, counts = written_with_old[-1], []

    def save_in_between(model, done):
        counts.append(done.renewed)
        if model is Citizen:
            with scope_of(initiative.pk):
                found = Citizen.objects.get(pk=person.pk)
                found.first_name = "Nyt navn"
                found.save()

    with keys(NEW, OLD):
        rotate(batch=1, after_batch=save_in_between)
    assert len(counts) == 7 and counts == sorted(counts)
    with keys(NEW), scope_of(initiative.pk):
        assert Citizen.objects.get(pk=person.pk).first_name == "Nyt navn"


def test_every_encrypted_field_is_rotated():
    """The columns come from the models themselves, so a new field cannot be forgotten."""
    found = {(model._meta.model_name, column) for model, columns in encrypted_columns() for column in columns}
    assert {
        ("citizen", "wish"),
        ("volunteer", "notes"),
        ("conversation", "notes"),
        ("match", "goals"),
    } <= found
    assert all(columns for __, columns in encrypted_columns())


@both_runs
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_readers_never_fail(initiative):
    """Rows are read in another connection while they are written anew; the soak does it with 5,000."""
    count = longer(200, 5000)
    with keys(OLD):
        CitizenFactory.create_batch(count, initiative=initiative, first_name="Marehalm", notes="ord")
    unreadable, reads, over = [], [], threading.Event()

    def read():
        rng = random.Random(7)
        try:
            with all_initiatives("a test"):
                ids = list(Citizen.objects.values_list("pk", flat=True))
                while not over.is_set():
                    found = Citizen.objects.get(pk=rng.choice(ids))
                    reads.append(1)
                    if found.first_name != "Marehalm" or found.notes != "ord":
                        unreadable.append(found.pk)
        finally:
            connections.close_all()

    with keys(NEW, OLD):
        reader = threading.Thread(target=read)
        reader.start()
        try:
            rotate(batch=50)
        finally:
            over.set()
            reader.join()
    assert reads and unreadable == []
    assert opened_by(NEW) == count


KILL = longer(3, 20)
# It waits for a word after each batch: on a busy machine it would be done before it is killed.
RUN = """
import sys
import django
django.setup()
from peer_support.privacy.rotation import rotate
rotate(batch=1, after_batch=lambda model, done: print(done.renewed, flush=True) or sys.stdin.readline())
"""


@both_runs
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_run_that_is_killed_goes_on(initiative):
    """Killed at random points (three here, twenty in the soak), started again: every value opens, and none is lost."""
    with keys(OLD):
        CitizenFactory.create_batch(40, initiative=initiative, first_name="Marehalm", notes="ord")
    settings_of = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.privacy.rotated_settings",
        "PEER_KILL_DB": str(connection.settings_dict["NAME"]),
        "PEER_KILL_KEYS": f"{NEW} {OLD}",
    }
    rng, killed = random.Random(11), 0
    for __ in range(KILL):
        run = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", RUN],
            env=settings_of,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        for __lines in range(rng.randint(1, 4)):
            run.stdout.readline()
            run.stdin.write(b"\n")
        # It is on its way to the next batch, and dies somewhere in it.
        time.sleep(rng.uniform(0, 0.01))
        run.send_signal(signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
        run.stdin.close()
        run.stdout.close()
        with keys(NEW, OLD), all_initiatives("a test"):
            assert {p.first_name for p in Citizen.objects.all()} == {"Marehalm"}
    assert killed == KILL and 0 < opened_by(NEW) < 40
    with keys(NEW, OLD):
        rotate()
    assert opened_by(NEW) == 40
