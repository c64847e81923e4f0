"""Installing takes a minute and not three: every table is made in one step."""

from importlib import import_module

import pytest

from tests.fold_migrations import APPS, folded


@pytest.mark.parametrize("label", APPS)
def test_nothing_is_added_to_a_table_that_could_be_said_where_it_is_made(label):
    operations = import_module(APPS[label]).Migration.operations
    assert len(folded(list(operations), label)) == len(operations), "run python -m tests.fold_migrations"
