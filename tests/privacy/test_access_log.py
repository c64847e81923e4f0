"""The access log: one row per record touched, never changed, never without an answer it stands for."""

import pytest
from django.db import IntegrityError, transaction

from peer_support.access.scopes import scope_of
from peer_support.privacy.access_log import Action, entries_for, log_access
from peer_support.privacy.models import AccessLogEntry, AppendOnlyError
from peer_support.testing.factories import CitizenFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(initiative):
    citizen = CitizenFactory(initiative=initiative, first_name="Marehalm")
    log_access(user=UserFactory(), action=Action.READ, objects=[citizen], route="peer_citizen:inspect")
    return AccessLogEntry.objects.get()


def test_a_row_says_who_when_what_and_where(entry, initiative):
    assert entry.user is not None
    assert (entry.model, entry.action, entry.route) == (
        "peer_support.citizen",
        "read",
        "peer_citizen:inspect",
    )
    assert entry.initiative_id_seen == initiative.pk
    assert entry.at is not None


def test_a_row_holds_no_value_of_the_record(entry):
    assert "Marehalm" not in str([getattr(entry, field.attname) for field in entry._meta.concrete_fields])
    assert "Marehalm" not in str(entry)


def test_one_row_for_each_record(initiative):
    people = CitizenFactory.create_batch(3, initiative=initiative)
    assert log_access(user=None, action=Action.LIST, objects=people, route="job") == 3
    assert {row.object_id for row in AccessLogEntry.objects.all()} == {person.pk for person in people}
    assert log_access(user=None, action=Action.LIST, objects=[]) == 0


def test_the_log_of_one_record_is_its_own(initiative):
    first, second = CitizenFactory.create_batch(2, initiative=initiative)
    log_access(user=None, action=Action.READ, objects=[first, second])
    log_access(user=None, action=Action.CHANGE, objects=[first])
    assert [row.action for row in entries_for(first)] == ["change", "read"]


CHANGES = {
    "update": lambda entry: AccessLogEntry.objects.update(action="list"),
    "filtered update": lambda entry: AccessLogEntry.objects.filter(pk=entry.pk).update(action="list"),
    "delete": lambda entry: AccessLogEntry.objects.all().delete(),
    "delete one": lambda entry: entry.delete(),
    "save": lambda entry: entry.save(),
    "bulk_update": lambda entry: AccessLogEntry.objects.bulk_update([entry], ["action"]),
    "upsert": lambda entry: AccessLogEntry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["id"], update_fields=["action"]
    ),
    "update_or_create": lambda entry: AccessLogEntry.objects.update_or_create(
        pk=entry.pk, defaults={"action": "list"}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_log_can_only_be_added_to(entry, change):
    with pytest.raises(AppendOnlyError), transaction.atomic():
        change(entry)
    assert list(AccessLogEntry.objects.values_list("action", flat=True)) == ["read"]


def test_a_row_cannot_be_written_over_by_its_key(entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLogEntry(pk=entry.pk, action="list", model="x").save()
    assert AccessLogEntry.objects.get().action == "read"


def test_the_log_outlives_the_colleague_who_left(entry):
    entry.user.delete()
    assert AccessLogEntry.objects.get().user is None


def test_the_log_outlives_the_record(entry, initiative):
    with scope_of(initiative.pk):
        initiative.citizens.all().delete()
    assert AccessLogEntry.objects.get().object_id == entry.object_id


def test_the_log_belongs_to_what_it_stands_for(initiative):
    """A change that is undone leaves no row that says it was made."""
    citizen = CitizenFactory(initiative=initiative)
    with pytest.raises(RuntimeError), transaction.atomic():
        log_access(user=None, action=Action.CHANGE, objects=[citizen])
        raise RuntimeError
    assert not AccessLogEntry.objects.exists()
