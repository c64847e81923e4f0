"""Hostile posts to every form of ours: the admin's as a coordinator and an editor, and those behind links.

The forms are read from the pages themselves, found by the route contract and by the list of link pages; so a new form is
fuzzed without being listed here. Half of the posts fit their form and are hostile in what they say. Public sign-up has a
fuzz of its own (tests/recruitment/test_fuzz.py).
"""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from peer_support.testing import factories as make
from tests.pages.conftest import front  # noqa: F401
from tests.pages.states import load_all
from tests.recruitment.fuzzing import CPR, HOSTILE, MARKUP
from tests.soak import both_runs, longer

from .matrix import addresses, form_data, open_savepoint, routes
from .routes import ROUTES
from .world import KEY_A

pytestmark = pytest.mark.django_db
# What leaves no form behind to fuzz: signing out, and what Wagtail itself draws.
FOREIGN = ("/admin/logout/", "/admin/login/")


@dataclass
class Form:
    """Where a form is sent, and its fields with what stands in them: texts are free, the others have choices."""

    name: str
    action: str
    client: object
    values: dict = field(default_factory=dict)
    free: list = field(default_factory=list)
    choices: dict = field(default_factory=dict)


def forms_in(page, name, address, client):
    """Yield the forms of the page that post."""
    for tag in BeautifulSoup(page, "html.parser").find_all("form"):
        if tag.get("method", "").lower() != "post":
            continue
        form = Form(name, tag.get("action") or address, client)
        if form.action.startswith(FOREIGN) or not form.action.startswith("/"):
            continue
        for control in tag.find_all(["input", "textarea", "select", "button"]):
            _note(form, control)
        yield form


def _note(form, control):
    name, kind = control.get("name"), control.get("type", "text")
    if not name or kind == "file":
        return
    if control.name == "select":
        options = [option.get("value", "") for option in control.find_all("option")]
        chosen = [o.get("value", "") for o in control.find_all("option") if o.has_attr("selected")]
        form.choices[name], form.values[name] = options, chosen or options[:1]
    elif control.name == "button" or kind in ("checkbox", "radio", "submit"):
        form.choices.setdefault(name, []).append(control.get("value", "on"))
        if control.has_attr("checked"):
            form.values.setdefault(name, []).append(control.get("value", "on"))
    else:
        form.values.setdefault(name, []).append(control.get("value") or control.text)
        if kind != "hidden":
            form.free.append(name)


class Fuzzer:
    """The same seed makes the same posts."""

    def __init__(self, seed=20261128):
        self.random = random.Random(seed)

    def text(self):
        chance = self.random.random()
        if chance < 0.15:
            return "".join(chr(self.random.randrange(1, 0xD7FF)) for __ in range(20))
        if chance < 0.35:
            return f"{self.random.choice(HOSTILE)[:100]} {self.random.choice(CPR)}"
        return self.random.choice(HOSTILE)

    def fitting(self, form):
        """What stands in the form, with hostile words in half of its texts and other choices that it offers."""
        data = {name: list(values) for name, values in form.values.items()}
        for name in form.free:
            if self.random.random() < 0.5:
                data[name] = [self.text()[:60]]
        for name, options in form.choices.items():
            if options and self.random.random() < 0.4:
                data[name] = [self.random.choice(options)]
        return data

    def wild(self, form):
        """Anything for everything, much missing and some that nobody asked for."""
        names = [*form.values, *form.choices, *form_data(KEY_A), self.text()[:30]]
        data = {}
        for name in names:
            if self.random.random() < 0.7:
                data[name] = [self.text() for __ in range(self.random.randrange(1, 3))]
        return data

    def post(self, form, number):
        if number % 2:
            return form.client.post(form.action, self.fitting(form))
        if self.random.random() < 0.1:
            body = self.text().encode("utf-8", "surrogatepass") * 3
            kinds = ("application/json", "multipart/form-data; boundary=x", "text/plain")
            return form.client.generic("POST", form.action, body, content_type=self.random.choice(kinds))
        return form.client.post(form.action, self.wild(form))


