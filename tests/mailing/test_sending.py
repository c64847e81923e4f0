"""One mail per event, sent after the commit, tried again with longer pauses, and noted without content."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone
from wagtail.models import Locale

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.mailing import services
from peer_support.mailing.models import MailJob
from peer_support.mailing.services import queue_mail, send_due, send_job
from peer_support.testing import factories as make

from .conftest import CODE

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def the_job():
    with all_initiatives("a test looks"):
        return MailJob.objects.get()


@pytest.fixture
def post_office(monkeypatch):
    """A mail server that answers with what is put into the list, the first first; then it takes the mail."""
    answers, taken = [], []

    def send(self, fail_silently=False):
        if answers:
            raise answers.pop(0)
        taken.append(self)
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    return answers, taken


def test_a_mail_leaves_after_the_commit(kind, citizen, commit):
    with commit():
        job = queue_mail(CODE, citizen, "asked-1")
        assert not mail.outbox and job.state == "queued"
    (letter,) = mail.outbox
    assert letter.to == ["alma@example.com"] and letter.subject == "Nyt til dig om tirsdag"
    assert "https://x.example/l/1/" in letter.body and letter.extra_headers[services.HEADER] == str(job.pk)
    assert the_job().state == "sent" and the_job().attempts == 1


def test_one_mail_per_event_however_often_it_is_asked_for(kind, citizen, commit):
    with commit():
        jobs = {queue_mail(CODE, citizen, "asked-1").pk for _ in range(3)}
        queue_mail(CODE, citizen, "asked-2")
    send_due()
    send_job(jobs.pop())
    assert len(mail.outbox) == 2 and not jobs


def test_what_is_rolled_back_is_not_written_about(kind, citizen, commit):
    with commit(), pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_mail(CODE, citizen, "asked-1")
        raise ZeroDivisionError
    assert send_due() == {} and not mail.outbox


def test_the_log_holds_no_content_and_no_address(kind, citizen, commit):
    with commit():
        queue_mail(CODE, citizen, "asked-1")
    with all_initiatives("a test looks"):
        row = str(MailJob.objects.values().get())
    assert not any(text in row for text in ("alma", "Alma", "tirsdag", "https", "@"))


def test_a_mail_that_fails_is_tried_again_with_longer_pauses_and_then_shown(
    kind, citizen, commit, post_office
):
    answers, taken = post_office
    answers += [OSError("550 alma@example.com")] * 9
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with commit():
            queue_mail(CODE, citizen, "asked-1")
        for number, minutes in enumerate(services.WAITS, 1):
            job = the_job()
            assert (job.state, job.attempts, job.fault) == ("queued", number, "OSError")
            assert send_due() == {}  # not yet
            clock.shift(timedelta(minutes=minutes))
            send_due()
    assert the_job().state == "failed" and the_job().needs_a_look and not taken


def test_an_address_that_is_refused_for_good_is_not_tried_again(kind, citizen, commit, post_office):
    post_office[0].append(smtplib.SMTPRecipientsRefused({"alma@example.com": (550, b"unknown")}))
    with commit():
        queue_mail(CODE, citizen, "asked-1")
    assert (the_job().state, the_job().fault) == ("failed", "SMTPRecipientsRefused")


def test_a_full_mailbox_is_tried_again(kind, citizen, commit, post_office):
    post_office[0].append(smtplib.SMTPRecipientsRefused({"alma@example.com": (452, b"full")}))
    with commit():
        queue_mail(CODE, citizen, "asked-1")
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        call_command("send_mails", verbosity=0)
    assert the_job().state == "sent" and len(post_office[1]) == 1


def test_a_mail_whose_sender_died_is_shown_and_not_sent_by_itself(kind, citizen):
    job = queue_mail(CODE, citizen, "asked-1")
    with scope_of(citizen.initiative_id):
        long_ago = timezone.now() - services.ABANDONED - timedelta(minutes=1)
        MailJob.objects.filter(pk=job.pk).update(state="sending", claimed_at=long_ago)
    assert send_due() == {"failed": 1} and not mail.outbox
    assert (the_job().fault, the_job().needs_a_look) == ("Interrupted", True)


def test_nobody_to_write_to_is_no_failure(kind, citizen, commit):
    with scope_of(citizen.initiative_id):
        type(citizen).objects.filter(pk=citizen.pk).update(email="")
    with commit():
        queue_mail(CODE, citizen, "asked-1")
    assert (the_job().state, the_job().fault) == ("dropped", "no_address") and not mail.outbox


def test_several_who_get_the_same_mail_do_not_see_each_other(kind, citizen, commit, monkeypatch):
    object.__setattr__(kind, "to", lambda target: ["a@example.com", "b@example.com"])
    with commit():
        queue_mail(CODE, citizen, "asked-1")
    (letter,) = mail.outbox
    assert letter.to == [] and letter.bcc == ["a@example.com", "b@example.com"]


def test_a_bounce_is_noted_and_shown_until_somebody_has_seen_to_it(kind, citizen, commit):
    user = make.CoordinatorFactory(initiative=citizen.initiative)
    with commit():
        job = queue_mail(CODE, citizen, "asked-1")
    call_command("mail_bounced", job.pk, "--fault", "alma@example.com is full", verbosity=0)
    assert (the_job().state, the_job().fault, the_job().needs_a_look) == ("bounced", "bounced", True)
    with scope_of(citizen.initiative_id):
        assert services.settle(job=job, user=user) and not services.settle(job=job, user=user)
    assert not the_job().needs_a_look


def test_send_again_sends_once_more_to_the_address_of_now(kind, citizen, commit, post_office):
    post_office[0].append(smtplib.SMTPRecipientsRefused({"alma@example.com": (550, b"unknown")}))
    with commit():
        job = queue_mail(CODE, citizen, "asked-1")
    user = make.CoordinatorFactory(initiative=citizen.initiative)
    with scope_of(citizen.initiative_id):
        type(citizen).objects.filter(pk=citizen.pk).update(email="ny@example.com")
        with commit():
            assert services.send_again(job=job, user=user) and not services.send_again(job=job, user=user)
    assert [letter.to for letter in post_office[1]] == [["ny@example.com"]]
    assert the_job().state == "sent"


def test_another_initiatives_mail_is_out_of_reach(kind, citizen):
    job = queue_mail(CODE, citizen, "asked-1")
    with scope_of(make.InitiativeFactory().pk):
        assert not services.settle(job=job, user=None) and not MailJob.objects.exists()


def test_old_mails_are_forgotten(kind, citizen, commit):
    with commit():
        queue_mail(CODE, citizen, "asked-1")
    assert services.purge_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert services.purge_old() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_senders_at_once_send_one_mail(monkeypatch, kind):
    Locale.objects.get_or_create(language_code="da")
    citizen = make.CitizenFactory(email="alma@example.com")
    monkeypatch.setattr(services, "later", lambda function, *keys: None)
    jobs = [queue_mail(CODE, citizen, f"asked-{n}").pk for n in range(3)]
    start = Barrier(2)

    def run(_):
        try:
            start.wait(timeout=60)
            return send_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(run, range(2)))
    assert len(mail.outbox) == len(jobs)
    assert {letter.extra_headers[services.HEADER] for letter in mail.outbox} == {str(pk) for pk in jobs}
    assert sum(count.get("sent", 0) for count in counts) >= 3
