"""A purge that is killed has erased each person wholly or not at all; started again, it ends what was begun."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from peer_support.access.scopes import all_initiatives
from peer_support.people.models import Citizen, Conversation, PersonStep
from peer_support.privacy.models import AccessLogEntry, ErasureRecord
from peer_support.testing.factories import CitizenFactory, ConversationFactory
from tests.soak import BOTH_RUNS, longer

from .conftest import KILLS, Reader
from .points import COMMIT

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), *BOTH_RUNS]
# Enough that the kills of the long run do not run out of people.
PEOPLE = longer(6, 30)
WHOLE, ERASED = "whole", "erased"


@pytest.fixture
def people(initiative):
    """People whose time is over, each with a conversation of which something was noted."""
    found = [
        CitizenFactory(
            initiative=initiative, status="enquiry", first_name=f"Marehalm {n}", phone=f"{20000000 + n}"
        )
        for n in range(PEOPLE)
    ]
    long_ago = timezone.now() - timedelta(days=400)
    for person in found:
        ConversationFactory(citizen=person, notes="ord")
    with all_initiatives("a test"):
        Citizen.objects.update(updated_at=long_ago)
        Conversation.objects.update(updated_at=long_ago)
    return [person.pk for person in found]


def state_of(pk):
    """Return whether a person is whole or erased, or what of them says which, where they disagree."""
    person = Citizen._base_manager.get(pk=pk)
    ends = PersonStep._base_manager.filter(citizen=pk, step="ended").count()
    logged = AccessLogEntry.objects.filter(model="peer_support.citizen", object_id=pk, action="erase").count()
    ledger = ErasureRecord.objects.filter(object_id=pk).count()
    notes = frozenset(talk.notes for talk in Conversation._base_manager.filter(citizen=pk))
    held = (person.first_name != "", person.name_index != "", person.status, notes, ends, logged, ledger)
    return {
        (True, True, "enquiry", frozenset({"ord"}), 0, 0, 0): WHOLE,
        (False, False, "ended", frozenset({""}), 1, 1, 1): ERASED,
    }.get(held, held)


def states(people):
    with all_initiatives("a test looks"):
        return [state_of(pk) for pk in people]


def test_a_killed_purge_leaves_nobody_by_half(people, killer):
    def look():
        # One statement, so that it is of one moment: how many have a name, and how many are in the ledger.
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT count(*) FROM {Citizen._meta.db_table} WHERE erased_on IS NULL) + "
                f"(SELECT count(*) FROM {ErasureRecord._meta.db_table})"
            )
            return cursor.fetchone()[0]

    assert states(people) == [WHOLE] * PEOPLE
    a_person = killer.run("purge", COMMIT).points + 1
    assert states(people) == [WHOLE] * PEOPLE
    with Reader(look) as reader:
        for deadly in killer.draw(2 * a_person):
            ended = killer.run("purge", deadly)
            found = states(people)
            assert set(found) <= {WHOLE, ERASED}, f"a half was left by a kill at point {deadly}: {found}"
            assert ended.killed
        assert not killer.run("purge").killed
    assert states(people) == [ERASED] * PEOPLE
    assert not killer.run("purge").killed
    assert states(people) == [ERASED] * PEOPLE, "nothing is done twice"
    assert reader.faults == [] and reader.reads >= KILLS and reader.seen == {PEOPLE}


def test_control_without_its_transaction_somebody_is_erased_by_half(people, killer):
    assert killer.run("purge", 6, careless=True).killed
    assert not set(states(people)) <= {WHOLE, ERASED}
