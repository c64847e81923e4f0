"""A plan, words to ask with, and a pair that has come as far as a test needs."""

import pytest

from peer_support.testing.factories_questionnaires import AskedTextFactory, QuestionnairePlanFactory
from tests.followup.conftest import bring, days, in_english, time_machine_at  # noqa: F401


@pytest.fixture
def text(db):
    """The invented words of WHO-5, in use."""
    return AskedTextFactory()


@pytest.fixture
def plan(in_scope, text):
    """Both sides of every match are asked at the start, at the end and six weeks later."""
    return QuestionnairePlanFactory(
        initiative=in_scope, at_start=True, at_end=True, follow_up_weeks=6, volunteers=True
    )
