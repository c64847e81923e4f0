"""Once a week: numbers and a link to those who want it, and nothing about anybody."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from peer_support.access.models import Assignment
from peer_support.followup.today.digest import send_digests, who_wants_it
from peer_support.mailing.words import telling_words
from peer_support.testing import factories as make

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 11, 23)


@pytest.fixture
def wants_it(coordinator):
    Assignment.objects.filter(user=coordinator).update(weekly_digest=True)
    return Assignment.objects.get(user=coordinator)


def test_numbers_and_a_link_and_nothing_about_anybody(
    wants_it, initiative, django_capture_on_commit_callbacks, ago
):
    citizen = make.CitizenFactory(
        initiative=initiative, status="enquiry", first_name="Solveig", waiting_since=None, enquired_on=ago(30)
    )
    with django_capture_on_commit_callbacks(execute=True):
        call_command("weekly_digest", verbosity=0)
    (letter,) = mail.outbox
    assert letter.to == [wants_it.user.email] and letter.subject == "Din uge: 1 ting på listen"
    assert "Svar: 1" in letter.body and "/admin/today/" in letter.body
    assert "Så mange skulle være gjort før i dag: 1" in letter.body
    assert not telling_words(letter.subject, letter.body)
    assert "Solveig" not in letter.body and str(citizen) not in letter.body


def test_one_a_week_however_often_it_runs(wants_it, django_capture_on_commit_callbacks):
    days = [MONDAY, MONDAY, MONDAY + datetime.timedelta(days=6), MONDAY + datetime.timedelta(days=7)]
    with django_capture_on_commit_callbacks(execute=True):
        assert [send_digests(day) for day in days] == [1, 0, 0, 1]
    assert len(mail.outbox) == 2


def test_only_those_who_want_it_and_are_at_work(wants_it, initiative):
    day = timezone.localdate()
    make.CoordinatorFactory(initiative=initiative)
    leader = make.LeaderFactory(initiative=initiative)
    Assignment.objects.filter(user=leader).update(weekly_digest=True)
    assert list(who_wants_it()) == [wants_it]
    for values in (
        {"away_from": day, "away_until": day},
        {"away_from": None, "away_until": None, "valid_until": day - datetime.timedelta(days=1)},
    ):
        Assignment.objects.filter(pk=wants_it.pk).update(**values)
        assert not who_wants_it()


def test_a_mail_that_waited_is_not_sent_to_somebody_who_left(wants_it, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        send_digests()
    Assignment.objects.filter(pk=wants_it.pk).update(weekly_digest=False)
    for callback in callbacks:
        callback()
    assert mail.outbox == []
