"""Every mail of the package is neutral and easy; editors can change the words and nothing else."""

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import override

from peer_support.directory.models import LocalCoordinator
from peer_support.mailing.models import MailText
from peer_support.mailing.registry import IN_A_SUBJECT, mail_kinds, register_mail
from peer_support.mailing.rendering import example_of, fill_in, letter_for, placeholders_in
from peer_support.mailing.words import telling_words
from peer_support.recruitment.readability import measure

from .conftest import CODE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", mail_kinds())
def test_no_mail_says_what_it_is_about(code):
    kind = mail_kinds()[code]
    for language in ("da", "en"):
        with override(language):
            assert not telling_words(str(kind.subject), str(kind.body)), language
            assert len(str(kind.subject)) <= 80 and "\n" not in str(kind.subject)
    letter = example_of(kind)
    assert not telling_words(letter.subject, letter.body)


@pytest.mark.parametrize("code", mail_kinds())
def test_every_mail_is_easy_to_read(code):
    kind = mail_kinds()[code]
    with override("da"):
        body = fill_in(str(kind.body), dict.fromkeys(kind.placeholders, "x"))
        whole = example_of(kind).body.replace(str(kind.placeholders.get("link", "-")), "")
    assert (measure(body).lix or 0) <= 30 and (measure(whole).lix or 0) <= 30


@pytest.mark.parametrize("code", mail_kinds())
def test_every_mail_is_in_danish_with_placeholders_that_are_known(code):
    kind = mail_kinds()[code]
    with override("da"):
        danish = (str(kind.subject), str(kind.body))
    with override("en"):
        english = (str(kind.subject), str(kind.body))
    assert danish[1] != english[1]
    for subject, body in (danish, english):
        assert placeholders_in(subject) <= IN_A_SUBJECT & set(kind.placeholders)
        assert placeholders_in(body) <= set(kind.placeholders)


@pytest.mark.parametrize("code", mail_kinds())
def test_every_built_in_text_could_be_saved_by_an_editor(code):
    kind = mail_kinds()[code]
    with override("da"):
        MailText(code=code, subject=str(kind.subject), body=str(kind.body)).full_clean()


@pytest.mark.parametrize("code", mail_kinds())
def test_every_mail_says_whom_to_ask(code):
    kind = mail_kinds()[code]
    body = example_of(kind).body
    assert str(kind.placeholders["phone"]) in body or kind.audience == "coordinator"


@pytest.mark.parametrize(
    "subject",
    ["Din peer", "Nyt om din støtte", "Sygdom og pause", "Er du syg?", "Peer-støtte", "En frivillig til dig", "Dit match",
     "En psykisk sag", "Angst", "En til borgeren", "Gruppeforløb uge 3", "Livsstøtte"],
)  # fmt: skip
def test_a_forbidden_word_in_a_subject_is_refused(kind, subject):
    with override("da"), pytest.raises(ValidationError) as refused:
        MailText(code=CODE, subject=subject, body="Hej").full_clean()
    assert set(refused.value.message_dict) == {"subject"}


@pytest.mark.parametrize(
    "subject", ["Tak for din besked", "Nyt til dig", "Vi ses {day}", "Sygeplejerskens dag"]
)
def test_a_neutral_subject_is_taken(kind, subject):
    MailText(code=CODE, subject=subject, body="Hej").full_clean()


@pytest.mark.parametrize(
    ("field", "text"),
    [("body", "Se {linket}"), ("subject", "Se {link}"), ("subject", "Hej {first_name}"), ("body", "Se {link"),
     ("body", "Se {link.__class__}"), ("body", "Din angst")],
)  # fmt: skip
def test_what_cannot_be_filled_in_or_said_is_refused(kind, field, text):
    values = {"subject": "Nyt", "body": "Hej"} | {field: text}
    with pytest.raises(ValidationError) as refused:
        MailText(code=CODE, **values).full_clean()
    assert set(refused.value.message_dict) == {field}


def test_an_initiatives_own_text_comes_before_the_one_for_all(kind, citizen):
    MailText.objects.create(code=CODE, subject="For alle", body="Hej")
    assert letter_for(kind, citizen).subject == "For alle"
    MailText.objects.create(code=CODE, subject="Vores", body="Hej {day}", initiative=citizen.initiative)
    letter = letter_for(kind, citizen)
    assert letter.subject == "Vores" and letter.body.startswith("Hej tirsdag")


def test_a_subject_that_names_the_person_is_not_used(kind, citizen):
    MailText.objects.create(code=CODE, subject="Kære Alma", body="Vi ringer.")
    letter = letter_for(kind, citizen)
    assert letter.subject == "Nyt til dig om tirsdag" and letter.body.startswith("Vi ringer.")


def test_a_line_with_nothing_to_say_is_left_out(kind, citizen):
    assert fill_in("A\n{phone}\n\n\nB {day}\nC", {"day": ""}) == "A\n\nC"
    with override("da"):
        without = letter_for(kind, citizen).body
        LocalCoordinator.objects.create(name="Bodil", phone="12 34 56 78", initiative=citizen.initiative)
        with_phone = letter_for(kind, citizen).body
    assert "Svar på denne mail" in without and "12 34 56 78" in with_phone


def test_only_one_text_for_all(kind):
    MailText.objects.create(code=CODE, subject="For alle", body="Hej")
    with pytest.raises(ValidationError):
        MailText(code=CODE, subject="Igen", body="Hej").full_clean()


def test_a_placeholder_without_an_example_is_refused_at_once():
    with pytest.raises(ImproperlyConfigured):
        register_mail(
            "x", label="x", to=list, context=dict, subject="x", body="x", placeholders=("diagnosis",)
        )
