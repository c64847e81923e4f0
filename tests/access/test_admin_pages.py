"""The hardened base: the log, refusals, and the pages as such."""

import re

import pytest
from wagtail.models import ModelLogEntry

from peer_support.access.admin_base import SecureModelAdmin, registered_admins
from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen
from peer_support.privacy.access_log import Action
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import (
    CitizenFactory,
    DeputyFactory,
    MatchFactory,
)

from .probe import BASE, find, logged, refused

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.probe_site")]


# The log


def test_a_list_logs_the_rows_it_showed(coordinator_client, initiative):
    people = CitizenFactory.create_batch(25, initiative=initiative)
    coordinator_client.get(BASE)
    assert logged(Action.LIST) == 20, "one page"
    coordinator_client.get(f"{BASE}?p=2")
    assert {row.object_id for row in AccessLogEntry.objects.all()} == {person.pk for person in people}


def test_each_touch_is_logged_with_who_and_where(coordinator, coordinator_client, own):
    coordinator_client.get(f"{BASE}inspect/{own.pk}/")
    coordinator_client.get(f"{BASE}edit/{own.pk}/")
    row = AccessLogEntry.objects.filter(action=Action.READ).first()
    assert (row.user, row.route) == (coordinator, "probe_citizen:edit")
    assert logged(Action.READ, own) == 2
    coordinator_client.get(find(coordinator_client, "Mare")["Location"])
    assert logged(Action.SEARCH, own) == 1
    coordinator_client.get(f"{BASE}?export=csv")
    assert logged(Action.EXPORT, own) == 1


def test_a_record_is_made_changed_and_erased_with_a_log(coordinator_client, initiative):
    data = {
        "initiative": initiative.pk,
        "first_name": "Ny",
        "phone": "20202020",
        "waiting_since": "2026-08-03",
    }
    response = coordinator_client.post(f"{BASE}create/", data)
    with scope_of(initiative.pk):
        person = Citizen.objects.get()
        assert str(person.waiting_since) == "2026-08-03"
    assert response["Location"] == f"{BASE}inspect/{person.pk}/"
    assert logged(Action.CREATE, person) == 1
    assert coordinator_client.post(f"{BASE}edit/{person.pk}/", {**data, "travel_km": 7}).status_code == 302
    assert logged(Action.CHANGE, person) == 1
    assert coordinator_client.post(f"{BASE}delete/{person.pk}/").status_code == 302
    assert logged(Action.ERASE, person) == 1
    with scope_of(initiative.pk):
        assert not Citizen.objects.exists()
    labels = set(ModelLogEntry.objects.values_list("label", flat=True))
    assert len(labels) == 1
    assert "Ny" not in str(labels)


@pytest.mark.parametrize("address", ["", "inspect/{pk}/", "edit/{pk}/", "?export=csv", "results/"])
def test_a_view_that_cannot_log_does_not_answer(coordinator_client, own, monkeypatch, address):
    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("peer_support.privacy.models.AccessLogEntry.objects.bulk_create", full)
    with pytest.raises(OSError, match="disk is full"):
        coordinator_client.get(BASE + address.format(pk=own.pk))


