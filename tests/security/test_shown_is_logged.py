"""Every name that a screen shows is in the access log.

The coordinator of A walks the package's own screens with the keys of A. Whose words an answer holds is told by marks
(see ``shown.py``), and each of them must be in a row that this very request has written.
"""

import re

import pytest

from peer_support.courses.models import Enrolment
from peer_support.people.models import Citizen
from peer_support.testing.factories import CitizenFactory
from peer_support.testing.factories_courses import EnrolmentFactory
from tests.soak import SOAK

from .conftest import QUICK
from .matrix import Walk, addresses, queries
from .shown import Judge, Log, own_screens
from .world import KEY_A, build_role, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(*QUICK)]
# The records of the other citizen and the other volunteer of A, with whom less has happened.
OTHERS = KEY_A + 100
NAMES = ("first_name", "last_name")
CITIZEN, VOLUNTEER = "peer_support.citizen", "peer_support.volunteer"


class Reader:
    """Walks as the coordinator of A and keeps what is shown, and what of it is not logged, ``{(route, record)}``."""

    def __init__(self, sides):
        self.judge = Judge(KEY_A)
        role = build_role("coordinator of A", sides)
        self.walk = Walk(role, sides)
        self.log = Log(role.user.pk)
        self.shown, self.faults, self.titled = set(), set(), set()
        self.titles = 0

    def ask(self, route, address):
        response, text = self.walk.ask(route, address)
        logged = self.log.read()
        self.shown |= {(route.name, record) for record in self.judge.shown_in(text)}
        self.faults |= {(route.name, record) for record in self.judge.faults(text, logged)}
        # A browser keeps titles in its history.
        title = " ".join(re.findall(r"<title>.*?</title>", text, re.DOTALL))
        self.titles += bool(title)
        self.titled |= {(route.name, record) for record in self.judge.shown_in(title)}
        return response.status_code

    def read(self, route):
        """Ask for the records of A, with a question behind the address where that can matter, and for the others'."""
        for address in addresses(route, KEY_A):
            plain, *asked = queries(route, KEY_A)
            status = self.ask(route, address + plain)
            if status == 405:
                continue
            of_one = str(KEY_A) in address
            if SOAK or status == 302 or (status == 200 and not of_one):
                for query in asked if SOAK else asked[:1]:
                    self.ask(route, address + query)
            # The lists and pages of one kind are made by one base; what a person gets of their own is long to make.
            if of_one and (SOAK or (status != 404 and not re.search("modeladmin|:\\w+_own_", route.name))):
                self.ask(route, address.replace(str(KEY_A), str(OTHERS)))


def some_screens():
    return [
        route
        for route in own_screens()
        if route.name in ("peer_support_courses:add", "peer_support_trips:new")
    ]


def wait_in_line():
    """Let two more of A wait for a place in the course: a line is something to choose a place in."""
    course = Enrolment._base_manager.get(pk=KEY_A).course
    third = CitizenFactory(
        pk=KEY_A + 200, initiative=course.initiative, number=90, **{name: word(name, KEY_A) for name in NAMES}
    )
    people = {OTHERS: Citizen._base_manager.get(pk=OTHERS), third.pk: third}
    for place, (pk, citizen) in enumerate(people.items(), 1):
        EnrolmentFactory(
            pk=pk,
            initiative=course.initiative,
            course=course,
            citizen=citizen,
            state="waiting",
            waiting_order=place,
        )


def test_every_name_that_a_screen_shows_is_in_the_log(sides):
    wait_in_line()
    reader = Reader(sides)
    for route in own_screens():
        reader.read(route)
    assert reader.faults == set()
    assert reader.titled == set()
    assert reader.titles > 300
    assert reader.walk.verdict.errors == []
    # Those who wait before and behind: the place in the line is chosen by name.
    assert ("peer_support_courses:enrolment", (CITIZEN, KEY_A + 200)) in reader.shown
    # The walk has seen people of both kinds on many screens.
    for kind in (CITIZEN, VOLUNTEER):
        assert len({name for name, (label, __) in reader.shown if label == kind}) > 30


# Controls


def test_control_a_screen_that_writes_nothing_down_is_seen(sides, monkeypatch):
    monkeypatch.setattr("peer_support.people.screens.log_access", lambda **kwargs: 0)
    reader = Reader(sides)
    for route in some_screens():
        reader.read(route)
    assert ("peer_support_courses:add", (CITIZEN, OTHERS)) in reader.faults
    assert ("peer_support_trips:new", (CITIZEN, KEY_A)) in reader.faults


def test_control_another_persons_row_is_not_enough(sides):
    judge = Judge(KEY_A)
    citizen = Citizen._base_manager.get(pk=KEY_A)
    text = f"Ring til {citizen.first_name} på {citizen.phone[:4]} {citizen.phone[4:]}"
    assert judge.shown_in(text) == {(CITIZEN, KEY_A)}
    assert judge.shown_in(citizen.phone) == {(CITIZEN, KEY_A)}
    assert judge.faults(text, set()) == {(CITIZEN, KEY_A)}
    assert judge.faults(text, {(VOLUNTEER, KEY_A), (CITIZEN, OTHERS)}) == {(CITIZEN, KEY_A)}
    # A row of the person's own, or of what is about them.
    assert judge.faults(text, {(CITIZEN, KEY_A)}) == set()
    assert judge.faults(text, {("peer_support.match", KEY_A)}) == set()
