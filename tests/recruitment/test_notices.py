"""Mails after an enquiry: neutral, sent after the commit, and never in anybody's way."""

import re

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.utils.translation import override

from peer_support.access.models import Assignment
from peer_support.directory.models import LocalCoordinator
from peer_support.recruitment import background, notices
from peer_support.recruitment.builtin_consent import TEXTS
from peer_support.recruitment.readability import measure
from peer_support.testing import factories as make

from .signing_up import page_of, send

pytestmark = pytest.mark.django_db
FORBIDDEN = re.compile(
    r"peer|psyk|sygdom|syg\b|sind|diagnos|støtte|krise|selvmord|depress|angst|recovery|sårbar|borger|frivillig|illness|mental",
    re.IGNORECASE,
)


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
    assert not FORBIDDEN.search(text) and "Gorm" not in text and "http" not in text


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
    assert letter.to == ["mette@example.com"] and letter.subject == "1 ny besked"
    assert "/admin/" in letter.body and not FORBIDDEN.search(f"{letter.subject} {letter.body}")
    assert "Solveig" not in letter.body


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["thanks", "enquiries"])
def test_every_mail_is_neutral_and_easy(name, language):
    context = {"phone": "12 34 56 78", "days": 5, "count": 2, "link": "https://centret.example/admin/"}
    with override(language):
        subject, body = (
            render_to_string(f"{notices.MAIL}/{name}_{part}.txt", context) for part in ("subject", "body")
        )
    assert not FORBIDDEN.search(f"{subject} {body}")
    if language == "da":
        assert measure(body.replace(context["link"], "")).lix <= 30


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
    assert len(queued) == 2 and all(isinstance(key, (int, str)) for keys in queued for key in keys)
    assert "gorm" not in str(queued).lower() and len(outbox) == 1
