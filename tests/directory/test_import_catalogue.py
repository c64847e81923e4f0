"""The questionnaire document as drafts in the directory."""

import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Revision

from peer_support.directory.models import Initiative, InitiativeContact
from peer_support.privacy.models import AccessLogEntry

from .papers_and_tables import CONTACT_LINE, MAIL, NAME, PHONE, catalogue

pytestmark = pytest.mark.django_db


def by_title(title):
    return Initiative.objects.get(title=title)


def test_every_initiative_becomes_a_draft_with_a_revision(run_import):
    run_import("papir.txt", catalogue())
    assert Counter(Initiative.objects.values_list("chapter", flat=True)) == {
        "Peer-støtte i Region Sjælland": 2,
        "Peer-støtte i Region Nordjylland": 1,
    }
    for initiative in Initiative.objects.all():
        assert not initiative.live and initiative.has_unpublished_changes
        assert initiative.get_latest_revision_as_object().title == initiative.title
    assert by_title("Havehuset ved åen").get_region_display() == "Region Sjælland"


def test_answers_land_in_their_sections_with_their_state(run_import):
    run_import("papir.txt", catalogue())
    sections = {s.number: s for s in by_title("Værkstedet på molen").sections.all()}
    assert 5 not in sections
    assert sections[6].state == "deferred"
    assert "havearbejde" in sections[1].text
    madklub = by_title("Madklubben i Sømarken")
    assert not madklub.has_questionnaire and not madklub.sections.exists()
    assert "fælles madlavning" in madklub.description


def test_a_second_run_changes_nothing_at_all(run_import):
    run_import("papir.txt", catalogue())
    before = [
        list(model.objects.order_by("pk").values()) for model in (Initiative, Revision, InitiativeContact)
    ]
    logged = ModelLogEntry.objects.count(), AccessLogEntry.objects.count()
    out = run_import("papir.txt", catalogue())
    assert "3 as before." in out.out
    after = [
        list(model.objects.order_by("pk").values()) for model in (Initiative, Revision, InitiativeContact)
    ]
    assert after == before
    assert (ModelLogEntry.objects.count(), AccessLogEntry.objects.count()) == logged


def test_a_dry_run_counts_and_writes_nothing(run_import):
    out = run_import("papir.txt", catalogue(), dry_run=True)
    assert "3 new drafts." in out.out and "nothing was written" in out.out
    assert not Initiative.objects.exists() and not InitiativeContact.objects.exists()
    assert not Revision.objects.exists() and not ModelLogEntry.objects.exists()


def test_the_account_is_the_only_thing_on_standard_output(run_import):
    out = run_import("papir.txt", catalogue(), json=True)
    account = json.loads(out.out)
    assert set(account) == {"initiatives", "messages"}
    first = account["initiatives"][0]
    assert set(first) == {
        "title",
        "chapter",
        "has_questionnaire",
        "sections",
        "links",
        "damaged_lines",
        "flags",
    }
    assert first["sections"]["1"] == "answered"
    assert account["initiatives"][1]["sections"]["5"] == "empty"
    assert out.err == ""
    for secret in (NAME, PHONE, MAIL):
        assert secret not in out.out


def test_contact_data_is_kept_apart_encrypted_and_logged(run_import):
    run_import("papir.txt", catalogue())
    contact = InitiativeContact.objects.get()
    assert contact.initiative.title == "Havehuset ved åen"
    for secret in (NAME, PHONE, MAIL):
        assert secret in contact.text
    assert AccessLogEntry.objects.filter(model="peer_support.initiativecontact", action="create").count() == 1


def test_contact_data_is_nowhere_else(run_import):
    run_import("papir.txt", catalogue())
    assert_no_contact_outside()


def test_the_search_for_leaks_sees_a_leak(run_import):
    """The control: with the contact in a public field the test above fails."""
    run_import("papir.txt", catalogue())
    initiative = by_title("Havehuset ved åen")
    initiative.summary = CONTACT_LINE
    initiative.save()
    with pytest.raises(AssertionError):
        assert_no_contact_outside()


def assert_no_contact_outside():
    stored = json.dumps(
        [
            list(Initiative.objects.values()),
            [list(i.sections.values()) for i in Initiative.objects.all()],
            list(Revision.objects.values("content", "object_str")),
            list(ModelLogEntry.objects.values("label", "data")),
        ],
        default=str,
        ensure_ascii=False,
    )
    for secret in (NAME, PHONE, MAIL, "Bodil", "havehuset.example"):
        assert secret not in stored, secret


def test_a_changed_source_changes_a_field_that_nobody_has_touched(run_import):
    run_import("papir.txt", catalogue())
    out = run_import("papir.txt", catalogue(s7="Driften betales nu af en fond."))
    assert "1 updated." in out.out and "2 as before." in out.out
    section = by_title("Havehuset ved åen").sections.get(number=7)
    assert section.text == "Driften betales nu af en fond."


