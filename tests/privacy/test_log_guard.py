"""The guard of the access log: put up on PostgreSQL, left out elsewhere, open only to the purge and only meanwhile."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from peer_support.oversight.models import ReviewNote
from peer_support.privacy import log_guard
from peer_support.privacy.access_log import Action, log_access
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, UserFactory
from peer_support.testing.factories_oversight import ReviewNoteFactory

pytestmark = pytest.mark.django_db
LOG = AccessLogEntry._meta.db_table


@pytest.fixture
def entry(initiative):
    user = UserFactory()
    log_access(user=user, action=Action.READ, objects=[CitizenFactory(initiative=initiative)], route="a_test")
    return AccessLogEntry.objects.get(user=user)


def ask(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(log=LOG), values)
        return cursor.rowcount


@pytest.fixture
def on_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (set DATABASE_URL)")


def triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'peer_support_guard'")
        return sorted(row[0] for row in cursor.fetchall())


def test_elsewhere_it_does_nothing_and_hinders_nothing(entry):
    if connection.vendor == "postgresql":
        pytest.skip("is about the other databases")
    log_guard.guard_access_log()
    with log_guard.purging(connection):
        assert ask("DELETE FROM {log} WHERE id = %s", entry.pk) == 1


@pytest.mark.postgres
def test_it_stands_on_every_table_that_is_only_added_to_and_is_put_up_once(on_postgres):
    tables = ["peer_support_accesslogentry", "peer_support_accesslogseal", "peer_support_reviewnote"]
    assert triggers() == tables
    log_guard.guard_access_log()
    assert triggers() == tables


@pytest.mark.postgres
def test_without_the_tables_there_is_nothing_to_guard(on_postgres, monkeypatch):
    """A database whose migrations stop before the log is not touched."""
    asked = []
    introspection = type(connection.introspection)
    monkeypatch.setattr(introspection, "table_names", lambda self, *args, **kwargs: ["auth_user"])
    with connection.execute_wrapper(lambda execute, sql, *rest: asked.append(sql)):
        log_guard.guard_access_log()
    assert asked == []


@pytest.mark.postgres
def test_the_purge_may_take_out_and_nobody_after_it(on_postgres, entry):
    log_access(user=entry.user, action=Action.READ, objects=[CitizenFactory()])
    with transaction.atomic(), log_guard.purging(connection):
        assert ask("DELETE FROM {log} WHERE id = %s", entry.pk) == 1
        with pytest.raises(DatabaseError, match="added to"):
            ask("UPDATE {log} SET object_id = 0")
    assert AccessLogEntry.objects.exists(), "there is something to take"
    with pytest.raises(DatabaseError, match="added to"):
        ask("DELETE FROM {log}")


@pytest.mark.postgres
def test_a_new_key_writes_what_is_encrypted_anew_and_nothing_else(on_postgres, initiative):
    note = ReviewNoteFactory()
    change = "UPDATE peer_support_reviewnote SET {} WHERE id = %s"
    with transaction.atomic(), log_guard.renewing(connection, ReviewNote):
        assert ask(change.format("note = 'x'"), note.pk) == 1
        with pytest.raises(DatabaseError, match="added to"):
            ask(change.format("note = 'x', verdict = 'talk'"), note.pk)
        with pytest.raises(DatabaseError, match="added to"):
            ask("DELETE FROM peer_support_reviewnote")
    with pytest.raises(DatabaseError, match="added to"):
        ask(change.format("note = 'y'"), note.pk)


@pytest.mark.postgres
def test_a_name_can_be_emptied_and_nothing_else_be_changed(on_postgres, entry):
    with pytest.raises(DatabaseError, match="added to"):
        ask("UPDATE {log} SET user_id = NULL, route = 'x' WHERE id = %s", entry.pk)
    with pytest.raises(DatabaseError, match="added to"):
        ask("UPDATE {log} SET user_number = NULL WHERE id = %s", entry.pk)
    assert ask("UPDATE {log} SET route = route WHERE id = %s", entry.pk) == 1, "nothing is changed"
    assert ask("UPDATE {log} SET user_id = NULL WHERE id = %s", entry.pk) == 1
    other = UserFactory()
    with pytest.raises(DatabaseError, match="added to"):
        ask("UPDATE {log} SET user_id = %s WHERE id = %s", other.pk, entry.pk)
