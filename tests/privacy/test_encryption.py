"""Encrypted fields: nothing readable in the database, keys that can be changed, values that are never lost."""

import hashlib
import hmac
import re

import pytest
from cryptography.fernet import Fernet
from django import forms
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.db import connection, models
from django.test import override_settings
from django.utils import translation

from peer_support.access.scopes import scope_of
from peer_support.directory.models import InitiativeContact
from peer_support.people.models import Citizen
from peer_support.privacy.fields import (
    PLACEHOLDER,
    EncryptedCharField,
    EncryptedTextField,
    Unreadable,
    UnstorableWords,
    decrypt,
    encrypt,
)
from peer_support.privacy.keys import fernet, index_key
from peer_support.testing.factories import CitizenFactory, InitiativeContactFactory

pytestmark = pytest.mark.django_db

INDEX_KEY = "an-index-key-of-these-tests-that-is-long"
OLD, NEW, LOST = (Fernet.generate_key().decode() for __ in range(3))
SECRETS = {
    "first_name": "Marehalm",
    "last_name": "Åsetorp",
    "phone": "20304050",
    "email": "marehalm@example.com",
    "notes": "taler om søvn og uro",
    "wish": "en at gå ture med",
    "expectations": "en gang om ugen",
    "pause_reason": "ferie i juli",
}


def keys(*values):
    return override_settings(PEER_SUPPORT={"KEYS": list(values), "INDEX_KEY": INDEX_KEY})


def raw_rows(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
        return [list(row) for row in cursor.fetchall()]


def test_the_database_holds_no_readable_word(initiative):
    CitizenFactory(initiative=initiative, **SECRETS)
    stored = str(raw_rows(Citizen)).casefold()
    for name, value in SECRETS.items():
        for word in re.findall(r"\w{4,}", value.casefold()):
            assert word not in stored, name


def test_the_control_field_that_is_not_encrypted_is_seen_by_the_same_eyes(initiative):
    CitizenFactory(initiative=initiative, heard_of_us="opslagstavlen")
    assert "opslagstavlen" in str(raw_rows(Citizen))


def test_every_text_about_a_person_is_encrypted_or_on_the_list_of_plain_ones():
    """A new text column must be encrypted, or be named here by somebody who thought about it."""
    plain = {
        "name_index",
        "contact_index",
        "postcode",
        "times",
        "heard_of_us",
        "external_source",
        "external_id",
    }
    plain |= {"interest_bits", "time_bits", "status", "came_by"}
    for field in Citizen._meta.concrete_fields:
        if isinstance(field, (models.CharField, models.TextField)) and field.name not in plain:
            assert isinstance(field, EncryptedTextField), field.name


def test_a_contact_of_an_initiative_is_encrypted_too():
    InitiativeContactFactory(text="Bodil Askholt, 12 34 56 78")
    assert "Bodil" not in str(raw_rows(InitiativeContact))
    assert InitiativeContact.objects.get().text == "Bodil Askholt, 12 34 56 78"


def test_the_same_text_has_another_token_each_time():
    assert encrypt("Mare") != encrypt("Mare")
    assert decrypt(encrypt("Mare")) == "Mare"


def test_empty_stays_empty_and_null_stays_null():
    field = EncryptedTextField()
    assert encrypt("") == "" == decrypt("") == decrypt(None)
    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, None) is None


# Keys


def test_keys_are_changed_while_people_work(initiative):
    with keys(OLD):
        person = CitizenFactory(initiative=initiative, first_name="Alma")
    with keys(NEW, OLD), scope_of(initiative.pk):
        again = Citizen.objects.get(pk=person.pk)
        assert again.first_name == "Alma", "the old key still reads"
        again.save()
    with keys(NEW), scope_of(initiative.pk):
        assert Citizen.objects.get(pk=person.pk).first_name == "Alma", "saving wrote with the new key"
    with keys(OLD), scope_of(initiative.pk):
        assert isinstance(Citizen.objects.get(pk=person.pk).first_name, Unreadable)


def test_no_key_and_a_wrong_key_are_told_apart_from_an_empty_one():
    with keys(), pytest.raises(ImproperlyConfigured, match="empty"):
        fernet()
    with keys("not a key"), pytest.raises(ImproperlyConfigured, match="not a Fernet key"):
        encrypt("Alma")


def test_keys_may_be_bytes():
    with keys(OLD.encode()):
        assert decrypt(encrypt("Alma")) == "Alma"


def test_the_index_has_a_key_of_its_own():
    with override_settings(PEER_SUPPORT={"KEYS": [OLD]}):
        derived = index_key()
    with override_settings(PEER_SUPPORT={"KEYS": [NEW, OLD]}):
        assert index_key() == derived, "a new key does not move the index"
    with keys(OLD):
        assert index_key() == INDEX_KEY.encode()
    assert OLD.encode() not in derived


def test_a_derived_index_is_found_again_for_ever():
    """Another derivation would lose every name: so it is written down here once more."""
    expected = hmac.new(OLD.encode(), b"peer_support blind index", hashlib.sha256).digest()
    for key in (OLD, OLD.encode()):
        with override_settings(PEER_SUPPORT={"KEYS": [NEW, key]}):
            assert index_key() == expected
    with override_settings(PEER_SUPPORT={"KEYS": []}), pytest.raises(ImproperlyConfigured):
        index_key()


