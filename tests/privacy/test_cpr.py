"""A CPR number stands in no words that colleagues write: every form refuses it, with a sentence, and keeps the rest."""

import importlib
import pkgutil

import pytest
from django import forms
from django.urls import get_resolver

import peer_support
from peer_support.agreements.board.forms import ContractForm
from peer_support.oversight.forms import NoteForm
from peer_support.people.models import MeetingPlace
from peer_support.privacy.cpr import CarefulForm, CarefulFormMixin
from peer_support.public.forms import PublicForm

NUMBER = "010190-1234"
# Forms whose words are about nobody, each with what they are.
ABOUT_NOBODY = {
    "SearchForm": "a search among initiatives",
    "CodeForm": "six digits from one's own telephone",
    "LogForm": "a search in the log",
}
# Whoever holds a link is not sent back for a number: it is taken out.
TAKES_OUT = {"MeetingForm", "CorrectionForm"}


def all_forms():
    get_resolver().url_patterns  # noqa: B018
    for module in pkgutil.walk_packages(peer_support.__path__, "peer_support."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
    todo = [forms.BaseForm]
    while todo:
        found = todo.pop()
        todo += found.__subclasses__()
        if found.__module__.startswith("peer_support"):
            yield found


def takes_words(form):
    exact = (forms.EmailField, forms.URLField, forms.RegexField, forms.SlugField)
    return any(isinstance(f, forms.CharField) and not isinstance(f, exact) for f in form.base_fields.values())


def careless(found):
    return sorted(
        {
            form.__name__
            for form in found
            if takes_words(form) and not issubclass(form, (CarefulFormMixin, PublicForm))
        }
        - ABOUT_NOBODY.keys()
        - TAKES_OUT
    )


def test_every_form_with_words_refuses_the_number():
    assert careless(all_forms()) == []


def test_control_a_careless_form_is_seen():
    class Careless(forms.Form):
        words = forms.CharField()

    assert careless([Careless]) == ["Careless"]


def test_the_field_says_it_and_the_other_fields_stay():
    class Two(CarefulForm):
        one = forms.CharField(required=False)
        two = forms.CharField()

    form = Two({"one": "mandag", "two": f"se {NUMBER}"})
    assert not form.is_valid() and list(form.errors) == ["two"]
    assert form.cleaned_data == {"one": "mandag"} and form["one"].value() == "mandag"
    assert Two({"one": "", "two": "tirsdag 12.30"}).is_valid()


@pytest.mark.django_db
def test_the_lists_of_the_admin_refuse_it(coordinator_client, initiative, in_scope):
    data = {
        "initiative": initiative.pk,
        "name": f"Biblioteket {NUMBER}",
        "address": "Torvet 1",
        "postcode": "5000",
    }
    answer = coordinator_client.post("/admin/people/places/create/", data)
    assert answer.status_code == 200 and "CPR" in answer.content.decode()
    assert not MeetingPlace.objects.exists()
    coordinator_client.post("/admin/people/places/create/", {**data, "name": "Biblioteket"})
    assert MeetingPlace.objects.get().name == "Biblioteket"


def test_the_officers_note_and_a_contract_refuse_it():
    assert "note" in NoteForm({"note": NUMBER}).errors
    assert "work" in ContractForm({"work": NUMBER}).errors
