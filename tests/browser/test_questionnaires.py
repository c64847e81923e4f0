"""Five questions answered by thumb, and by keyboard alone, without a script; and the coordinator's screens as they look."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from peer_support.access.scopes import scope_of
from peer_support.outcomes.questionnaires import services
from peer_support.outcomes.questionnaires.links import address_of, link_held
from peer_support.testing.factories import CitizenFactory, CoordinatorFactory, InitiativeFactory
from peer_support.testing.factories_questionnaires import (
    AskedTextFactory,
    QuestionnaireFactory,
    QuestionnairePlanFactory,
)
from tests.pages.states_questionnaires import ITEMS, WORDS

from .conftest import SIZES, _note_stranger
from .looking import broken_rules, faults_at, sideways

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"


@pytest.fixture
def asked(site):
    """A citizen who was asked five questions; returns ``(questionnaire, address of the page)``."""
    AskedTextFactory(items_text=ITEMS, words_text=WORDS)
    initiative = InitiativeFactory(runs_here=True)
    citizen = CitizenFactory(initiative=initiative, email="zqv@example.com")
    with scope_of(initiative.pk):
        row = QuestionnaireFactory(citizen=citizen, moment="extra")
        services.ask(person=citizen)
        return row, address_of(link_held(citizen))


@pytest.fixture
def open_page(chromium, site):
    """Return a function that opens a page without an account; ``faults`` keeps what goes wrong on it."""
    contexts = []

    def open_it(size="phone", **options):
        context = chromium.new_context(
            viewport=SIZES[size], base_url=site.url, locale="da-DK", has_touch=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(f"script: {error}"))
        page.on("request", lambda request: _note_stranger(page, request, site.url))
        return page

    yield open_it
    for context in contexts:
        context.close()


def picture(page, name):
    """Keep a picture for the documentation, where PEER_PICTURES=1 asks for it."""
    if os.environ.get("PEER_PICTURES") == "1":
        page.screenshot(path=str(PICTURES / f"questions-{name}.png"), full_page=True)


def fresh(row):
    with scope_of(row.initiative_id):
        return type(row).objects.get(pk=row.pk)


def test_five_answers_by_thumb_without_a_script(open_page, asked):
    row, address = asked
    page = open_page(java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Begynd").tap()
    for number in range(1, 6):
        page.get_by_text(f"Spørgsmål {number} af 5").first.wait_for()
        choice = page.get_by_role("button", name="Det meste af tiden")
        box = choice.bounding_box()
        assert box["height"] >= 48 and box["width"] >= 300, "no thumb misses it"
        assert box["y"] + box["height"] <= SIZES["phone"]["height"], "it is in sight"
        choice.tap()
    page.get_by_role("heading", name="Tak", exact=True).wait_for()
    assert page.get_by_text("Livslinien 70 201 201").first.is_visible()
    assert fresh(row).score == 80 and fresh(row).state == "answered"


def test_five_answers_with_the_keyboard_alone_going_back_and_stopping(open_page, asked):
    row, address = asked
    page = open_page("desktop")
    page.goto(address)

    def press_on(name):
        for __ in range(40):
            page.keyboard.press("Tab")
            if name in page.evaluate("document.activeElement.textContent.trim()"):
                shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert shown != "none", f"the focus on {name} is seen"
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                return
        raise AssertionError(f"{name} was not reached")

    press_on("Begynd")
    press_on("Hele tiden")
    press_on("Spring over")
    press_on("Én tilbage")
    assert page.get_by_text("sprunget over").first.is_visible()
    press_on("Aldrig")
    press_on("Stop her")
    assert page.get_by_text("fortsætte en anden dag").is_visible()
    assert fresh(row).answers == {1: 5, 2: 0}
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_keeps_the_rules_of_accessibility_and_fits_a_telephone(open_page, asked, scheme):
    row, address = asked
    page = open_page(color_scheme=scheme)
    faults = []
    answer = f"{address}svar/?s={row.pk}"
    with scope_of(row.initiative_id):
        services.save_answer(questionnaire=row, number=1, value=3)
        services.save_answer(questionnaire=row, number=2, value=None)
    places = {"page": address, "question": f"{answer}&q=1", "skipped": f"{answer}&q=2"}
    for name, where in places.items():
        page.goto(where)
        faults += faults_at(page, SIZES, f"{name} {scheme}")
        picture(page, f"{name}-{scheme}-390")
    with scope_of(row.initiative_id):
        for number in range(1, 6):
            services.save_answer(questionnaire=row, number=number, value=1)
    page.goto(f"{address}tak/?s={row.pk}")
    faults += faults_at(page, SIZES, f"thanks {scheme}")
    picture(page, f"thanks-{scheme}")
    assert not faults, "\n".join(faults)


def test_the_coordinators_screens(sign_in, asked):
    row, __ = asked
    coordinator = CoordinatorFactory(initiative=row.initiative)
    QuestionnairePlanFactory(initiative=row.initiative, at_start=True)
    page = sign_in(coordinator)
    name = "peer_support_questionnaires"
    faults = []
    for code, args in (
        ("overview", []),
        ("plan", []),
        ("person", ["citizen", row.citizen_id]),
        ("one", [row.pk]),
        ("print", [row.pk]),
    ):
        page.goto(reverse(f"{name}:{code}", args=args))
        faults += faults_at(page, SIZES, code)
        picture(page, f"{code}-1280")
    assert not faults, "\n".join(faults)
    page.goto(reverse(f"{name}:one", args=[row.pk]))
    page.locator("#item-1-0").focus()
    for key in ("3", "4", "-", "2", "5"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.value") == "finish"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert fresh(row).answers == {1: 3, 2: 4, 3: None, 4: 2, 5: 5}


def test_control_a_page_that_is_too_wide_is_told(open_page, asked):
    __, address = asked
    page = open_page()
    page.goto(address)
    page.evaluate("document.querySelector('h1').style.width = '900px'")
    assert sideways(page)
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=x>'")
    assert broken_rules(page)
