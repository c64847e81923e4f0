"""No name is carried from one request to the next.

A sentence for the next page waits in a cookie, which is signed and can be read; an address stays in the browser's history.
Both tell a person by case number.
"""

import ast
import re
from pathlib import Path

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.urls import reverse

import peer_support
from peer_support.people.models import Citizen, Volunteer

from .conftest import QUICK
from .matrix import addresses, form_data, open_savepoint
from .shown import Judge, marks_in, own_screens
from .world import KEY_A, build_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(*QUICK)]
# The other volunteer of A: a pair with nothing between them yet.
OTHER = KEY_A + 100


def carried(response):
    """Return what an answer hands on to the next request: its sentences, its address and its cookies."""
    queued = getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", ())
    parts = [response.get("Location", ""), *(str(message) for message in queued)]
    cookies = [morsel.value for name, morsel in response.cookies.items() if name != "messages"]
    return "\n".join([*parts, *cookies]).lower()


def test_no_name_is_carried_from_one_request_to_the_next(sides):
    judge = Judge(KEY_A)
    client = build_role("coordinator of A", sides).client()
    data = {
        **form_data(KEY_A),
        "first_name": "zqv999x",
        "last_name": "zqv999x",
        "kind": "other",
        "volunteer": OTHER,
    }
    found, said = {}, 0
    for route in own_screens():
        for address in addresses(route, KEY_A):
            with transaction.atomic():
                sid = open_savepoint()
                response = client.post(address, data)
                client.cookies.pop("messages", None)
                transaction.savepoint_rollback(sid)
            text = carried(response)
            said += bool(text)
            if marks := marks_in(text):
                found[route.name] = {judge.marks.get(mark, "what was typed") for mark in marks}
    assert found == {}
    assert said > 100


def test_a_pair_that_is_ruled_out_and_let_in_again_is_told_by_case_number(sides):
    judge = Judge(KEY_A)
    client = build_role("coordinator of A", sides).client()
    people = [model._base_manager.get(pk=pk) for model, pk in ((Citizen, KEY_A), (Volunteer, OTHER))]
    for name in ("rule_out", "rule_in"):
        address = reverse(f"peer_support_matching:{name}", args=[KEY_A])
        response = client.post(address, {"volunteer": OTHER, "kind": "other"})
        # As anybody reads it who has the cookie.
        text = " ".join(
            str(message)
            for message in CookieStorage(response.wsgi_request)._decode(response.cookies["messages"].value)
        )
        assert all(str(person) in text for person in people), text
        assert judge.shown_in(text.lower()) == set()


NAMES = re.compile(r"\.(display_name|first_name|last_name|contact_name|phone|email)\b|\bnamed\(")
SAYING = re.compile(r"(messages\.\w+|\w*self\.(back|here)|Decision\.no)$")


def names_said(source):
    """Return the lines of ``source`` on which a name goes into a sentence for the next page."""
    if not NAMES.search(source):
        return []
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        node.lineno
        for node in calls
        if SAYING.match(ast.unparse(node.func)) and NAMES.search(ast.unparse(node))
    ]


def test_no_sentence_for_the_next_page_is_written_with_a_name():
    files = Path(peer_support.__file__).parent.rglob("*.py")
    found = {path.name: lines for path in files if (lines := names_said(path.read_text()))}
    assert found == {}


def test_control_a_sentence_with_a_name_is_seen():
    assert names_said("messages.success(request, _('%(who)s.') % {'who': person.display_name})") == [1]
    assert names_said("self.back(text % named(person), messages.WARNING)") == [1]
    assert names_said("messages.success(request, _('%(who)s.') % {'who': person})") == []
