"""Mails after an enquiry: neutral, sent after the commit, and never in anybody's way."""

import pytest
from django.core import mail

from peer_support.access.models import Assignment
from peer_support.access.scopes import scope_of
from peer_support.directory.models import LocalCoordinator
from peer_support.mailing import background
from peer_support.mailing.models import MailJob, MailText
from peer_support.mailing.words import telling_words
from peer_support.recruitment.builtin_consent import TEXTS
from peer_support.recruitment.readability import measure
from peer_support.testing import factories as make

from .signing_up import page_of, send

pytestmark = pytest.mark.django_db


def is_neutral(letter):
    return not telling_words(letter.subject, letter.body)


def sent(page, capture, changes=None):
    with capture(execute=True):
        answer = send(page, changes)
    return answer, list(mail.outbox)


def test_who_gave_an_address_gets_a_neutral_thank_you(front, initiative, django_capture_on_commit_callbacks):
    coordinator = LocalCoordinator.objects.create(name="Bodil", phone="12 34 56 78", initiative=initiative)
    page = page_of(front, "volunteer")
    answer, outbox = sent(page, django_capture_on_commit_callbacks)
    (letter,) = outbox
    assert letter.to == ["gorm@example.com"] and letter.subject == "Tak for din besked"
    text = f"{letter.subject} {letter.body}"
    assert coordinator.phone in text and "5 hverdage" in text
    assert is_neutral(letter) and "Gorm" not in text and "http" not in text


def test_who_gave_a_telephone_and_who_was_written_about_get_no_mail(
    front, initiative, django_capture_on_commit_callbacks
):
    sent(page_of(front, "support"), django_capture_on_commit_callbacks)
    changes = {"phone": None, "email": "birk@example.com"}
    assert sent(page_of(front, "referral"), django_capture_on_commit_callbacks, changes)[1] == []


def test_coordinators_who_want_it_get_a_number_and_a_link(
    front, initiative, django_capture_on_commit_callbacks
):
    wants = make.CoordinatorFactory(initiative=initiative, email="mette@example.com")
    make.CoordinatorFactory(initiative=initiative, email="ole@example.com")
    make.LeaderFactory(initiative=initiative, email="leder@example.com")
    Assignment.objects.filter(user=wants).update(mail_enquiries=True)
    Assignment.objects.filter(role="leader").update(mail_enquiries=True)
    (letter,) = sent(page_of(front, "support"), django_capture_on_commit_callbacks)[1]
    assert letter.to == ["mette@example.com"] and letter.subject == "Nye beskeder: 1"
    assert "/admin/" in letter.body and is_neutral(letter)
    assert "Solveig" not in letter.body


@pytest.mark.parametrize("purpose", TEXTS)
def test_every_consent_text_is_easy(purpose):
    assert measure(TEXTS[purpose]).lix <= 30


def test_a_mail_that_fails_stops_nobody_and_is_noted_without_words(
    front, initiative, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def fail(self, *args, **kwargs):
        raise OSError("550 gorm@example.com refused")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    answer, outbox = sent(page_of(front, "volunteer"), django_capture_on_commit_callbacks)
    assert answer.status_code == 302 and not outbox
    assert "OSError" in caplog.text and "gorm" not in caplog.text


@pytest.mark.parametrize(
    "address",
    ["a@example.com\nBcc: b@example.com", "a@example.com%0ABcc:b", "a@example.com\r\nX: y", "a b@c"],
)
def test_nothing_gets_into_the_head_of_a_mail(front, initiative, django_capture_on_commit_callbacks, address):
    answer, outbox = sent(page_of(front, "volunteer"), django_capture_on_commit_callbacks, {"email": address})
    assert answer.status_code == 200 and not outbox


def test_a_queue_gets_keys_only_and_one_that_is_down_loses_nothing(
    front, initiative, django_capture_on_commit_callbacks, monkeypatch
):
    queued = []

    class Task:
        def enqueue(self, *keys):
            queued.append(keys)
            raise ConnectionError("down")

    monkeypatch.setattr(background, "_task", lambda function: Task())
    outbox = sent(page_of(front, "volunteer"), django_capture_on_commit_callbacks)[1]
    with scope_of(initiative.pk):
        (job,) = MailJob.objects.all()
    assert queued == [(job.pk,)] and job.state == "sent" and len(outbox) == 1


def test_an_editor_can_switch_the_thank_you_off(front, initiative, django_capture_on_commit_callbacks):
    text = {"subject": "Tak", "body": "Hej", "code": "enquiry_thanks"}
    MailText.objects.create(**text, initiative=initiative, by_itself=False)
    MailText.objects.create(**text, by_itself=True)
    assert sent(page_of(front, "volunteer"), django_capture_on_commit_callbacks)[1] == []
