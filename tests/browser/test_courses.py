"""The coordinator's screens of courses in a real browser: from a template to a full course, and readable for everybody."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from peer_support.access.scopes import scope_of
from peer_support.courses.models import Enrolment, GroupCourse
from peer_support.testing.factories import CitizenFactory, MeetingPlaceFactory, VolunteerFactory
from peer_support.testing.factories_courses import (
    AttendanceFactory,
    CourseTemplateFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    GroupCourseFactory,
    GuidanceDateFactory,
    IntroWorkshopFactory,
)

from .conftest import SIZES
from .looking import faults_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def at(name, *args):
    return reverse(f"peer_support_courses:{name}", args=args)


def states_of(course):
    """Return ``{first name: state}`` of everybody in ``course``."""
    with scope_of(course.initiative_id):
        rows = Enrolment.objects.filter(course=course).select_related("citizen")
        return {row.citizen.first_name: row.state for row in rows}


def press_until(page, key, script, most=60):
    """Press ``key`` until ``script`` holds of what has the focus, which must be seen to have it all the way there."""
    for __ in range(most):
        page.keyboard.press(key)
        there, seen = page.evaluate(
            """(script) => {
                const e = document.activeElement, style = getComputedStyle(e);
                const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                return [new Function("e", `return ${script}`)(e), outlined || style.boxShadow !== "none"];
            }""",
            script,
        )
        if there:
            assert seen, "One cannot see where the focus is."
            return
    raise AssertionError(f"{key} does not lead to {script}.")


def card_of(page, name):
    return page.locator("[data-course-card]", has_text=name)


def take(page, name, code, fill=None):
    """Open the step ``code`` from the card of ``name`` with the mouse, fill its form in, and send it."""
    card_of(page, name).locator("[data-board-main]").click()
    fold = page.locator(f"#step-{code}")
    if not fold.evaluate("fold => fold.open"):
        fold.locator("summary").click()
    if fill:
        fill(fold)
    fold.locator("button[type=submit]").click()
    page.wait_for_load_state()


def test_from_a_template_to_a_full_course_with_one_who_waits(sign_in, coordinator, initiative):
    CourseTemplateFactory(title="Ti uger sammen", plans=10, capacity=2, minimum=1)
    for name in ("Vilma", "Walther"):
        VolunteerFactory(initiative=initiative, first_name=name, contract_on=days(-90))
    for name in ("Asta", "Bror", "Carla"):
        CitizenFactory(initiative=initiative, first_name=name)
    workshop = IntroWorkshopFactory(initiative=initiative, date=days(0))
    page = sign_in(coordinator)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    # New course: look, and make what was shown.
    page.goto(at("overview"))
    page.locator(f".board a[href='{at('new')}']").click()
    page.fill("#id_first_day", days(14).isoformat())
    page.locator("#id_start_time").press_sequentially("1900")
    page.locator("button[name=action][value=look]").click()
    expect(page.locator(".course-preview tbody tr")).to_have_count(10)
    with scope_of(initiative.pk):
        assert not GroupCourse.objects.exists()
    page.locator("button[name=action][value=make]").click()
    page.wait_for_url("**/team/")
    with scope_of(initiative.pk):
        course = GroupCourse.objects.get()

    # Two who lead it; then it opens.
    for place, name in enumerate(("Vilma", "Walther"), 1):
        form = page.locator("form[action$='/team/add/']")
        if not form.is_visible():
            page.locator("details", has=form).locator("summary").click()
        option = form.locator("option", has_text=name).get_attribute("value")
        form.locator("select[name=volunteer]").select_option(option)
        form.locator("[name=trained_on]").fill(days(-30).isoformat())
        form.locator("button[type=submit]").click()
        expect(page.locator(".board-card")).to_have_count(place)
    page.goto(at("course", course.pk))
    page.locator("form[action$='/step/open/'] button").click()
    expect(page.locator(".board-state--open")).to_be_visible()

    # Three come on the board.
    for name in ("Asta", "Bror", "Carla"):
        page.locator(f"a[href='{at('add', course.pk)}']").click()
        option = page.locator("select[name=person] option", has_text=name).get_attribute("value")
        page.select_option("select[name=person]", option)
        page.locator(".board-form button[type=submit]").click()
        expect(card_of(page, name)).to_be_visible()

    # Asta's way with the mouse, and what cannot be said twice by a hasty hand.
    card_of(page, "Asta").locator("a.button").click()
    page.locator("#step-invite select[name=workshop]").select_option(str(workshop.pk))
    page.locator("#step-invite button[type=submit]").click()
    page.goto(at("workshop", workshop.pk))
    page.locator(".came-row input[value=yes]").check()
    page.locator("form[action$='/came/'] button").click()
    page.goto(at("course", course.pk))
    card_of(page, "Asta").locator("button").dblclick()
    expect(page.locator("#column-offered + ol")).to_contain_text("Asta")
    take(page, "Asta", "answer", lambda fold: fold.locator("input[value=yes]").check())
    assert states_of(course) == {"Asta": "enrolled", "Bror": "interested", "Carla": "interested"}

    # Bror's with the keyboard alone.
    page.goto(at("course", course.pk))
    press_until(page, "j", "e.matches('[data-course-card]') && e.innerText.includes('Bror')", 3)
    page.keyboard.press("p")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "Tab", "e.matches('#step-excuse summary')")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "e.matches('#step-excuse textarea')", 2)
    page.keyboard.type("Har været med før")
    press_until(page, "Tab", "e.matches('#step-excuse button')", 2)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(at("course", course.pk))
    press_until(page, "j", "e.innerText.includes('Bror')", 3)
    press_until(page, "Tab", "e.matches('[data-course-card] button')", 3)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "j", "e.innerText.includes('Bror')", 3)
    press_until(page, "Tab", "e.matches('[data-course-card] a.button')", 3)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "Tab", "e.matches('#step-answer input[type=radio]')")
    page.keyboard.press("Space")
    press_until(page, "Tab", "e.matches('#step-answer button')", 3)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert states_of(course)["Bror"] == "enrolled"

    # Carla's card is pulled to the waiting list: her step's page opens, and nothing is changed by the pull alone.
    page.goto(at("course", course.pk))
    expect(page.locator(".course-facts .seat--taken")).to_have_count(2)
    expect(page.locator("[data-course-drag-help]")).to_be_visible()
    card_of(page, "Carla").locator(".board-number").hover()
    page.mouse.down()
    for __ in range(2):  # the first move begins the drag, the second is seen by the column
        page.locator("#column-waiting").hover()
    page.mouse.up()
    page.wait_for_url("**/wait/")
    assert states_of(course)["Carla"] == "interested"
    page.locator("#step-wait button[type=submit]").click()
    page.wait_for_load_state()
    page.goto(at("course", course.pk))
    expect(page.locator("#column-waiting + ol")).to_contain_text("Carla")
    assert states_of(course) == {"Asta": "enrolled", "Bror": "enrolled", "Carla": "waiting"}
    assert asked == [] and page.faults == []


@pytest.fixture
def term(initiative, coordinator):
    """A running course, an open one with somebody in every state, workshops, and people to choose from."""
    place = MeetingPlaceFactory(initiative=initiative)
    values = {"initiative": initiative, "place": place, "sessions": 10}
    template = CourseTemplateFactory(title="Ti uger sammen", plans=10)
    running = GroupCourseFactory(template=template, state="running", starts_on=days(-15), **values)
    opened = GroupCourseFactory(
        template=template, title="Ti uger sammen om formiddagen på biblioteket", state="open", **values
    )
    for course in (running, opened):
        for name in ("Vilma", "Walther-Christoffer"):
            volunteer = VolunteerFactory(initiative=initiative, first_name=name)
            FacilitatorFactory(course=course, volunteer=volunteer)
        GuidanceDateFactory(course=course)
    workshop = IntroWorkshopFactory(initiative=initiative, date=days(-1), courses=[opened])
    ahead = IntroWorkshopFactory(initiative=initiative, courses=[opened])

    def person(name, course, state, **facts):
        citizen = CitizenFactory(initiative=initiative, first_name=name)
        return EnrolmentFactory(course=course, citizen=citizen, state=state, **facts)

    rows = {
        state: person(f"{state.capitalize()}-Marie Elisabeth", opened, state)
        for state in (
            "interested",
            "attended",
            "offered",
            "enrolled",
            "completed",
            "left",
            "declined",
            "waiting",
        )
    }
    rows["invited"] = person("Inger", opened, "invited", workshop=workshop)
    person("Ida", opened, "invited", workshop=ahead)
    comes = person("Karl", running, "enrolled", enrolled_on=days(-20))
    with scope_of(initiative.pk):
        first, __, last = running.sessions.order_by("date")[:3]
        first.state = "held"
        first.save()
        AttendanceFactory(session=first, enrolment=comes)
    for number in range(12):
        CitizenFactory(initiative=initiative, first_name=f"Borger {number}")
    return SimpleNamespace(
        running=running,
        opened=opened,
        rows=rows,
        comes=comes,
        held=first,
        unwritten=last,
        workshop=workshop,
        user=coordinator,
    )


def screens(term):
    """Yield every screen of courses: name, address, and what to do before one looks."""

    def preview(page):
        page.fill("#id_first_day", days(14).isoformat())
        page.fill("#id_start_time", "19:00")
        page.locator("button[value=look]").click()
        page.wait_for_selector(".course-preview")

    def look(page):
        page.fill("#id_to_date", (term.unwritten.date + datetime.timedelta(days=8)).isoformat())
        page.locator("button[value=look]").click()
        page.wait_for_selector("#look")

    def link(page):
        page.locator("button[value=link]").click()
        page.wait_for_selector("input[readonly]")
        page.reload()  # without Wagtail's message, which fades in over a second

    opened, running, rows = term.opened.pk, term.running.pk, term.rows
    yield "overview", at("overview"), None
    yield "nothing fits the filter", at("overview") + "?kind=supervision", None
    yield "new, with what comes of it", at("new"), preview
    yield "board", at("course", opened), None
    yield "offered", at("enrolment", rows["offered"].pk), link
    yield "interested", at("enrolment", rows["interested"].pk), None
    yield "sessions", at("sessions", running), None
    yield "move", at("session_step", running, term.unwritten.pk, "move"), look
    yield "team", at("team", running), None
    yield "week", at("week"), None
    yield "workshops", at("workshops"), None
    yield "workshop", at("workshop", term.workshop.pk), None
    yield "change", at("change", opened), None
    yield "add", at("add", opened), None
    yield "all courses", "/admin/courses/all/", None
    yield "everybody", "/admin/courses/enrolments/", None
    yield "attendance", at("attendance", term.unwritten.pk), link
    yield "after", at("after", term.comes.pk), link
    yield "import", reverse("peer_support_course_import:start"), None


def test_every_screen_can_be_used_by_everybody(sign_in, term):
    page, found = sign_in(term.user), []
    for name, address, prepare in screens(term):
        page.set_viewport_size(SIZES["desktop"])
        response = page.goto(address)
        assert response.status == 200, (name, response.status)
        if prepare:
            prepare(page)
        page.evaluate("document.querySelectorAll('.board details').forEach((d) => { d.open = true; })")
        found += faults_at(page, ("desktop", "phone"), name)
    assert found == []
