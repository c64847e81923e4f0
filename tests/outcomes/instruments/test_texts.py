"""The words of an instrument: as many as it needs, one version in use, and none changed under somebody's feet."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from peer_support.outcomes.instruments.models import InstrumentText
from peer_support.outcomes.instruments.registry import asked_with_text, instruments
from peer_support.privacy.models import AppendOnlyError
from peer_support.testing.factories_outcomes import InstrumentTextFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 5)


def written(code="who5", **fields):
    return InstrumentTextFactory.build(instrument=code, **fields)


@pytest.mark.parametrize("code", ["who5", "inspire_o", "qpr15", "loneliness3"])
def test_words_that_fit_are_kept(code):
    text = written(code)
    text.full_clean()
    text.save()
    kind = instruments()[code]
    assert len(text.items) == kind.items
    assert [number for number, word in text.answers] == list(range(kind.lowest, kind.highest + 1))
    assert text.version == 1 and InstrumentText.objects.current(code) is None


def test_all_but_the_star_need_words():
    assert set(asked_with_text()) == set(instruments()) - {"star"}


@pytest.mark.parametrize(
    ("fields", "where", "says"),
    [
        ({"items_text": "En\nTo\nTre\nFire"}, "items_text", "5 sætninger, og der er 4 linjer"),
        ({"items_text": "En"}, "items_text", "der er 1 linje"),
        ({"items_text": "\n".join("123456")}, "items_text", "der er 6 linjer"),
        ({"items_text": "En\nTo\nTre\nFire\nen"}, "items_text", "“en” står der to gange"),
        ({"items_text": "En\nTo\nTre\nFire\n" + "x" * 301}, "items_text", "for lang til én linje"),
        ({"items_text": " \n\n"}, "items_text", ""),
        ({"words_text": "Ja\nNej"}, "words_text", "6 svar, og der er 2 linjer"),
        ({"leave_from": ""}, "leave_from", ""),
        ({"leave_from": "ja"}, "leave_from", ""),
        ({"leave_on": None}, "leave_on", ""),
        ({"leave_on": datetime.date(2999, 1, 1)}, "leave_on", "ude i fremtiden"),
        ({"title": ""}, "title", ""),
    ],
)
def test_what_does_not_fit_is_said_in_words(fields, where, says):
    with pytest.raises(ValidationError) as caught:
        written(**fields).full_clean()
    assert says in " ".join(caught.value.message_dict[where])


@pytest.mark.parametrize("code", ["star", "gone", ""])
def test_only_an_instrument_with_items_has_words(code):
    with pytest.raises(ValidationError) as caught:
        InstrumentText(
            instrument=code, title="T", items_text="En", words_text="Ja", leave_from="x" * 20, leave_on=TODAY
        ).full_clean()
    assert "instrument" in caught.value.message_dict


def test_empty_lines_and_spaces_do_not_count():
    text = written(items_text="\r\n 1. En \r\n\r\nTo\r\nTre\r\nFire\r\nFem\r\n\r\n")
    text.full_clean()
    assert text.items == ["1. En", "To", "Tre", "Fire", "Fem"]


def test_one_version_at_a_time():
    first = InstrumentTextFactory(in_use=True)
    other = InstrumentTextFactory(instrument="qpr15", in_use=True)
    second = InstrumentTextFactory(in_use=True)
    assert (first.version, second.version, other.version) == (1, 2, 1)
    assert InstrumentText.objects.current("who5") == second
    assert InstrumentText.objects.current("qpr15") == other
    first.refresh_from_db()
    assert not first.in_use


def test_words_that_were_used_stay():
    text = InstrumentTextFactory(in_use=True)
    text.title = "Andre ord"
    text.save()  # nobody was asked with it yet
    text.mark_used()
    text.mark_used()
    for field in ("title", "introduction", "items_text", "words_text"):
        text = InstrumentText.objects.get()
        setattr(text, field, getattr(text, field) + "\nNoget mere")
        with pytest.raises(ValidationError):
            text.full_clean()
        with pytest.raises(AppendOnlyError):
            text.save()
    text = InstrumentText.objects.get()
    text.in_use, text.leave_from = False, "En anden, der har givet lov."
    text.full_clean()
    text.save()
    assert InstrumentText.objects.current("who5") is None


# In the admin

LIST = "/admin/snippets/peer_support/instrumenttext"
PANEL = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def editor(client):
    from peer_support.access.roles import EDITOR, ensure_roles, group_for
    from peer_support.testing.factories import UserFactory

    ensure_roles()
    user = UserFactory()
    user.groups.add(group_for(EDITOR))
    client.force_login(user)
    return client


def posted(text, **fields):
    names = ("instrument", "title", "introduction", "items_text", "words_text", "leave_from", "leave_on")
    return {name: str(getattr(text, name)) for name in names} | fields


def test_an_editor_pastes_copies_and_keeps(editor):
    page = editor.get(f"{LIST}/add/").content.decode()
    assert "WHO-5 – 5 sætninger, 6 svar" in page and "Udviklingsstjernen" not in page
    assert "doi:10.1007/s00127-025-02948-7" in page and "Ordene må ikke ændres" in page
    right = posted(written(), in_use="on")
    answer = editor.post(f"{LIST}/add/", right | {"items_text": "En\nTo", "leave_from": ""})
    shown = answer.content.decode()
    assert answer.status_code == 200 and "5 sætninger, og der er 2 linjer" in shown
    assert "En\nTo" in shown and not InstrumentText.objects.exists(), "nothing that was typed is lost"
    assert editor.post(f"{LIST}/add/", right).status_code == 302
    text = InstrumentText.objects.current("who5")
    text.mark_used()
    assert 'name="items_text"' in editor.get(f"{LIST}/copy/{text.pk}/").content.decode()
    refused = editor.post(f"{LIST}/edit/{text.pk}/", right | {"title": "Andre ord"}).content.decode()
    assert "Nogen er blevet spurgt med de ord" in refused
    assert editor.post(f"{LIST}/add/", right | {"title": "Andre ord"}).status_code == 302
    assert InstrumentText.objects.current("who5").version == 2
    editor.post(f"{LIST}/delete/{text.pk}/")
    assert InstrumentText.objects.filter(pk=text.pk).exists()
    unused = InstrumentTextFactory(instrument="qpr15")
    assert editor.post(f"{LIST}/delete/{unused.pk}/").status_code == 302
    assert not InstrumentText.objects.filter(pk=unused.pk).exists()


def test_the_preview_shows_the_words_as_a_person_meets_them(editor):
    text = InstrumentTextFactory(introduction="Tænk på de sidste dage.\n\nTag det roligt.")
    address = f"{LIST}/preview/{text.pk}/"
    changed = posted(text, title="Før jeg gemmer <b>")
    assert editor.post(address, changed, **PANEL).json()["is_valid"]
    answer = editor.get(address)
    page = answer.content.decode()
    assert "Før jeg gemmer &lt;b&gt;" in page and "Tag det roligt." in page
    assert page.count("<fieldset") == 5 and page.count('type="radio"') == 5 * 7
    assert "nonce" not in page and "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_a_text_whose_instrument_is_gone_can_still_be_looked_at(editor):
    text = InstrumentTextFactory()
    InstrumentText.objects.filter(pk=text.pk).update(instrument="gone")
    assert "gone" in editor.get(f"{LIST}/edit/{text.pk}/").content.decode()
    assert editor.get(f"{LIST}/").status_code == 200
    text.refresh_from_db()
    assert text.kind is None and text.answers[0][0] == 0


def test_a_text_that_a_questionnaire_points_at_is_kept_with_a_sentence(editor, in_scope):
    from peer_support.testing.factories import CitizenFactory
    from peer_support.testing.factories_questionnaires import QuestionnaireFactory

    text = InstrumentTextFactory(in_use=True)
    QuestionnaireFactory(citizen=CitizenFactory(initiative=in_scope), state="asked", text=text)
    answer = editor.post(f"{LIST}/delete/{text.pk}/", follow=True)
    assert "Nogen er blevet spurgt med de ord" in answer.content.decode()
    assert InstrumentText.objects.filter(pk=text.pk).exists()
