import pytest

from peer_support.mailing import registry
from peer_support.mailing.registry import register_mail
from peer_support.testing import factories as make

CODE = "test_mail"


@pytest.fixture
def citizen(db):
    return make.CitizenFactory(email="alma@example.com", first_name="Alma")


@pytest.fixture
def kind(monkeypatch):
    """A kind of mail of the test's own, gone afterwards."""
    monkeypatch.setattr(registry, "_kinds", registry.mail_kinds())
    return register_mail(
        CODE,
        label="A test",
        to=lambda target: [target.email],
        context=lambda target: {"link": "https://x.example/l/1/", "day": "tirsdag"},
        placeholders=("link", "day"),
        subject="Nyt til dig om {day}",
        body="Hej\n\nSe mere her:\n{link}",
    )
