"""Two presses, two processes: one enquiry, and one count for all."""

import threading

import pytest
from django.db import connection
from django.test import RequestFactory

from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen
from peer_support.public import throttle
from peer_support.public.models import PublicCounter
from peer_support.recruitment.models_consent import Consent
from peer_support.testing import factories as make
from tests.pages.conftest import front  # noqa: F401

from .signing_up import ANSWERS, opened, page_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(count, work):
    """Run ``work(number)`` in ``count`` threads with a connection each, and return what they gave."""
    together, results = threading.Barrier(count), [None] * count

    def run(number):
        try:
            together.wait()
            results[number] = work(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_presses_at_once_make_one_enquiry(front):  # noqa: F811
    from django.test import Client

    initiative = make.InitiativeFactory()
    page = page_of(front, "support")
    data = {**ANSWERS["support"], **opened("support")}
    answers = at_once(4, lambda number: Client().post(page.get_url(), data, REMOTE_ADDR="203.0.113.8"))
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer["Location"] for answer in answers}) == 1
    with scope_of(initiative.pk):
        assert Citizen.objects.count() == 1 and Consent.objects.count() == 1


def test_all_processes_count_together(settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "PUBLIC_LIMITS": {"letter": [(5, 3600)]}}

    def ask(number):
        request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
        return [bool(throttle.allow(request, "letter")) for __ in range(3)]

    allowed = [answer for answers in at_once(4, ask) for answer in answers]
    assert (len(allowed), sum(allowed)) == (12, 5)
    assert PublicCounter.objects.get().count == 12
