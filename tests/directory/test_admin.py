"""Initiatives in the admin: list, filters, search, form, preview, chooser, and who may."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Revision

from peer_support.directory.models import DirectoryTerm, Initiative, Municipality
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    InitiativeContactFactory,
    InitiativeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/peer_support/initiative/"
CANARY = "Kanariefugl Hemmeligsen 98 76 54 32"


def url(name, *args):
    return reverse(Initiative.snippet_viewset.get_url_name(name), args=args)


def titles(response):
    return {initiative.title for initiative in response.context["object_list"]}


@pytest.fixture
def three(db):
    haven = InitiativeFactory(
        title="Peer-støtte i haven", region="1085", status="running", has_questionnaire=True
    )
    haven.municipalities.add(Municipality.objects.get(name="Køge"))
    haven.forms.add(DirectoryTerm.objects.get(kind="form", code="one-to-one"))
    haven.save()
    kajen = InitiativeFactory(title="Kajen i Århus", region="1082", damaged_lines=3, live=False)
    kajen.audiences.add(DirectoryTerm.objects.get(kind="audience", code="young"))
    kajen.settings.add(DirectoryTerm.objects.get(kind="setting", code="home"))
    kajen.relations.add(DirectoryTerm.objects.get(kind="relation", code="volunteer"))
    kajen.save()
    InitiativeFactory(title="Ukendt sted", peer_support="no", runs_here=False)
    return haven, kajen


def term(kind, code):
    return DirectoryTerm.objects.get(kind=kind, code=code).pk


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Peer-støtte i haven", "Kajen i Århus", "Ukendt sted"}),
        ("region=1085", {"Peer-støtte i haven"}),
        ("region=unstated", {"Ukendt sted"}),
        ("municipalities=0259", {"Peer-støtte i haven"}),
        ("status=running", {"Peer-støtte i haven"}),
        ("status=unstated", {"Kajen i Århus", "Ukendt sted"}),
        ("peer_support=no", {"Ukendt sted"}),
        ("damaged=true", {"Kajen i Århus"}),
        ("damaged=false", {"Peer-støtte i haven", "Ukendt sted"}),
        ("has_questionnaire=true", {"Peer-støtte i haven"}),
        ("live=false", {"Kajen i Århus"}),
        ("runs_here=false", {"Ukendt sted"}),
        ("q=peerst%C3%B8tte", {"Peer-støtte i haven"}),
        ("q=aarhus", {"Kajen i Århus"}),
        ("q=aarhus&damaged=false", set()),
        ("q=koege", {"Peer-støtte i haven"}),
        ("restricted_contact__text__startswith=K", {"Peer-støtte i haven", "Kajen i Århus", "Ukendt sted"}),
    ],
)
def test_the_list_is_narrowed_by_filters_and_words(editor_client, three, query, found):
    for address in (f"{LIST}?{query}", f"{url('list_results')}?{query}"):
        response = editor_client.get(address)
        assert response.status_code == 200
        assert titles(response) == found


@pytest.mark.parametrize(
    ("name", "kind", "code", "title"),
    [
        ("forms", "form", "one-to-one", "Peer-støtte i haven"),
        ("settings", "setting", "home", "Kajen i Århus"),
        ("audiences", "audience", "young", "Kajen i Århus"),
        ("relations", "relation", "volunteer", "Kajen i Århus"),
    ],
)
def test_the_list_is_narrowed_by_the_words_of_each_kind(editor_client, three, name, kind, code, title):
    assert titles(editor_client.get(LIST, {name: term(kind, code)})) == {title}


def test_two_words_of_one_kind_widen_the_answer_without_repeating_it(editor_client, three):
    haven, __ = three
    haven.forms.add(DirectoryTerm.objects.get(kind="form", code="chat"))
    haven.save()
    response = editor_client.get(LIST, {"forms": [term("form", "one-to-one"), term("form", "chat")]})
    assert [i.title for i in response.context["object_list"]] == ["Peer-støtte i haven"]


@pytest.mark.parametrize(
    "query", ["region=9999", "municipalities=abc", "forms=0", "damaged=kanske", "p=99", "ordering=x"]
)
def test_nonsense_in_the_address_is_no_error(editor_client, three, query):
    assert editor_client.get(f"{LIST}?{query}").status_code in (200, 404)


def form_data(**changes):
    data = {"title": "Haven", "training_stated": "", "damaged_lines": "0"}
    for prefix in ("partners", "links", "sections"):
        data.update(
            {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0", f"{prefix}-MIN_NUM_FORMS": "0"}
        )
        data[f"{prefix}-MAX_NUM_FORMS"] = "1000"
    return {**data, **changes}


def section(place, number, text="Tekst"):
    prefix = f"sections-{place}-"
    return {
        f"{prefix}number": str(number),
        f"{prefix}state": "answered",
        f"{prefix}text": text,
        f"{prefix}id": "",
        f"{prefix}ORDER": str(place + 1),
        f"{prefix}DELETE": "",
    }


def test_an_editor_makes_a_draft_with_nothing_but_a_name(editor_client):
    response = editor_client.post(url("add"), form_data())
    assert response.status_code == 302
    assert not Initiative.objects.get(title="Haven").live


def test_an_editor_publishes(editor_client, three):
    __, kajen = three
    data = form_data(title="Kajen", **{"action-publish": "1"})
    assert editor_client.post(url("edit", kajen.pk), data).status_code == 302
    kajen.refresh_from_db()
    assert (kajen.title, kajen.live) == ("Kajen", True)


def test_a_section_that_stands_twice_gets_a_sentence_and_nothing_is_lost(editor_client):
    data = form_data(
        **{"sections-TOTAL_FORMS": "2"}, **section(0, 3, "Den ene"), **section(1, 3, "Den anden")
    )
    response = editor_client.post(url("add"), data)
    page = response.content.decode()
    assert response.status_code == 200 and not Initiative.objects.exists()
    assert "Den ene" in page and "Den anden" in page
    assert response.context["form"].formsets["sections"].errors[1]["number"]


def test_a_section_can_be_deleted_and_written_anew(editor_client):
    data = form_data(**{"sections-TOTAL_FORMS": "2"}, **section(0, 3, "Gammel"), **section(1, 3, "Ny"))
    data["sections-0-DELETE"] = "on"
    assert editor_client.post(url("add"), data).status_code == 302
    assert [s.text for s in Initiative.objects.get().sections.all()] == ["Ny"]


def test_the_form_groups_municipalities_by_region(editor_client):
    page = editor_client.get(url("add")).content.decode()
    assert page.count('class="peer-columns__group"') == 5
    assert page.count('name="municipalities"') == 98


def test_the_preview_shows_the_whole_entry_and_escapes_it(editor_client, three):
    __, kajen = three
    data = form_data(
        title="Kajen <b>",
        summary="Vi sejler.",
        training_stated="none",
        peer_support="no",
        damaged_lines="2",
        **{
            "sections-TOTAL_FORMS": "1",
            "links-TOTAL_FORMS": "1",
            "links-0-url": "https://kajen.example",
            "links-0-label": "Kajen",
            "links-0-doubtful": "on",
            "links-0-id": "",
            "links-0-ORDER": "1",
            "links-0-DELETE": "",
        },
        **section(0, 1, "Vi mødes <i>ved</i> vandet."),
    )
    address = url("preview_on_edit", kajen.pk)
    assert editor_client.post(address, data).json()["is_valid"]
    page = editor_client.get(address).content.decode()
    assert "Kajen &lt;b&gt;" in page and "Vi sejler." in page
    assert "Vi mødes &lt;i&gt;ved&lt;/i&gt; vandet." in page
    assert page.count("<h3>") == 8
    assert 'href="https://kajen.example"' in page
    assert "style=" not in page and "<script" not in page


def test_not_stated_is_shown_apart_from_none():
    from peer_support.directory.presenting import entry_of

    page = entry_of(
        Initiative(title="Kajen", training_stated="none", supervision_stated="planned", supervision="Til maj")
    )
    peers = next(
        group
        for group in page.groups
        if any("raining" in f.label or "ddannelse" in f.label for f in group.facts)
    )
    values = {fact.value for fact in peers.facts}
    assert len(peers.facts) == 2 and any("Til maj" in value for value in values)
    assert len(peers.unstated.split(", ")) >= 2


def test_the_inspect_page_shows_the_latest_draft(editor_client, three):
    haven, __ = three
    haven.summary = "Nyt udkast om guitarer."
    haven.save_revision()
    assert "Nyt udkast om guitarer." in editor_client.get(url("inspect", haven.pk)).content.decode()


def chooser(name, *args):
    return reverse(f"{Initiative.snippet_viewset.chooser_viewset.url_namespace}:{name}", args=args)


def test_the_chooser_searches_with_the_same_words(editor_client, three):
    response = editor_client.get(chooser("choose_results"), {"q": "aarhus"})
    page = response.content.decode()
    assert "Kajen i Århus" in page and "haven" not in page


def test_the_contact_is_in_no_page_of_the_initiative(editor, editor_client, three):
    haven, __ = three
    InitiativeContactFactory(initiative=haven, text=CANARY)
    haven.save_revision(user=editor)
    editor_client.post(url("preview_on_edit", haven.pk), form_data(title="Haven"))
    addresses = [
        *(
            url(name, haven.pk)
            for name in ("edit", "inspect", "history", "usage", "delete", "preview_on_edit")
        ),
        url("revisions_view", haven.pk, haven.latest_revision_id),
        LIST,
        f"{LIST}?export=csv",
        chooser("choose"),
        chooser("choose_results"),
        chooser("chosen", haven.pk),
        "/admin/reports/site-history/",
    ]
    for address in addresses:
        response = editor_client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code in (200, 302), address
        assert "Kanariefugl" not in content.decode(), address
    stored = json.dumps(list(Revision.objects.values("content")), default=str)
    assert "Kanariefugl" not in stored


def test_a_plain_admin_user_sees_no_list_and_no_import(client_for):
    from django.contrib.auth.models import Permission

    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = client_for(user)
    for address in (LIST, url("add"), "/admin/initiatives/import/", "/admin/initiatives/import/example/"):
        assert client.get(address).status_code == 302, address
    assert "/admin/initiatives/import/" not in client.get("/admin/").content.decode()


def test_a_coordinator_may_read_and_not_write(client_for, initiative):
    client = client_for(CoordinatorFactory(initiative=initiative))
    assert client.get(url("inspect", initiative.pk)).status_code == 200
    for address in (
        url("add"),
        url("edit", initiative.pk),
        url("delete", initiative.pk),
        "/admin/initiatives/import/",
    ):
        assert client.get(address).status_code == 302, address
    assert client.post(url("edit", initiative.pk), form_data(title="Taget")).status_code == 302
    assert Initiative.objects.get().title == "Fjordens peers"


def test_an_initiative_with_people_cannot_be_deleted(editor_client, initiative):
    CitizenFactory(initiative=initiative)
    response = editor_client.post(url("delete", initiative.pk), follow=True)
    assert response.redirect_chain[-1][0].endswith(url("edit", initiative.pk))
    bulk = f"/admin/bulk/peer_support/initiative/delete/?id={initiative.pk}"
    assert editor_client.post(bulk).status_code == 302
    assert Initiative.objects.filter(pk=initiative.pk).exists()


def test_an_initiative_without_people_can_be_deleted(editor_client, other_initiative):
    assert editor_client.post(url("delete", other_initiative.pk)).status_code == 302
    assert not Initiative.objects.exists()


def test_a_term_keeps_its_kind_and_takes_a_new_name(editor_client):
    chat = DirectoryTerm.objects.get(kind="form", code="chat")
    address = reverse(DirectoryTerm.snippet_viewset.get_url_name("edit"), args=[chat.pk])
    editor_client.post(address, {"kind": "audience", "name": "Skriv sammen", "order": "5"})
    chat.refresh_from_db()
    assert (chat.kind, chat.name, chat.code, chat.order) == ("form", "Skriv sammen", "chat", 5)


def test_an_editor_adds_a_term_of_their_own(editor_client):
    address = reverse(DirectoryTerm.snippet_viewset.get_url_name("add"))
    assert editor_client.post(address, {"kind": "form", "name": "Gåture", "order": "5"}).status_code == 302
    assert DirectoryTerm.objects.get(name="Gåture").code == "gaature"
