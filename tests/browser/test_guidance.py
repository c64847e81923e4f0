"""The self-check keeps and sends nothing; the readability help counts as Python does and shows while one types."""

import json
from pathlib import Path

import pytest

import peer_support
from peer_support.pages.models import GuidancePage, PeerFrontPage, SelfCheckPage
from peer_support.recruitment.builtin_guidance import entries
from peer_support.recruitment.readability import hints, measure, rules
from peer_support.testing.factories import UserFactory
from tests.pages import guidance_samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
COUNTING = Path(peer_support.__file__).parent / "static/peer_support/recruitment/readability.js"


@pytest.fixture
def section(site):
    """A published section of public pages under the site's root."""
    from wagtail.models import Page, Site

    root = Page.get_first_root_node()
    front = root.add_child(instance=PeerFrontPage(title="Du er ikke alene", slug="peer"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": front}
    )
    return front


def stored(page):
    """Return everything that a page could have left in the browser."""
    return page.evaluate(
        """async () => [document.cookie, localStorage.length, sessionStorage.length,
                         (await indexedDB.databases()).length, location.search, location.hash]"""
    ) + [page.context.cookies()]


def test_the_self_check_answers_kindly_and_leaves_no_trace(chromium, site, section):
    check = section.add_child(instance=SelfCheckPage(title="Er det noget for mig?", slug="selvtjek"))
    page = chromium.new_context(
        base_url=site.url, locale="da-DK", viewport={"width": 390, "height": 844}
    ).new_page()
    page.goto(check.url)
    page.wait_for_load_state("networkidle")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    group = page.locator("[data-peer-check]").first
    for fieldset in group.locator("fieldset").all():
        fieldset.locator("input").last.check()
    word = group.locator("[data-peer-check-word]")
    assert "støtte først" in word.inner_text()
    assert not any(sign in word.inner_text() for sign in ("%", "point", "ud af"))
    for fieldset in group.locator("fieldset").all():
        fieldset.locator("input").first.check()
    assert "et godt sted at støtte" in word.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert requests == [] and stored(page) == ["", 0, 0, 0, "", "", []]
    refused = page.evaluate("fetch('/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    page.get_by_role("button", name="Slet mine svar").click()
    assert page.locator("input:checked").count() == 0 and word.inner_text() == ""
    group.locator("input").first.check()
    page.reload()
    assert page.locator("input:checked").count() == 0
    page.context.close()


def test_the_self_check_is_a_list_to_print_without_javascript(chromium, site, section):
    check = section.add_child(instance=SelfCheckPage(title="Er det noget for mig?", slug="selvtjek"))
    page = chromium.new_context(base_url=site.url, locale="da-DK", java_script_enabled=False).new_page()
    page.goto(check.url)
    assert page.locator("fieldset").count() == 15 and page.get_by_role("button").count() == 0
    page.locator("summary", has_text="Det kan dine svar fortælle dig").first.click()
    assert page.get_by_text("Du har fået noget på afstand").is_visible()
    page.emulate_media(media="print")
    box = page.locator("fieldset input").first
    assert box.evaluate("e => getComputedStyle(e).appearance") == "none"
    assert not page.locator("[data-peer-leave]").is_visible()
    page.context.close()


def test_the_browser_counts_as_python_does(chromium):
    texts = [*guidance_samples.TEXTS, *(entry["rule"] for entry in entries("BenefitRule"))]
    page = chromium.new_page()
    page.set_content("<p>")
    page.add_script_tag(content=COUNTING.read_text("utf-8"))
    lists = json.loads(json.dumps(rules()))
    counted = page.evaluate(
        """([texts, rules]) => texts.map((t) => [peerReadability.measure(t), peerReadability.hints(t, rules)])""",
        [texts, lists],
    )
    page.close()
    for text, (figures, found) in zip(texts, counted, strict=True):
        assert figures == vars(measure(text)), text
        assert found == [vars(hint) for hint in hints(text)], text
    assert {hint["kind"] for __, found in counted for hint in found} == {
        "sentence",
        "authority",
        "passive",
        "distance",
    }


def test_an_editor_sees_heavy_words_while_typing_and_may_save_all_the_same(sign_in, section):
    draft = section.add_child(instance=GuidancePage(title="Godt at vide", slug="godt", intro="Vi ses."))
    page = sign_in(UserFactory(is_superuser=True))
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    whole = page.locator("details.peer-readability--whole")
    whole.wait_for()
    page.fill("[name=intro]", guidance_samples.HEAVY)
    line = page.locator("[data-peer-readability]:not(details)", has_text="I henhold til")
    line.wait_for()
    assert "LIX" in line.inner_text()
    whole.locator("summary").click()
    assert "borgeren" in whole.inner_text()
    whole.get_by_role("button").first.click()
    assert page.evaluate("document.activeElement.name") == "intro"
    page.locator("[name=action-publish], button:has-text('Gem'), button:has-text('Save')").first.click()
    page.wait_for_load_state()
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().intro == guidance_samples.HEAVY
    assert page.faults == []
