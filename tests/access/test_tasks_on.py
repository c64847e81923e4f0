"""Whose people a request is about is asked at every request: in one short query, and as the database would say it."""

import datetime
import itertools

import pytest

from peer_support.access.models import Assignment
from peer_support.access.scopes import tasks_of
from peer_support.testing.factories import AssignmentFactory, InitiativeFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 8, 3)
DAYS = [None, *(DAY + datetime.timedelta(days=days) for days in (-2, -1, 0, 1, 2))]


def test_the_days_are_read_as_the_database_reads_them():
    user = UserFactory()
    AssignmentFactory(initiative=InitiativeFactory(), user=UserFactory())
    for first, last in itertools.product(DAYS, DAYS):
        AssignmentFactory(initiative=InitiativeFactory(), user=user, valid_from=first, valid_until=last)
    held = []
    for day in DAYS[1:]:
        asked = dict(Assignment.objects.current(day).filter(user=user).values_list("initiative_id", "role"))
        assert Assignment.objects.tasks_on(user.pk, day) == asked
        held.append(len(asked))
    assert held == [12, 15, 16, 15, 12], "the control: some hold and some do not"


@pytest.mark.parametrize("role", Assignment.Role.values)
def test_each_comes_with_its_role_in_one_query(role, initiative, django_assert_num_queries):
    user = AssignmentFactory(initiative=initiative, user=UserFactory(), role=role).user
    with django_assert_num_queries(1):
        assert tasks_of(user) == {(initiative.pk, role)}
    assert Assignment.objects.tasks_on(UserFactory().pk) == {}
