"""The import in the admin: a dry run to read first, then the writing; nothing is kept in between."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from peer_support.directory import uploads
from peer_support.directory.models import Initiative, InitiativeContact
from peer_support.testing.factories import EditorFactory

from .papers_and_tables import NAME, PHONE, catalogue, table, workbook

pytestmark = pytest.mark.django_db

PAGE = "/admin/initiatives/import/"


def upload(client, name, data, **more):
    data = data if isinstance(data, bytes) else data.encode()
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data), **more})


def token_in(response):
    return re.search(r'name="token" value="([^"]+)"', response.content.decode()).group(1)


def test_the_page_asks_for_a_file(editor_client):
    page = editor_client.get(PAGE).content.decode()
    assert 'type="file"' in page and PAGE + "example/" in page


def test_first_a_dry_run_that_writes_nothing_and_then_the_import(editor_client):
    response = upload(editor_client, "papir.txt", catalogue())
    page = response.content.decode()
    assert response.status_code == 200 and "Havehuset ved åen" in page
    assert not Initiative.objects.exists()
    for secret in (NAME, PHONE):
        assert secret not in page
    done = editor_client.post(PAGE, {"token": token_in(response)}, follow=True)
    assert done.redirect_chain and Initiative.objects.filter(live=False).count() == 3
    assert InitiativeContact.objects.count() == 1


def test_what_was_imported_says_who_did_it(editor_client, editor):
    response = upload(editor_client, "liste.csv", table(("navn",), ("Kajen",)))
    editor_client.post(PAGE, {"token": token_in(response)})
    kajen = Initiative.objects.get()
    assert kajen.latest_revision.user == editor
    history = editor_client.get(
        f"/admin/snippets/peer_support/initiative/history/{kajen.pk}/"
    ).content.decode()
    assert editor.first_name in history


def test_a_second_time_there_is_nothing_to_write(editor_client):
    response = upload(editor_client, "papir.txt", catalogue())
    editor_client.post(PAGE, {"token": token_in(response)})
    page = upload(editor_client, "papir.txt", catalogue()).content.decode()
    assert 'name="token"' not in page


def test_a_bad_file_is_refused_with_its_rows_and_can_be_chosen_again(editor_client):
    response = upload(editor_client, "liste.csv", table(("navn", "status"), ("Kajen", "purpur")))
    page = response.content.decode()
    assert "purpur" in page and 'role="alert"' in page and 'type="file"' in page
    for again in (upload(editor_client, "tom.csv", b" "), upload(editor_client, "x.xlsx", b"PK\x03\x04")):
        assert again.context["refused"]
    assert editor_client.post(PAGE, {}).context["form"].errors["file"]
    assert not Initiative.objects.exists()


def test_a_file_that_went_bad_in_between_is_refused_too(editor_client, monkeypatch):
    response = upload(editor_client, "liste.csv", table(("navn", "støtteformer"), ("Kajen", "Chat")))
    from peer_support.directory.models import DirectoryTerm

    DirectoryTerm.objects.filter(code="chat").delete()
    assert editor_client.post(PAGE, {"token": token_in(response)}).context["refused"]
    assert not Initiative.objects.exists()


def test_a_workbook_goes_the_same_way(editor_client):
    response = upload(editor_client, "liste.xlsx", workbook(("navn",), ("Kajen",)))
    editor_client.post(PAGE, {"token": token_in(response)})
    assert Initiative.objects.get().title == "Kajen"


def test_the_sealed_file_is_for_one_person_and_cannot_be_changed(editor_client, client_for):
    token = token_in(upload(editor_client, "liste.csv", table(("navn",), ("Kajen",))))
    other = client_for(EditorFactory())
    for client, sent in ((other, token), (editor_client, token[:-5] + "AAAA="), (editor_client, "")):
        assert client.post(PAGE, {"token": sent}).status_code == 302
    assert not Initiative.objects.exists()


def test_the_sealed_file_is_good_for_an_hour(editor, time_machine_at):
    with time_machine_at("2026-03-01 12:00"):
        token = uploads.seal(user=editor, name="a.csv", data=b"navn\nKajen", overwrite_edited=True)
        assert uploads.unseal(token, user=editor) == ("a.csv", b"navn\nKajen", True)
    with time_machine_at("2026-03-01 13:01"):
        assert uploads.unseal(token, user=editor) is None


def test_a_file_too_large_for_the_page_gets_a_sentence(editor_client):
    import random

    noise = random.Random(7).randbytes(3_000_000).hex()
    response = upload(editor_client, "liste.csv", f"navn\n{noise}")
    assert response.context["form"].errors["file"]
    assert "import_initiatives" in response.content.decode()


def test_overwriting_is_remembered_to_the_writing(editor_client):
    editor_client.post(
        PAGE, {"token": token_in(upload(editor_client, "a.csv", table(("navn", "start"), ("Kajen", "2010"))))}
    )
    draft = Initiative.objects.get().get_latest_revision_as_object()
    draft.started = "2011"
    draft.save_revision()
    kept = upload(editor_client, "a.csv", table(("navn", "start"), ("Kajen", "2012")))
    assert 'name="token"' not in kept.content.decode()
    forced = upload(
        editor_client, "a.csv", table(("navn", "start"), ("Kajen", "2012")), overwrite_edited="on"
    )
    editor_client.post(PAGE, {"token": token_in(forced)})
    assert Initiative.objects.get().get_latest_revision_as_object().started == "2012"


def test_the_page_is_kept_by_no_browser(editor_client):
    assert "no-store" in editor_client.get(PAGE)["Cache-Control"]