def test_a_fault_says_what_it_is_about():
    with keys(), pytest.raises(ImproperlyConfigured, match=r'^PEER_SUPPORT\["KEYS"\] is empty: .* a key\.$'):
        fernet()
    with (
        keys("x"),
        pytest.raises(ImproperlyConfigured, match=r'^PEER_SUPPORT\["KEYS"\] holds .* Fernet key\.$'),
    ):
        fernet()
    with pytest.raises(
        ValueError, match=r"^The words for an unreadable value cannot be .* the value itself\.$"
    ):
        encrypt(str(PLACEHOLDER))
    with pytest.raises(
        FieldError, match=r"^An encrypted field cannot be looked up by 'exact'; use the blind index\.$"
    ):
        EncryptedTextField().get_lookup("exact")


# A lost key


@pytest.fixture
def with_lost_key(initiative):
    with keys(LOST):
        person = CitizenFactory(initiative=initiative, first_name="Alma", notes="svært år")
    with scope_of(initiative.pk):
        yield person


def tokens_of(person):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT first_name, notes FROM {Citizen._meta.db_table} WHERE id = %s",
            [person.pk],
        )
        return cursor.fetchone()


def test_a_value_whose_key_is_lost_says_so(with_lost_key):
    with keys(NEW):
        found = Citizen.objects.get(pk=with_lost_key.pk)
        assert "key is missing" in found.notes or found.notes == translation.gettext(PLACEHOLDER)
        assert found.notes != "svært år"


def test_saving_a_row_that_cannot_be_read_loses_nothing(with_lost_key):
    before = tokens_of(with_lost_key)
    with keys(NEW):
        found = Citizen.objects.get(pk=with_lost_key.pk)
        found.travel_km = 7
        found.save()
    assert tokens_of(with_lost_key) == before
    with keys(LOST):
        assert Citizen.objects.get(pk=with_lost_key.pk).notes == "svært år"


class NotesForm(forms.ModelForm):
    class Meta:
        model = Citizen
        fields = ["notes", "phone"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_form_that_sends_the_placeholder_back_loses_nothing(with_lost_key, language):
    before = tokens_of(with_lost_key)
    with keys(NEW), translation.override(language):
        found = Citizen.objects.get(pk=with_lost_key.pk)
        form = NotesForm({"notes": str(found.notes), "phone": "20202020"}, instance=found)
        assert form.is_valid(), form.errors
        form.save()
    assert tokens_of(with_lost_key)[1] == before[1]


def test_what_somebody_writes_anew_replaces_what_cannot_be_read(with_lost_key):
    with keys(NEW):
        found = Citizen.objects.get(pk=with_lost_key.pk)
        form = NotesForm({"notes": "ny note", "phone": "20202020"}, instance=found)
        assert form.is_valid(), form.errors
        form.save()
        assert Citizen.objects.get(pk=with_lost_key.pk).notes == "ny note"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_placeholder_itself_is_never_stored(language):
    with translation.override(language):
        words = str(Unreadable.of("token"))
        with pytest.raises(UnstorableWords, match="unreadable") as refused:
            encrypt(words)
    assert refused.value.words == words


@pytest.mark.parametrize("language", ["da", "en"])
def test_who_types_the_placeholder_is_told_so(with_lost_key, language):
    """Found by hostile posts: it was an error page."""
    with translation.override(language):
        typed = Citizen(
            initiative=with_lost_key.initiative, first_name="Alma", notes=translation.gettext(PLACEHOLDER)
        )
        with pytest.raises(ValidationError) as refusal:
            typed.clean_fields()
        assert list(refusal.value.message_dict) == ["notes"]
        typed.notes = Unreadable.of("token")
        typed.clean_fields()


@pytest.mark.parametrize("left", [[NEW], []], ids=["another key", "no key at all"])
def test_erasing_needs_no_key(with_lost_key, left):
    with keys(*left):
        Citizen.objects.get(pk=with_lost_key.pk).delete()
        assert not Citizen.objects.exists()


def test_erasing_many_needs_no_key(with_lost_key):
    with keys(NEW):
        Citizen.objects.all().delete()
    assert raw_rows(Citizen) == []


# Look-ups


@pytest.mark.parametrize(
    "lookup",
    [
        "first_name",
        "first_name__exact",
        "first_name__iexact",
        "first_name__contains",
        "first_name__startswith",
        "first_name__in",
        "first_name__gt",
        "first_name__regex",
        "first_name__length",
        "notes__icontains",
    ],
)
def test_an_encrypted_field_cannot_be_looked_up(in_scope, lookup):
    with pytest.raises(FieldError):
        list(Citizen.objects.filter(**{lookup: "Alma"}))


@pytest.mark.parametrize("asked", ["first_name__lower__exact", "notes__year"])
def test_nothing_is_made_of_an_encrypted_field_in_sql(in_scope, asked):
    with pytest.raises(FieldError):
        list(Citizen.objects.filter(**{asked: "alma"}))
    assert EncryptedTextField().get_transform("lower") is None


def test_whether_it_is_null_can_be_asked(in_scope):
    assert Citizen.objects.filter(first_name__isnull=True).count() == 0


def test_one_line_of_text_is_bounded_by_what_is_typed():
    field = EncryptedCharField(max_length=5)
    assert isinstance(field.formfield().widget, forms.TextInput)
    assert field.formfield().max_length == 5
    assert field.db_type(connection) == models.TextField().db_type(connection)
