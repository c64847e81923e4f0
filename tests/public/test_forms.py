"""The base of public forms: it keeps machines out, loses nothing, and takes once what is sent twice."""

import datetime

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from peer_support.access.decisions import Decision, NotAllowed
from peer_support.privacy.cpr import strip_cpr
from peer_support.public import throttle
from peer_support.public.forms import MARK, SEEN, TRAP, PublicForm, take_post
from peer_support.public.models import PublicCounter, SentForm

pytestmark = pytest.mark.django_db


class Letter(PublicForm):
    purpose = "letter"
    free_text = ("text",)
    name = forms.CharField(max_length=40, help_text="Et navn")
    text = forms.CharField(max_length=200, required=False, widget=forms.Textarea)
    ways = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)


def opened(seconds=60):
    """Return the fields of a form that was opened some seconds ago."""
    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=seconds), tick=False):
        return {MARK: Letter().initial[MARK]}


def send(data, accept=lambda form: None, address="203.0.113.9", **meta):
    request = RequestFactory().post("/", data, REMOTE_ADDR=address, **meta)
    form = Letter(request.POST)
    return form, take_post(request, form, accept=accept)


def drawn(form):
    template = "{% load peer_public %}{% include 'peer_support/public/form.html' %}"
    return Template(template).render(Context({"form": form}))


def test_a_form_is_taken_once_however_often_the_button_is_pressed():
    taken, data = [], {**opened(), "name": "Sol", "text": "Hej"}
    for __ in range(3):
        assert send(data, taken.append)[1].done
    assert len(taken) == 1
    # The same page with other words is another letter.
    assert send({**data, "name": "Måne"}, taken.append)[1].done
    assert len(taken) == 2


def test_what_is_refused_inside_leaves_the_form_free_to_be_sent_again():
    def refuse(form):
        raise ValidationError({"name": ["Skriv et navn."]})

    data = {**opened(), "name": "Sol"}
    form, taken = send(data, refuse)
    assert not taken.done and form.errors["name"] == ["Skriv et navn."]
    assert not SentForm.objects.exists()

    def forbid(form):
        raise NotAllowed(Decision.no("closed", "Her er lukket."))

    form, taken = send(data, forbid)
    assert form.non_field_errors() == ["Her er lukket."]
    assert send(data)[1].done


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({TRAP: "http://spam.example"}, "trap"),
        ({MARK: ""}, "old"),
        ({MARK: "abc:1rZ:forged"}, "old"),
        ({"text": "Jeg har en depression"}, "illness"),
    ],
)
def test_who_is_asked_again_finds_every_word_and_is_taken_at_the_second_press(change, code):
    first = {**opened(), "name": "Sol", "text": "Kære <b>jer</b>", **change}
    form, taken = send(first)
    assert not taken.done and not form.errors and code in {remark.code for remark in form.remarks}
    html = drawn(form)
    assert "Sol" in html
    again = {name: form.data.get(name, "") for name in (MARK, SEEN, TRAP, "name", "text")}
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=30), tick=False):
        assert send(again)[1].done


def test_a_very_fast_press_is_asked_about_once():
    data = {**opened(0), "name": "Sol"}
    form, taken = send(data)
    assert not taken.done and {remark.code for remark in form.remarks} == {"fast", "again"}
    assert send({**data, SEEN: form.data[SEEN]})[1].done


def test_a_cpr_number_is_neither_kept_nor_shown_again():
    kept = []
    form, taken = send({**opened(), "name": "Sol 010190-1234", "text": "0101901234"}, kept.append)
    assert taken.done and form.cpr_removed == 2
    assert kept[0].values["name"] == "Sol …" and "1234" not in str(kept[0].values) + drawn(form)


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "0101901234",
        "01 01 90 1234",
        "01.01.90 – 1234",
        "01/01/1990-1234",
        "610190-1234",
        "010190-12 34",
        "010190--1234",
        "010190.1234",
        "010190  1234",
        "01\u200b0190-12\u200b34",
        "\uff10\uff11\uff10\uff11\uff19\uff10\uff0d1234",
        "٠١٠١٩٠-١٢٣٤",
    ],
)
def test_cpr_numbers_are_seen_through_their_disguises(text):
    assert strip_cpr(f"a {text} b") == ("a … b", 1)


@pytest.mark.parametrize(
    "text",
    [
        "12 34 56 78",
        "+45 20 30 40 50",
        "24.12.2026",
        "2026-12-24 10:30",
        "ring 12345678 kl. 10",
        "20 12 10 19 31 12 45 67",
        "20121019 eller 31 12 45 67",
        "320190-1234",
    ],
)
def test_telephone_numbers_and_dates_stay(text):
    assert strip_cpr(text) == (text, 0)


def test_nulls_and_control_characters_are_dropped():
    kept = []
    assert send({**opened(), "name": "So\x00l\x1b", "text": "a\r\nb"}, kept.append)[1].done
    assert kept[0].values["name"] == "Sol"


def test_errors_stand_in_the_summary_and_at_the_field():
    form, taken = send({**opened(), "text": "<script>x</script>", "ways": "c"})
    html = drawn(form)
    assert not taken.done and 'href="#id_name"' in html and 'href="#id_ways_0"' in html
    assert 'aria-describedby="id_name_hint id_name_fault"' in html and 'aria-invalid="true"' in html
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_too_many_are_told_kindly_and_lose_nothing(settings):
    settings.PEER_SUPPORT = {
        **settings.PEER_SUPPORT,
        "PUBLIC_LIMITS": {"post": [(50, 600)], "letter": [(2, 3600)]},
    }
    for number in range(2):
        assert send({**opened(), "name": f"Sol {number}"})[1].done
    form, taken = send({**opened(), "name": "Sol 3"})
    assert (taken.done, taken.status) == (False, 429) and "Sol 3" in drawn(form)
    # Another address has a count of its own.
    assert send({**opened(), "name": "Sol 4"}, address="203.0.113.10")[1].done


@pytest.mark.parametrize(
    ("conf", "meta", "address"),
    [
        ({}, {}, "203.0.113.9"),
        ({}, {"HTTP_X_FORWARDED_FOR": "198.51.100.1"}, "203.0.113.9"),
        ({"PROXIES": 1}, {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.1"}, "198.51.100.1"),
        ({"PROXIES": 2}, {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.1, 10.0.0.1"}, "198.51.100.1"),
        ({"PROXIES": 2}, {"HTTP_X_FORWARDED_FOR": "198.51.100.1"}, ""),
        ({"PROXIES": 1}, {"HTTP_X_FORWARDED_FOR": "nonsense"}, ""),
        ({}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, ""),
        ({}, {"REMOTE_ADDR": "2001:db8:1:2:3::9"}, "2001:db8:1:2::"),
        ({}, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_the_address_is_found_behind_proxies_and_not_believed_from_strangers(settings, conf, meta, address):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, **conf}
    request = RequestFactory().post("/", **{"REMOTE_ADDR": "203.0.113.9", **meta})
    assert throttle.client_address(request) == address


def test_no_address_is_stored_and_old_counts_are_deleted():
    send({**opened(), "name": "Sol"})
    for row in [*PublicCounter.objects.values(), *SentForm.objects.values()]:
        assert set(row) <= {"id", "key", "count", "ends_at"}
        assert len(row["key"]) == 64 and "203.0.113.9" not in str(row)
    assert PublicCounter.objects.count() == 3 and SentForm.objects.count() == 1
    assert throttle.purge_counters() == 0
    assert throttle.purge_counters(timezone.now() + datetime.timedelta(days=3)) == 4