def test_what_an_editor_changed_is_left_and_told(run_import):
    run_import("papir.txt", catalogue())
    initiative = by_title("Havehuset ved åen").get_latest_revision_as_object()
    sections = list(initiative.sections.all())
    sections[6].text = "Kulturhuset betaler, siger redaktøren."
    initiative.sections = sections
    initiative.save_revision()
    out = run_import("papir.txt", catalogue(s7="Driften betales nu af en fond.", s6="De sover godt."))
    assert "Havehuset ved åen" in out.err and "section 7" in out.err
    draft = by_title("Havehuset ved åen").get_latest_revision_as_object()
    texts = {s.number: s.text for s in draft.sections.all()}
    assert texts[7] == "Kulturhuset betaler, siger redaktøren."
    # The other field of the same entry still follows the source.
    assert texts[6] == "De sover godt."


def test_an_editors_change_is_written_over_only_when_asked(run_import):
    run_import("papir.txt", catalogue())
    initiative = by_title("Madklubben i Sømarken").get_latest_revision_as_object()
    initiative.description = "Redaktørens ord."
    initiative.save_revision()
    run_import("papir.txt", catalogue(), overwrite_edited=True)
    draft = by_title("Madklubben i Sømarken").get_latest_revision_as_object()
    assert "fælles madlavning" in draft.description


def test_words_that_an_editor_added_are_no_conflict(run_import):
    run_import("papir.txt", catalogue())
    initiative = by_title("Havehuset ved åen").get_latest_revision_as_object()
    initiative.summary = "Et hus med have."
    initiative.save_revision()
    out = run_import("papir.txt", catalogue(s7="En fond betaler."))
    assert "1 updated." in out.out
    draft = by_title("Havehuset ved åen").get_latest_revision_as_object()
    assert draft.summary == "Et hus med have."


def test_a_renamed_entry_is_known_again(run_import):
    run_import("papir.txt", catalogue())
    initiative = by_title("Havehuset ved åen").get_latest_revision_as_object()
    initiative.title = "Havehuset"
    initiative.save_revision().publish()
    run_import("papir.txt", catalogue())
    assert Initiative.objects.count() == 3
    assert Initiative.objects.filter(title="Havehuset").exists()


def test_a_published_entry_gets_a_draft_and_visitors_see_the_old_text(run_import):
    run_import("papir.txt", catalogue())
    by_title("Havehuset ved åen").get_latest_revision().publish()
    run_import("papir.txt", catalogue(s7="En fond betaler."))
    public = by_title("Havehuset ved åen")
    assert public.live and public.has_unpublished_changes
    assert public.sections.get(number=7).text == "Driften betales af kulturhuset."
    run_import("papir.txt", catalogue(s7="En fond betaler."))
    public.get_latest_revision().publish()
    assert by_title("Havehuset ved åen").sections.get(number=7).text == "En fond betaler."


def test_a_locked_entry_is_left_and_told(run_import, editor):
    run_import("papir.txt", catalogue())
    initiative = by_title("Havehuset ved åen")
    initiative.locked = True
    initiative.locked_by = editor
    initiative.save()
    out = run_import("papir.txt", catalogue(s7="En fond betaler."))
    assert "locked" in out.err
    assert "1 changed by an editor" in out.out


def test_an_entry_written_by_hand_under_the_same_name_is_not_made_twice(run_import):
    by_hand = Initiative.objects.create(
        title="Havehuset ved Åen", chapter="Peer-støtte i Region Sjælland", summary="Skrevet i hånden."
    )
    run_import("papir.txt", catalogue())
    assert Initiative.objects.count() == 3
    by_hand = Initiative.objects.get(pk=by_hand.pk)
    assert by_hand.import_key and by_hand.summary == "Skrevet i hånden."
    assert by_hand.title == "Havehuset ved Åen"
    run_import("papir.txt", catalogue())
    assert Initiative.objects.count() == 3


def test_a_contact_that_was_emptied_or_edited_does_not_come_back(run_import):
    run_import("papir.txt", catalogue())
    contact = InitiativeContact.objects.get()
    contact.text = ""
    contact.save()
    run_import("papir.txt", catalogue())
    assert InitiativeContact.objects.get().text == ""
    contact.text = "Skriv til huset."
    contact.save()
    out = run_import("papir.txt", catalogue().replace(PHONE, "42 17 93 06"))
    assert InitiativeContact.objects.get().text == "Skriv til huset."
    assert "another contact" in out.err


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("tom.txt", b"  \n", "empty"),
        ("brev.txt", "Kære alle. Husk sommerfesten.\n" * 20, "not the questionnaire"),
        ("papir.pdf", b"%PDF-1.7 abc", "PDF"),
        ("side.txt", b"<!doctype html><html><body>Hej</body></html>", "web page"),
        ("billede.txt", bytes(range(256)) * 20, "not text"),
    ],
)
def test_a_wrong_file_gets_a_clear_sentence_and_writes_nothing(run_import, name, data, words):
    with pytest.raises(CommandError, match=words):
        run_import(name, data)
    assert not Initiative.objects.exists()


def test_a_missing_file_gets_a_sentence():
    with pytest.raises(CommandError, match="no file called /nowhere/papir.txt"):
        call_command("import_initiatives", "/nowhere/papir.txt")
    with pytest.raises(CommandError, match="is a folder"):
        call_command("import_initiatives", "/")
