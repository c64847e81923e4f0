"""Two telephones, two coordinators and two nightly jobs at once: nothing is lost, and nothing is done twice."""

import os

import pytest
from django.db import connection
from django.db.models import QuerySet

from peer_support.access.scopes import scope_of
from peer_support.mailing.models import MailJob
from peer_support.outcomes.questionnaires import services
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.outcomes.questionnaires.services_planning import plan_questionnaires
from peer_support.testing.factories import CitizenFactory, MatchFactory
from peer_support.testing.factories_questionnaires import (
    AskedTextFactory,
    QuestionnaireFactory,
    QuestionnairePlanFactory,
)
from tests.courses.races import at_once, faults

from .conftest import days

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def asked(initiative):
    """A questionnaire of fifteen questions that somebody has been asked to answer."""
    AskedTextFactory(instrument="qpr15")
    citizen = CitizenFactory(initiative=initiative, email="zqv@example.com")
    with scope_of(initiative.pk):
        row = QuestionnaireFactory(citizen=citizen, moment="extra", instrument="qpr15")
        services.ask(person=citizen)
    return row


def each_question(row):
    return [
        lambda number=number: services.save_answer(questionnaire=row, number=number, value=number % 5)
        for number in range(1, 16)
    ]


def test_two_telephones_at_once_lose_no_answer(initiative, asked):
    assert not faults(at_once(initiative, each_question(asked)))
    with scope_of(initiative.pk):
        asked.refresh_from_db()
        assert asked.answers == {number: number % 5 for number in range(1, 16)}
        assert asked.state == "answered" and asked.score == sum(asked.answers.values())


@pytest.mark.postgres
def test_without_the_lock_answers_are_lost(initiative, asked, monkeypatch):
    """The control. SQLite cannot show it: its transactions are exclusive from their first statement."""
    if connection.vendor != "postgresql":
        if os.environ.get("PEER_REQUIRE_POSTGRES") == "1":
            pytest.fail("PEER_REQUIRE_POSTGRES is set, and DATABASE_URL does not name a PostgreSQL")
        pytest.skip("needs PostgreSQL (set DATABASE_URL)")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
    at_once(initiative, each_question(asked))
    with scope_of(initiative.pk):
        asked.refresh_from_db()
        assert len(asked.answers) < 15, "each read what stood there before, and wrote over the others"


def test_an_answer_and_a_no_at_once_leave_one_of_them_whole(initiative, asked):
    calls = [lambda: services.skip(questionnaire=asked), *each_question(asked)[:6]]
    assert not faults(at_once(initiative, calls))
    with scope_of(initiative.pk):
        asked.refresh_from_db()
        assert asked.state in ("skipped", "begun")


def test_two_coordinators_who_ask_and_remind_at_once_send_one_mail_each(initiative, asked):
    with scope_of(initiative.pk):
        Questionnaire.objects.update(state="planned", asked_at=None)
    ask = [lambda: services.ask(person=asked.citizen, by_mail=True)] * 6
    assert not faults(at_once(initiative, ask))
    remind = [lambda: services.remind(person=asked.citizen, day=days(8))] * 6
    assert not faults(at_once(initiative, remind))
    with scope_of(initiative.pk):
        assert sorted(MailJob.objects.values_list("code", flat=True)) == [
            "questionnaire",
            "questionnaire_reminder",
        ]


def test_two_nightly_jobs_at_once_plan_each_questionnaire_once(initiative):
    AskedTextFactory()
    QuestionnairePlanFactory(initiative=initiative, at_start=True, volunteers=True)
    for __ in range(3):
        MatchFactory(initiative=initiative, state="active", active_from=days())
    assert not faults(at_once(initiative, [plan_questionnaires] * 4))
    with scope_of(initiative.pk):
        assert Questionnaire.objects.count() == 6
