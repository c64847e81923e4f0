"""From the first word on the website to a good ending: the coordinator at a desk, the two with their telephones."""

import datetime
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup.models import EndingStep, FollowUp, Meeting
from peer_support.matching.models import Match
from peer_support.matching.models_match import MatchEvent
from peer_support.people.models import Citizen, PersonStep, Volunteer
from peer_support.testing.factories import InterestFactory, VolunteerFactory
from tests.recruitment.signing_up import page_of

from .conftest import SIZES, _note_stranger
from .looking import broken_rules, sideways

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
PERSON = {
    "postcode": "3000",
    "birth_year": 1980,
    "channels": 1,
    "travel_km": 20,
    "times": "ti 17-20; to 9-12",
    "hours_min": 1,
    "hours_max": 2,
}


@pytest.fixture
def front(db):
    """The public site, with a page to ask for support and one to volunteer."""
    from wagtail.models import Page, Site

    from peer_support.pages.models import PeerFrontPage

    page = Page.get_first_root_node().add_child(
        instance=PeerFrontPage(title="Du er ikke alene", slug="peer", intro="Vi lytter.")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page, "site_name": "Prøve"}
    )
    return page


class Phone:
    """A telephone without an account."""

    def __init__(self, chromium, site):
        self.context = chromium.new_context(
            viewport=SIZES["phone"], base_url=site.url, locale="da-DK", has_touch=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.faults = self.faults
        self.page.on("request", lambda request: _note_stranger(self.page, request, site.url))

    def answer(self, address, value):
        """Open a link, look at it, and press the button ``value``."""
        self.page.goto(address)
        assert broken_rules(self.page) == [] and sideways(self.page) == []
        self.page.locator(f"button[value={value}]").click()
        self.page.wait_for_load_state()


class Desk:
    """The coordinator's screen, and what is done on it."""

    def __init__(self, page):
        self.page = page

    def link(self, match, purpose):
        """Make a link on the match's page and return its address."""
        self.page.goto(reverse("peer_support_matching:match", args=[match.pk]))
        form = self.page.locator("form", has=self.page.locator(f"input[value={purpose}]"))
        form.locator("button[value=make]").click()
        return self.page.locator(f"#link-{purpose}").input_value()

    def step(self, match, action, **values):
        """Fill in and send the form of one step on the match's page."""
        self.page.goto(reverse("peer_support_matching:match", args=[match.pk]))
        form = self.page.locator(f"form[action$='/{action}/']").first
        if not form.is_visible():
            form.locator("xpath=ancestor::details").first.locator("summary").first.click()
        for name, value in values.items():
            if isinstance(value, list):
                for one in value:
                    form.locator(f"input[name={name}][value={one}]").check()
            elif form.locator(f"input[type=radio][name={name}]").count():
                form.locator(f"input[name={name}][value={value}]").check()
            elif form.locator(f"select[name={name}]").count():
                form.locator(f"select[name={name}]").select_option(value)
            else:
                form.locator(f"[name={name}]").fill(value)
        form.locator("button[type=submit]").click()
        self.page.wait_for_load_state()

    def propose(self, citizen, volunteer):
        self.page.goto(reverse("peer_support_matching:ranking", args=[citizen.pk]))
        self.page.locator(f"#volunteer-{volunteer.pk} form button").first.click()
        self.page.wait_for_load_state()

    def contract(self, volunteer):
        """Make the volunteer's contract ready and return the address at which it is signed."""
        self.page.goto(reverse("peer_support_agreements:new", args=[volunteer.pk, "contract"]))
        self.page.locator("main form button[type=submit]").last.click()
        self.page.locator("form[action$='/link/'] button").click()
        return self.page.locator("#paper-address").input_value()

    def take_in(self, kind, person, answers):
        """Hold the first conversation and take the step after it."""
        self.page.goto(reverse(f"peer_support_people:{kind}_conversation", args=[person.pk]))
        for name, value in answers.items():
            self.page.locator(f"[name={name}]").first.fill(value)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()


def picture(page, name):
    """Keep a picture for the documentation, where PEER_PICTURES=1 asks for it: at a desk and on a telephone."""
    if os.environ.get("PEER_PICTURES") != "1":
        return
    before = page.viewport_size
    for size in SIZES.values():
        page.set_viewport_size(size)
        page.screenshot(path=str(PICTURES / f"story-{name}-{size['width']}.png"), full_page=False)
    page.set_viewport_size(before)


def enquire(telephone, page, **answers):
    telephone.page.goto(page.get_url())
    for name, value in answers.items():
        telephone.page.locator(f"[name={name}]").fill(value)
    telephone.page.locator("input[name=consent]").check()
    telephone.page.locator("form.peer-form button, main form button").last.click()
    telephone.page.wait_for_url("**/tak/**")


def day(shift=0):
    return (timezone.localdate() + datetime.timedelta(days=shift)).isoformat()


@pytest.fixture
def story(chromium, site, front, initiative, coordinator, sign_in, settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "FORM_MIN_SECONDS": 0}
    music = InterestFactory(name="Kammermusik")
    known = VolunteerFactory(initiative=initiative, first_name="Gorm", capacity=2, **PERSON)
    with scope_of(initiative.pk):
        known.interests.add(music)
    phones = [Phone(chromium, site) for __ in range(2)]
    yield front, initiative, music, known, Desk(sign_in(coordinator, locale="da-DK")), *phones
    for phone in phones:
        assert phone.faults == []
        phone.context.close()


def complete(person, music, initiative):
    """What the conversation brought that this test does not type in."""
    with scope_of(initiative.pk):
        type(person).objects.filter(pk=person.pk).update(
            **{name: value for name, value in PERSON.items() if name != "times"}
        )
        found = type(person).objects.get(pk=person.pk)
        found.times = PERSON["times"]
        found.save()
        found.interests.add(music)
        return found


def only(model, initiative, **look_up):
    with scope_of(initiative.pk):
        return model.objects.get(**look_up)


def newest_match(initiative):
    with scope_of(initiative.pk):
        return Match.objects.order_by("-pk").first()


def test_from_the_first_word_to_a_good_ending(story):
    front, initiative, music, known, desk, hers, his = story

    # Two people write, each on a telephone.
    enquire(
        hers, page_of(front, "support"), first_name="Solveig", phone="20 30 40 50", message="En at gå med"
    )
    picture(hers.page, "01-thank-you")
    enquire(his, page_of(front, "volunteer"), first_name="Birk", email="birk@example.com")
    citizen, volunteer = only(Citizen, initiative), only(Volunteer, initiative, status="enquiry")

    # The coordinator's morning says so.
    desk.page.goto("/admin/")
    picture(desk.page, "02-home")
    desk.page.goto(reverse("peer_support_today:today"))
    assert broken_rules(desk.page) == [] and sideways(desk.page) == []
    picture(desk.page, "02-today")

    # Two conversations, and what comes after them.
    for kind, person in (("citizen", citizen), ("volunteer", volunteer)):
        desk.take_in(kind, person, {"talk_notes": "Vi talte om ture og musik."})
        person = complete(person, music, initiative)
        desk.page.goto(reverse(f"people_{kind}_modeladmin_inspect", args=[person.pk]))
        picture(desk.page, f"03-{kind}")
        desk.page.locator("form[action$='/finish/'] button").first.click()
        desk.page.wait_for_load_state()
    assert only(Citizen, initiative).status == "waiting"
    assert only(Volunteer, initiative, pk=volunteer.pk).status == "approved"

    # The volunteer signs the contract, which a match asks for.
    his.page.goto(desk.contract(volunteer))
    picture(his.page, "03-contract")
    his.page.locator("#sign [name=name]").fill("Birk")
    for tick in his.page.locator("#sign input[type=checkbox]").all():
        tick.check()
    his.page.locator("#sign button").last.click()
    his.page.get_by_role("heading", name="Tak, du har skrevet under").wait_for()
    assert only(Volunteer, initiative, pk=volunteer.pk).contract_on == timezone.localdate()

    # A proposal; both say yes with a link.
    desk.propose(citizen, volunteer)
    match = newest_match(initiative)
    hers.page.goto(desk.link(match, "proposal_citizen"))
    picture(hers.page, "04-proposal")
    assert "Birk" not in hers.page.content()
    hers.answer(hers.page.url, "yes")
    his.answer(desk.link(match, "proposal_volunteer"), "yes")
    assert newest_match(initiative).state == "accepted"
    desk.page.goto(reverse("peer_support_matching:match", args=[match.pk]))
    picture(desk.page, "05-both-yes")

    # The first meeting is agreed, both come, and it is held.
    desk.step(match, "first_meeting", on=day(1), at="14:00", place="Biblioteket")
    hers.page.goto(desk.link(match, "first_meeting_citizen"))
    picture(hers.page, "06-first-meeting")
    hers.answer(hers.page.url, "come")
    desk.step(match, "first_meeting", on=day(), at="14:00", place="Biblioteket")

    # The day after, one says yes and the other no. That costs nobody anything.
    hers.answer(desk.link(match, "day_after_citizen"), "yes")
    his.page.goto(desk.link(match, "day_after_volunteer"))
    picture(his.page, "07-day-after")
    his.answer(his.page.url, "no")
    assert newest_match(initiative).state == "declined"
    waiting = only(Citizen, initiative)
    assert waiting.status == "waiting" and waiting.waiting_since == timezone.localdate()

    # Another match, which starts.
    desk.propose(citizen, known)
    match = newest_match(initiative)
    assert match.volunteer_id == known.pk
    hers.answer(desk.link(match, "proposal_citizen"), "yes")
    his.answer(desk.link(match, "proposal_volunteer"), "yes")
    desk.step(match, "first_meeting", on=day())
    hers.answer(desk.link(match, "day_after_citizen"), "yes")
    his.answer(desk.link(match, "day_after_volunteer"), "yes")
    desk.step(match, "start", active_from=day(), hours_a_week="1")
    assert newest_match(initiative).state == "active"
    desk.page.goto(reverse("peer_support_matching:match", args=[match.pk]))
    picture(desk.page, "08-active")
    with scope_of(initiative.pk):
        assert FollowUp.objects.filter(match=match, state="open").exists()

    # A meeting is told in twenty seconds.
    his.page.goto(desk.link(match, "meetings_volunteer"))
    his.page.locator("input[name=outcome][value=met]").check(force=True)
    his.page.locator("input[name=day]").first.check(force=True)
    his.page.locator("input[name=minutes][value='60']").check(force=True)
    picture(his.page, "09-meeting")
    his.page.locator(".log-save button").click()
    his.page.get_by_text("Gemt. Tak.").wait_for()
    with scope_of(initiative.pk):
        assert Meeting.objects.get(match=match).minutes == 60

    # A pause, and on again.
    desk.step(match, "pause", paused_from=day(), paused_until=day(14))
    assert newest_match(initiative).state == "paused"
    picture(desk.page, "10-pause")
    desk.step(match, "resume")
    assert newest_match(initiative).state == "active"

    # The ending: why, a talk with both, thanks, and what next.
    desk.step(match, "end", on=day(), by="both", reasons=["goal"], citizen_then="ended")
    assert newest_match(initiative).state == "ended"
    end_well(desk, match, initiative)
    picture(desk.page, "12-ended")
    desk.page.goto(reverse("peer_support_matching:match", args=[match.pk]))
    picture(desk.page, "13-match-ended")
    assert broken_rules(desk.page) == []

    with scope_of(initiative.pk):
        told = list(MatchEvent.objects.filter(match=match).values_list("action", flat=True))
        steps = list(PersonStep.objects.filter(citizen=citizen).values_list("step", flat=True))
    assert told[0] == "propose" and told[-1] == "end" and {"pause", "resume", "start"} <= set(told)
    assert steps[0] == "enquiry" and "active" in steps and steps[-1] == "ended"
    assert desk.page.faults == []


def end_well(desk, match, initiative):
    """Answer the questions of the ending one by one."""
    desk.page.goto(reverse("peer_support_pairs:ending", args=[match.pk]))
    picture(desk.page, "11-ending")
    for __ in range(12):
        with scope_of(initiative.pk):
            left = EndingStep.objects.filter(match=match, state="open").count()
        if not left:
            return
        form = desk.page.locator("form[action*='/ending/']").first
        for name in {box.get_attribute("name") for box in form.locator("input[type=radio]").all()}:
            form.locator(f"input[name={name}]").first.check()
        for text in form.locator("textarea").all():
            text.fill("Det gik godt. Tak for alt.")
        form.locator("button[type=submit]").first.click()
        desk.page.wait_for_load_state()
    raise AssertionError("the ending does not end")