def test_a_change_that_cannot_be_logged_is_not_made(coordinator_client, own, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("peer_support.privacy.models.AccessLogEntry.objects.bulk_create", full)
    data = {"initiative": own.initiative_id, "first_name": "Ny", "phone": "20202020"}
    for address, sent in ((f"edit/{own.pk}/", data), (f"delete/{own.pk}/", {})):
        with pytest.raises(OSError, match="disk is full"):
            coordinator_client.post(BASE + address, sent)
    with scope_of(own.initiative_id):
        assert Citizen.objects.get(pk=own.pk).first_name == "Marehalm"


def test_the_history_shows_who_touched_the_record(coordinator_client, client_for, initiative, own):
    deputy = DeputyFactory(initiative=initiative, first_name="Gorm", last_name="Granlund")
    client_for(deputy).get(f"{BASE}inspect/{own.pk}/")
    page = coordinator_client.get(f"{BASE}history/{own.pk}/").content.decode()
    assert "Gorm Granlund" in page
    assert "Marehalm" not in page


def test_a_long_history_has_pages(coordinator_client, own):
    for __ in range(51):
        coordinator_client.get(f"{BASE}inspect/{own.pk}/")
    first = coordinator_client.get(f"{BASE}history/{own.pk}/").content.decode()
    second = coordinator_client.get(f"{BASE}history/{own.pk}/?p=2").content.decode()
    assert (first.count("<time"), second.count("<time")) == (50, 1)
    assert coordinator_client.get(f"{BASE}history/{own.pk}/?p=abc").status_code == 200


# Refusals and mistakes


def test_a_refusal_of_the_service_is_a_sentence_and_nothing_is_lost(coordinator_client, own):
    data = {"initiative": own.initiative_id, "first_name": "Skrevet", "phone": "20202020", "travel_km": 99}
    page = coordinator_client.post(f"{BASE}edit/{own.pk}/", data).content.decode()
    assert "Ninety-nine is too far." in page
    assert 'value="Skrevet"' in page
    with scope_of(own.initiative_id):
        assert Citizen.objects.get(pk=own.pk).first_name == "Marehalm"


def test_a_mistake_keeps_what_was_typed(coordinator_client, own):
    data = {"initiative": own.initiative_id, "first_name": "Skrevet", "phone": "ikke et nummer"}
    page = coordinator_client.post(f"{BASE}edit/{own.pk}/", data).content.decode()
    assert 'value="Skrevet"' in page
    assert 'value="ikke et nummer"' in page


def test_what_an_erasure_would_take_is_about_the_person_and_logged_their_history_is_not(
    coordinator_client, own
):
    coordinator_client.get(f"{BASE}delete/{own.pk}/")
    assert logged(Action.READ, own) == 1
    coordinator_client.get(f"{BASE}history/{own.pk}/")
    assert logged(Action.READ, own) == 1


def test_what_others_hold_on_to_is_not_erased(coordinator_client, initiative, own):
    MatchFactory(initiative=initiative, citizen=own)
    response = coordinator_client.post(f"{BASE}delete/{own.pk}/")
    assert response.status_code == 200
    assert "Matches" in response.content.decode()
    with scope_of(initiative.pk):
        assert Citizen.objects.filter(pk=own.pk).exists()
    assert not logged(Action.ERASE)
    assert not ModelLogEntry.objects.exists()


def test_a_refused_erasing_says_why(coordinator_client, initiative):
    person = CitizenFactory(initiative=initiative, travel_km=98)
    page = coordinator_client.post(f"{BASE}delete/{person.pk}/").content.decode()
    assert "A match is running." in page


def test_erasing_asks_first_and_says_what_goes_too(coordinator_client, own):
    page = coordinator_client.get(f"{BASE}delete/{own.pk}/").content.decode()
    assert "The conversations go too." in page
    assert "Marehalm" not in page


def test_an_empty_list_teaches(coordinator_client, initiative):
    assert "Add the first one while you talk." in coordinator_client.get(BASE).content.decode()


# Pages as such


@pytest.mark.parametrize(
    "address", ["", "create/", "inspect/{pk}/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/"]
)
def test_pages_have_breadcrumbs_and_are_not_kept(coordinator_client, own, address):
    response = coordinator_client.get(BASE + address.format(pk=own.pk))
    page = response.content.decode()
    assert "w-slim-header" in page
    assert "w-breadcrumb" in page
    assert page.count("<h1") == 1
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["", "create/", "inspect/{pk}/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/"]
)
def test_pages_add_no_inline_script_or_style(coordinator_client, own, address):
    """Wagtail's own page head has some; the part that is ours, inside <main>, has none."""
    page = coordinator_client.get(BASE + address.format(pk=own.pk)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r"<script(?![^>]*(src=|application/json))[^>]*>", main)
    assert "<style" not in main
    assert " style=" not in main
    assert not re.search(r"\son\w+=", main)


def test_dates_use_the_browsers_own_field(coordinator_client, own):
    page = coordinator_client.get(f"{BASE}edit/{own.pk}/").content.decode()
    assert re.search(r'<input type="date" name="waiting_since"', page)


def test_filters_work_without_scripts(coordinator_client, own):
    page = coordinator_client.get(BASE).content.decode()
    plain = page[page.index("<noscript>") :]
    assert 'id="plain_status' in plain
    assert '<form method="get"' in plain


# For all


@pytest.mark.parametrize("model_admin", registered_admins(), ids=lambda m: type(m).__name__)
def test_every_admin_class_of_the_package_stands_on_the_base(model_admin):
    assert isinstance(model_admin, SecureModelAdmin)
    assert not model_admin.list_filter
    assert not model_admin.search_fields
    if model_admin.inspect_view_enabled:
        assert model_admin.get_inspect_view_fields()


def test_a_view_function_asks_for_its_permission(client_for, coordinator_client, intruder, client):
    response = coordinator_client.get("/admin/board/")
    assert response.content == b"the board"
    assert "no-store" in response["Cache-Control"]
    assert refused(client_for(intruder).get("/admin/board/"))
    assert client.get("/admin/board/")["Location"].startswith("/admin/login/")
    script = client_for(intruder).get("/admin/board/", headers={"x-requested-with": "XMLHttpRequest"})
    assert script.status_code == 403
