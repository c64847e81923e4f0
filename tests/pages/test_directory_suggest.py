"""Suggest a change: what comes in, and that nothing public changes before an editor says so."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from peer_support.directory.models import Initiative, InitiativeSuggestion
from peer_support.directory.suggestions import WAITING_MAX, digest, forget_handled
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import EditorFactory

from .directory_rows import make_directory, make_full

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('zqv')</script> og 010203-1234"


@pytest.fixture(autouse=True)
def no_waiting(settings):
    """A test fills a form in faster than a person; that is asked about elsewhere."""
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "FORM_MIN_SECONDS": 0}


@pytest.fixture
def initiative(db):
    initiative = make_full()
    initiative.save_revision().publish()
    initiative.refresh_from_db()
    return initiative


@pytest.fixture
def form_url(front, initiative):
    return f"{make_directory(front).get_url()}{initiative.pk}-haven-ved-aaen/suggest/"


@pytest.fixture
def editor_client(client_for):
    return client_for(EditorFactory())


@pytest.fixture
def workflow(db):
    task = GroupApprovalTask.objects.create(name="Læs det")
    task.groups.set(Group.objects.filter(name__contains="redaktører"))
    workflow = Workflow.objects.create(name="To par øjne")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    kind = ContentType.objects.get_for_model(Initiative)
    WorkflowContentType.objects.create(workflow=workflow, content_type=kind)
    return workflow


def shown(client, url):
    """Return the form as a browser would send it back untouched."""
    page = client.get(url).content.decode()
    data = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("seen", "form_mark")}
    initiative = Initiative.objects.get()
    for name in ("title", "summary", "description", "operator", "status", "training", "supervision"):
        data[name] = getattr(initiative, name).replace("\n", "\r\n")
    return data


def send(client, url, **changes):
    return client.post(url, {**shown(client, url), **changes})


def public(initiative):
    row = Initiative.objects.filter(pk=initiative.pk).values().get()
    # What a draft is noted by; none of it is shown to visitors.
    for bookkeeping in ("latest_revision_id", "has_unpublished_changes"):
        row.pop(bookkeeping)
    return row


def inspect(suggestion):
    return reverse("peer_support_initiativesuggestion_modeladmin_inspect", args=[suggestion.pk])


def act(client, suggestion, **data):
    return client.post(reverse("peer_support_directory:suggestion", args=[suggestion.pk]), data)


def test_only_what_was_changed_is_kept_and_the_contact_is_encrypted(form_url, client, initiative):
    before = public(initiative)
    response = send(client, form_url, summary="Ny tekst", message="Hej", contact="Bo 20202020")
    assert response.status_code == 302 and response["Location"].endswith("/suggest/thanks/")
    suggestion = InitiativeSuggestion.objects.get()
    assert {name: change["wish"] for name, change in suggestion.changes.items()} == {"summary": "Ny tekst"}
    assert suggestion.contact == "Bo 20202020"
    raw = str(
        InitiativeSuggestion.objects.extra(select={"raw": "contact || message || changes_json"})
        .values("raw")
        .get()
    )
    assert "20202020" not in raw and "Ny tekst" not in raw
    assert public(initiative) == before
    assert "Ny tekst" not in client.get(form_url.removesuffix("suggest/")).content.decode()
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200 and "no-store" in thanks["Cache-Control"]


def test_the_form_keeps_no_copy_and_says_where_the_fault_is(form_url, client):
    assert "no-store" in client.get(form_url)["Cache-Control"]
    response = send(client, form_url, title="", contact="Bo 20202020")
    page = response.content.decode()
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    assert (
        'href="#id_title"' in page and 'aria-describedby="id_title_fault"' in page and "Bo 20202020" in page
    )
    assert 'href="#id_message"' in send(client, form_url).content.decode(), "nothing was suggested"
    assert not InitiativeSuggestion.objects.exists()


def test_a_cpr_number_is_taken_out_and_markup_is_harmless(form_url, client, editor_client):
    response = send(client, form_url, message=EVIL, summary=EVIL, contact=EVIL)
    assert "number=1" in response["Location"]
    suggestion = InitiativeSuggestion.objects.get()
    for kept in (suggestion.message, suggestion.contact, suggestion.changes_json):
        assert "1234" not in kept
    page = editor_client.get(inspect(suggestion)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    act(editor_client, suggestion, action="draft", fields=["summary"])
    Initiative.objects.get().get_latest_revision().publish()
    page = client.get(form_url.removesuffix("suggest/")).content.decode()
    assert "<script>alert" not in page


def test_an_editors_click_makes_a_draft_and_the_page_stays(form_url, client, editor_client, initiative):
    send(client, form_url, summary="Ny tekst", training="To dage")
    suggestion, before = InitiativeSuggestion.objects.get(), public(initiative)
    page = editor_client.get(inspect(suggestion)).content.decode()
    assert "Ny tekst" in page and page.count("checked") == 2
    response = act(editor_client, suggestion, action="draft", fields=["summary", "training"])
    assert response["Location"] == reverse(
        Initiative.snippet_viewset.get_url_name("edit"), args=[initiative.pk]
    )
    assert public(initiative) == before
    draft = Initiative.objects.get().get_latest_revision_as_object()
    assert (draft.summary, draft.training, draft.training_stated) == ("Ny tekst", "To dage", "yes")
    assert draft.description == initiative.description and draft.sections.count() == 8
    suggestion.refresh_from_db()
    assert suggestion.state == "drafted" and not Initiative.objects.get().workflow_in_progress
    routes = set(
        AccessLogEntry.objects.filter(model="peer_support.initiativesuggestion").values_list(
            "action", "route"
        )
    )
    assert len(routes) >= 3, "sent, read, used"


def test_the_draft_goes_to_the_review_that_the_site_has(
    form_url, client, editor_client, initiative, workflow
):
    send(client, form_url, summary="Ny tekst")
    act(editor_client, InitiativeSuggestion.objects.get(), action="draft", fields=["summary"])
    stored = Initiative.objects.get()
    assert stored.workflow_in_progress and stored.summary == initiative.summary
    send(client, form_url, operator="Andre")
    second = InitiativeSuggestion.objects.order_by("-pk").first()
    act(editor_client, second, action="draft", fields=["operator"])
    draft = Initiative.objects.get().get_latest_revision_as_object()
    assert (draft.summary, draft.operator) == ("Ny tekst", "Andre"), "the review goes on with both"
    state = Initiative.objects.get().current_workflow_state
    state.current_task_state.approve(user=EditorFactory())
    assert Initiative.objects.get().operator == "Andre"


def test_a_newer_edit_is_shown_and_not_overwritten_without_a_tick(
    form_url, client, editor_client, initiative
):
    send(client, form_url, summary="Udefra", operator="Andre")
    edited = Initiative.objects.get().get_latest_revision_as_object()
    edited.summary = "Redaktørens"
    edited.save_revision()
    suggestion = InitiativeSuggestion.objects.get()
    page = editor_client.get(inspect(suggestion)).content.decode()
    assert "Redaktørens" in page and "peer-suggestion__conflict" in page
    assert re.search(r'value="operator"[^>]*checked', page)
    assert not re.search(r'value="summary"[^>]*checked', page)
    act(editor_client, suggestion, action="draft", fields=["operator"])
    draft = Initiative.objects.get().get_latest_revision_as_object()
    assert (draft.summary, draft.operator) == ("Redaktørens", "Andre")


def test_a_text_that_changed_while_the_form_was_open_is_no_wish_but_a_conflict(
    form_url, client, editor_client
):
    data = shown(client, form_url)
    stored = Initiative.objects.get()
    stored.description = "Rettet imens"
    stored.save_revision().publish()
    client.post(form_url, {**data, "summary": "Min rettelse"})
    assert list(InitiativeSuggestion.objects.get().changes) == ["summary"]


def test_a_suggestion_is_used_once_and_a_locked_entry_is_left(form_url, client, editor_client, initiative):
    send(client, form_url, summary="Ny tekst")
    suggestion = InitiativeSuggestion.objects.get()
    Initiative.objects.update(locked=True, locked_by=EditorFactory())
    act(editor_client, suggestion, action="draft", fields=["summary"])
    assert Initiative.objects.get().latest_revision_id == initiative.latest_revision_id
    Initiative.objects.update(locked=False, locked_by=None)
    assert act(editor_client, suggestion, action="decline").status_code == 302
    act(editor_client, suggestion, action="draft", fields=["summary"])
    suggestion.refresh_from_db()
    assert suggestion.state == "declined"
    assert Initiative.objects.get().latest_revision_id == initiative.latest_revision_id


def test_nobody_can_bury_an_initiative_in_suggestions(form_url, client, initiative):
    InitiativeSuggestion.objects.bulk_create(
        InitiativeSuggestion(initiative=initiative) for __ in range(WAITING_MAX)
    )
    assert "<form class" not in client.get(form_url).content.decode()
    client.post(form_url, {"message": "en til", "seen": f"summary:{digest('x')}"})
    assert InitiativeSuggestion.objects.count() == WAITING_MAX


@pytest.mark.parametrize("seen", ["", "x", "summary:", ":::: ::", "summary:" + "a" * 16, "\x00"])
def test_a_forged_mark_is_no_way_in(form_url, client, initiative, seen):
    before = public(initiative)
    data = {
        **shown(client, form_url),
        "summary": "Nyt",
        "seen": seen,
        "live": "",
        "pk": "1",
        "import_key": "x",
    }
    assert client.post(form_url, data).status_code in (200, 302)
    assert public(initiative) == before


def test_a_machine_that_fills_in_everything_is_not_taken(form_url, client):
    response = send(client, form_url, message="Køb nu", webpage="https://spam.example")
    assert response.status_code == 200 and "Køb nu" in response.content.decode()
    assert not InitiativeSuggestion.objects.exists()


def test_a_second_press_sends_nothing_twice_and_many_are_too_many(form_url, client):
    data = {**shown(client, form_url), "message": "Hej"}
    assert [client.post(form_url, data).status_code for __ in range(2)] == [302, 302]
    assert InitiativeSuggestion.objects.count() == 1
    answers = [client.post(form_url, {**data, "message": f"Hej {n}"}).status_code for n in range(12)]
    assert 429 in answers and InitiativeSuggestion.objects.count() < 12


def test_a_moment_is_shown_by_the_clock_on_the_wall():
    from peer_support.access.shown import as_text

    moment = datetime(2026, 11, 24, 21, 22, tzinfo=UTC)
    assert as_text(moment).hour == 22


def test_the_menu_says_how_many_wait(form_url, client, editor_client):
    send(client, form_url, message="Hej")
    page = editor_client.get(reverse("peer_support_initiativesuggestion_modeladmin_index"))
    assert page.status_code == 200 and "Hej" not in page.content.decode()
    assert "(1)" in editor_client.get("/admin/").content.decode()


def test_handled_suggestions_are_forgotten_in_time(form_url, client, editor_client):
    send(client, form_url, message="Hej")
    act(editor_client, InitiativeSuggestion.objects.get(), action="done")
    send(client, form_url, message="Ny")
    later = timezone.now() + timedelta(days=91)
    assert forget_handled(now=later) == 1
    assert InitiativeSuggestion.objects.get().message == "Ny"
