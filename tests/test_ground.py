"""What a committing test leaves behind is what the migrations made; named so that the two run one after the other."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Locale, Page, Site

from peer_support.directory.models import Municipality


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_ground_is_there_before_and_after_a_test_that_commits(turn):
    assert Locale.objects.count() == 1
    assert Page.objects.filter(depth=1).count() == 1
    assert Site.objects.filter(is_default_site=True).count() == 1
    assert Municipality.objects.count() == 98
    assert list(Group.objects.get(name="Editors").permissions.values_list("codename", flat=True))
    assert ground() == _before.setdefault("ground", ground())
    Site.objects.all().delete()


_before = {}


def ground():
    """Every row that is there, as Django writes it down."""
    return connection.creation.serialize_db_to_string()