def admin_forms(initiative):
    """Return every form of the package's own admin screens, of both roles; where a screen has none, one that is empty."""
    found = {}
    people = {"C": make.CoordinatorFactory(initiative=initiative), "E": make.EditorFactory()}
    for role, user in people.items():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for route in routes():
            methods, roles = ROUTES.get(route.name, ("", ""))
            if not route.is_own or role not in roles:
                continue
            for address in addresses(route, KEY_A)[:1]:
                if "GET" in methods:
                    answer = client.get(address)
                    if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
                        for form in forms_in(answer.content.decode(), route.name, address, client):
                            found.setdefault((role, form.action), form)
                if "POST" in methods:
                    found.setdefault((role, address), Form(route.name, address, client))
    return list(found.values())


def judge(answer, form, number):
    error = (getattr(answer, "exc_info", None) or (None, None))[1]
    if answer.status_code >= 500:
        raise AssertionError((number, form.name, form.action, repr(error)[:300])) from error
    # An answer to a script is text, is never read as a page, and our scripts write it as text.
    is_data = answer.get("Content-Type") == "application/json"
    assert not is_data or answer.headers["X-Content-Type-Options"] == "nosniff", form.action
    if not answer.streaming and not is_data:
        assert MARKUP not in answer.content.decode(errors="replace").lower(), (number, form.action)


def send(fuzzer, form, number):
    """Send one post, and take back what it wrote: the next one meets the same world."""
    with transaction.atomic():
        savepoint = open_savepoint()
        answer = fuzzer.post(form, number)
        judge(answer, form, number)
        transaction.savepoint_rollback(savepoint)
    # Limits on how often one may ask are for people; they would answer instead of the forms.
    cache.clear()
    return answer.status_code


@both_runs
def test_hostile_posts_to_the_admins_forms(sides):
    forms = admin_forms(sides[KEY_A].initiative)
    with_fields = sum(bool(form.free or form.choices) for form in forms)
    assert len(forms) > 80 and with_fields > 40
    fuzzer, statuses, faults = Fuzzer(), Counter(), []
    for number in range(longer(300, 8_000)):
        try:
            # Each form in its turn gets a post that fits and one that does not.
            statuses[send(fuzzer, forms[number // 2 % len(forms)], number)] += 1
        except AssertionError as fault:
            # The long run tells all of them at once.
            faults.append(str(fault))
    print(len(forms), "forms", dict(statuses))
    assert not faults, "\n".join(faults)
    assert statuses[200] and statuses[302], "all bounced off, or nothing was read"


@both_runs
def test_hostile_posts_to_the_pages_behind_links(front):  # noqa: F811
    load_all()
    from tests.pages.states_links import LINK_STATES

    fuzzer, statuses, number, forms = Fuzzer(), Counter(), 0, 0
    for name, build in LINK_STATES.items():
        with transaction.atomic():
            address = build(front)
            client = Client(raise_request_exception=False)
            found = list(forms_in(client.get(address).content.decode(), name, address, client))
            forms += len(found)
            for form in found or [Form(name, address, client)]:
                for __ in range(longer(1, 30)):
                    statuses[send(fuzzer, form, number)] += 1
                    number += 1
            transaction.set_rollback(True)
        front.refresh_from_db()
    print(len(LINK_STATES), "pages", forms, "forms", dict(statuses))
    assert forms > 20 and statuses[302]


def test_control_an_error_and_a_script_are_seen():
    class Answer:
        status_code, streaming, exc_info = 500, False, (None, ValueError("x"))
        content = b""
        get = {"Content-Type": "text/html; charset=utf-8"}.get

    form = Form("peer_support:a", "/a/", None)
    with pytest.raises(AssertionError, match="ValueError"):
        judge(Answer(), form, 1)
    Answer.status_code, Answer.content = 200, f"<p>{MARKUP} onload=alert(1)>".encode()
    with pytest.raises(AssertionError, match="/a/"):
        judge(Answer(), form, 1)


def test_forms_are_read_from_a_page():
    page = (
        "<form method=post action='/a/'><input name=text value=x><input type=hidden name=key value=7>"
        "<select name=one><option value=1><option value=2 selected></select><input type=file name=f>"
        "<input type=checkbox name=yes checked></form><form><input name=q></form>"
    )
    (form,) = forms_in(page, "name", "/here/", None)
    assert (form.action, form.free) == ("/a/", ["text"])
    assert form.values == {"text": ["x"], "key": ["7"], "one": ["2"], "yes": ["on"]}
    assert form.choices == {"one": ["1", "2"], "yes": ["on"]}
