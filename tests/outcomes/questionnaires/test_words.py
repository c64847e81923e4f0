"""How the pages and mails of questionnaires read: easy words, no illness, no number of a result."""

import re

import pytest
from django.test import Client
from django.utils import translation

from peer_support.mailing.registry import kind_of
from peer_support.recruitment.readability import measure
from tests.links.test_pages import LIMIT, faults_of_words, prose_of
from tests.pages.conftest import front  # noqa: F401
from tests.pages.states import load_all

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ILLNESS = re.compile(
    r"psyk|sygdom|diagnos|angst|depress|peer|sårbar|recovery|patient|spørgeskema|trivsel", re.I
)


def states():
    return {name: build for name, build in load_all().items() if name.startswith("questions: ")}


@pytest.mark.parametrize("name", sorted(states()))
def test_every_page_reads_easily_and_has_the_crisis_box(name, front):  # noqa: F811
    answer = Client().get(states()[name](front))
    text = answer.content.decode()
    assert answer.status_code == 200 and not list(faults_of_words(text))
    assert "70 201 201" in text and "112" in text and "noindex" == answer.headers["X-Robots-Tag"]
    assert not re.search(r"\b(depression|score|resultat)\b", prose_of(text), re.I)


@pytest.mark.parametrize("code", ["questionnaire", "questionnaire_reminder"])
def test_the_mails_say_nothing_of_what_they_are_about(code):
    kind = kind_of(code)
    with translation.override("da"):
        subject, body = str(kind.subject), str(kind.body)
    assert not ILLNESS.search(subject + body)
    assert measure(body).lix <= LIMIT
    assert kind.by_itself is False and "{link}" in body
