"""The log cannot be changed unseen, and on PostgreSQL not at all."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from peer_support.privacy import sealing
from peer_support.privacy.access_log import Action, log_access
from peer_support.privacy.log_guard import purging
from peer_support.privacy.models import AccessLogEntry, AccessLogSeal
from peer_support.testing.factories import CitizenFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


@pytest.fixture
def people(initiative):
    return CitizenFactory.create_batch(3, initiative=initiative)


def write(people, user=None):
    log_access(user=user, action=Action.READ, objects=people, route="a_test")


def seal(batch=sealing.BATCH):
    return sealing.seal_log(now=timezone.now() + LATER, batch=batch)


def tamper(sql):
    """Change the log as somebody who has the database and no respect."""
    with purging(connection), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {AccessLogEntry._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(sql.format(log=AccessLogEntry._meta.db_table, seal=AccessLogSeal._meta.db_table))


def faults():
    return [found.fault for found in sealing.broken_seals()]


def test_rows_are_sealed_once_and_fit(people):
    write(people)
    assert (seal(), seal()) == (3, 0)
    write(people)
    assert seal() == 3
    assert faults() == [] and AccessLogSeal.objects.count() == 2
    call_command("seal_log", "--check")


def test_rows_that_are_too_young_wait(people):
    write(people)
    assert sealing.seal_log() == 0


def test_many_rows_are_sealed_in_parts(people):
    write(people)
    assert seal(batch=2) == 3
    assert AccessLogSeal.objects.count() == 2 and faults() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {log} SET object_id = 0 WHERE id = (SELECT min(id) FROM {log})",
        "UPDATE {log} SET user_number = 1 WHERE id = (SELECT max(id) FROM {log})",
        "DELETE FROM {log} WHERE id = (SELECT min(id) FROM {log})",
    ],
)
def test_a_changed_or_missing_row_is_found(people, sql):
    write(people)
    seal()
    tamper(sql)
    assert faults() == ["rows"]
    with pytest.raises(CommandError):
        call_command("seal_log", "--check")


def test_a_missing_seal_is_found(people):
    for __ in range(3):
        write(people)
        seal()
    middle = AccessLogSeal.objects.order_by("pk")[1]
    if connection.vendor == "postgresql":
        with purging(connection), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {AccessLogSeal._meta.db_table} WHERE id = %s", [middle.pk])
    else:
        tamper(f"DELETE FROM {{seal}} WHERE id = {middle.pk}")
    assert faults() == ["chain"]


def test_an_account_can_be_deleted_and_the_seal_still_fits(people):
    user = UserFactory()
    write(people, user)
    seal()
    user.delete()
    assert AccessLogEntry.objects.filter(user=None).count() >= 3
    assert faults() == []


def test_old_rows_go_with_their_seals_and_the_rest_fits(people):
    for __ in range(3):
        write(people)
        seal()
    later = timezone.now() + timedelta(days=400)
    assert sealing.purge_log(now=later) == 6
    assert sealing.purge_log(now=later) == 0
    assert AccessLogEntry.objects.count() == 3 and faults() == []
    write(people)
    assert seal() == 3 and faults() == []


def test_young_rows_are_kept(people):
    write(people)
    seal()
    assert sealing.purge_log() == 0


@pytest.mark.postgres
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {log} SET object_id = 0",
        "UPDATE {log} SET user_id = NULL, object_id = 0",
        "DELETE FROM {log}",
        "DELETE FROM {seal}",
    ],
)
def test_postgresql_itself_refuses(people, sql):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (set DATABASE_URL)")
    write(people)
    seal()
    tables = {"log": AccessLogEntry._meta.db_table, "seal": AccessLogSeal._meta.db_table}
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="added to"), transaction.atomic():
        cursor.execute(sql.format(**tables))
    assert faults() == [] and AccessLogEntry.objects.count() == 3
