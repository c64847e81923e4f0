"""The hardened base: M1–M10 of what a plain ModelAdmin does wrong, each with a request that would show it."""

import csv
import io
import re

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from wagtail.models import ModelLogEntry

from peer_support.access.admin_base import SecureModelAdmin, registered_admins
from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen
from peer_support.privacy.access_log import Action
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    DeputyFactory,
    MatchFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.probe_site")]
BASE = "/admin/probe/citizen/"
OBJECT_VIEWS = ("inspect", "edit", "delete", "history")


@pytest.fixture
def own(initiative):
    return CitizenFactory(initiative=initiative, first_name="Marehalm", last_name="Askholt", travel_km=0)


@pytest.fixture
def foreign(other_initiative):
    return CitizenFactory(initiative=other_initiative, first_name="Fremmed", last_name="Kanarie")


@pytest.fixture
def intruder(initiative):
    """May enter the admin and is assigned, and holds no permission on people."""
    user = UserFactory(initiative=initiative)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def logged(action, obj=None):
    rows = AccessLogEntry.objects.filter(action=action)
    return rows.filter(object_id=obj.pk).count() if obj else rows.count()


def csv_rows(response):
    return list(csv.reader(io.StringIO(response.content.decode())))


def refused(response):
    return response.status_code == 302 and response["Location"] == "/admin/"


# M1 permissions on every view


@pytest.mark.parametrize("view", OBJECT_VIEWS)
def test_every_view_of_a_record_needs_a_permission(client_for, intruder, own, view):
    assert refused(client_for(intruder).get(f"{BASE}{view}/{own.pk}/"))


@pytest.mark.parametrize("address", ["", "results/", "create/", "?export=csv"])
def test_the_list_needs_a_permission(client_for, intruder, own, address):
    response = client_for(intruder).get(BASE + address)
    assert refused(response)


@pytest.mark.parametrize("address", ["", "results/", "create/", "edit/1/", "history/1/", "inspect/1/"])
def test_a_visitor_is_sent_to_the_login(client, db, address):
    response = client.get(BASE + address)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_the_right_to_add_does_not_open_the_list(client_for, intruder, own):
    intruder.user_permissions.add(Permission.objects.get(codename="add_citizen"))
    client = client_for(intruder)
    assert refused(client.get(BASE))
    assert client.get(f"{BASE}create/").status_code == 200


def test_the_right_to_read_does_not_open_the_form(client_for, intruder, own):
    intruder.user_permissions.add(Permission.objects.get(codename="view_citizen"))
    client = client_for(intruder)
    assert client.get(f"{BASE}inspect/{own.pk}/").status_code == 200
    for view in ("edit", "delete"):
        assert refused(client.get(f"{BASE}{view}/{own.pk}/"))
        assert refused(client.post(f"{BASE}{view}/{own.pk}/", {}))
    with scope_of(own.initiative_id):
        assert Citizen.objects.filter(pk=own.pk).exists()
    assert 'data-action-name="edit"' not in client.get(BASE).content.decode()


def test_a_script_without_permission_gets_403(client_for, intruder, own):
    response = client_for(intruder).get(BASE, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403


# M2 rows


@pytest.mark.parametrize("view", OBJECT_VIEWS)
def test_anothers_record_is_not_found(coordinator_client, own, foreign, view):
    assert coordinator_client.get(f"{BASE}{view}/{own.pk}/").status_code == 200
    assert coordinator_client.get(f"{BASE}{view}/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_anothers_record_cannot_be_written(coordinator_client, own, foreign, view):
    data = {"initiative": own.initiative_id, "first_name": "Taget", "phone": "20202020"}
    assert coordinator_client.post(f"{BASE}{view}/{foreign.pk}/", data).status_code == 404
    with scope_of(foreign.initiative_id):
        assert Citizen.objects.get(pk=foreign.pk).first_name == "Fremmed"


def test_the_row_rule_of_the_admin_class_holds_on_every_view(coordinator_client, own, monkeypatch):
    from tests.access.probe_site import ProbeAdmin

    monkeypatch.setattr(ProbeAdmin, "get_queryset", lambda self, request: Citizen.objects.exclude(pk=own.pk))
    for view in OBJECT_VIEWS:
        assert coordinator_client.get(f"{BASE}{view}/{own.pk}/").status_code == 404


@pytest.mark.parametrize("key", ["abc", "0", "99999999999999999999999", "-1", "1_2D"])
@pytest.mark.parametrize("view", OBJECT_VIEWS)
def test_an_odd_key_is_not_found(coordinator_client, own, view, key):
    assert coordinator_client.get(f"{BASE}{view}/{key}/").status_code == 404


def test_a_record_cannot_be_moved_or_made_in_anothers_initiative(coordinator_client, own, foreign):
    data = {"initiative": foreign.initiative_id, "first_name": "Flyttet", "phone": "20202020"}
    assert coordinator_client.post(f"{BASE}edit/{own.pk}/", data).status_code == 200
    assert coordinator_client.post(f"{BASE}create/", data).status_code == 200
    with scope_of(foreign.initiative_id):
        assert Citizen.objects.count() == 1


def test_anothers_initiative_is_not_offered(coordinator_client, own, other_initiative):
    for address in ("create/", f"edit/{own.pk}/", ""):
        assert other_initiative.title not in coordinator_client.get(BASE + address).content.decode()


def test_the_only_initiative_is_chosen_already(coordinator_client, initiative):
    page = coordinator_client.get(f"{BASE}create/").content.decode()
    assert re.search(rf'<option value="{initiative.pk}"\s+selected', page)


# M3, M4 the query string


@pytest.mark.parametrize(
    "query",
    [
        "nosuch=1",
        "initiative__title__startswith=F",
        "first_name__startswith=M",
        "initiative__assignments__user__password__startswith=md5",
        "o=99",
        "ordering=first_name",
        "ordering=initiative__title",
        "p=abc",
        "p=999",
        "p=-1",
        "status=nonsense",
        "initiative=nonsense",
        "q=Marehalm",
        "id__in=1,2,,x",
    ],
)
def test_what_is_not_a_filter_is_ignored(coordinator_client, own, query):
    response = coordinator_client.get(f"{BASE}?{query}")
    assert response.status_code == 200
    assert "Marehalm" in response.content.decode()


def test_hits_and_misses_look_the_same(coordinator_client, own):
    def probe(value):
        response = coordinator_client.get(
            f"{BASE}?initiative__assignments__user__username__startswith={value}"
        )
        page = response.content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        return re.sub(r'value="[^"]{30,}"|username__startswith=\w+', "", main)

    assert probe("mette") == probe("zzzz")


def test_a_filter_narrows_list_and_export_together(coordinator_client, initiative, own):
    CitizenFactory(initiative=initiative, first_name="Sluttet", status="ended")
    query = "?status=waiting"
    page = coordinator_client.get(BASE + query).content.decode()
    part = coordinator_client.get(f"{BASE}results/{query}").content.decode()
    export = csv_rows(coordinator_client.get(f"{BASE}{query}&export=csv"))
    for text in (page, part, str(export)):
        assert "Marehalm" in text
        assert "Sluttet" not in text


def test_a_filter_that_is_not_understood_exports_nothing(coordinator_client, own):
    response = coordinator_client.get(f"{BASE}?status=nonsense&export=csv")
    assert response.status_code == 302
    assert not logged(Action.EXPORT)


def test_ciphertext_cannot_be_sorted_by(coordinator_client, own):
    page = coordinator_client.get(BASE).content.decode()
    assert "ordering=status" in page
    assert "ordering=number" in page
    assert "ordering=display_name" not in page


def test_pages_do_not_repeat_a_row(coordinator_client, initiative):
    CitizenFactory.create_batch(41, initiative=initiative)
    seen = []
    for number in (1, 2, 3):
        page = coordinator_client.get(f"{BASE}?ordering=status&p={number}").content.decode()
        seen += re.findall(r"note (\d+)", page)
    assert len(seen) == 41 == len(set(seen))


# M5, M6, M7 export


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("address", [BASE, f"{BASE}results/"])
def test_export_needs_its_own_permission(client_for, initiative, own, kind, address):
    response = client_for(DeputyFactory(initiative=initiative)).get(f"{address}?export={kind}")
    assert refused(response)
    assert not logged(Action.EXPORT)


def test_the_export_is_offered_to_those_who_may(client_for, coordinator_client, initiative, own):
    assert "export=csv" in coordinator_client.get(BASE).content.decode()
    deputy = client_for(DeputyFactory(initiative=initiative))
    assert "export=csv" not in deputy.get(BASE).content.decode()


def test_falsy_values_are_exported_as_they_are(coordinator_client, own):
    heading, row = csv_rows(coordinator_client.get(f"{BASE}?export=csv"))
    values = dict(zip(heading, row, strict=True))
    assert values["Far enough"] == "False"
    assert [value for name, value in values.items() if name.startswith(("Rejser", "Travels"))] == ["0"]
    assert "-" not in row


FORMULAS = ["=1+1", "+45 20 30", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\N{FULLWIDTH EQUALS SIGN}1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_cannot_run(coordinator_client, initiative, formula):
    CitizenFactory(initiative=initiative, first_name=formula, phone='=HYPERLINK("http://x","y")')
    row = csv_rows(coordinator_client.get(f"{BASE}?export=csv"))[1]
    assert row[1] == f"'{formula}"
    assert row[2].startswith("'=HYPERLINK")
    content = coordinator_client.get(f"{BASE}?export=xlsx").content
    cells = next(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert {cells[1].data_type, cells[2].data_type} == {"s"}


def test_numbers_stay_numbers_in_a_workbook(coordinator_client, own):
    content = coordinator_client.get(f"{BASE}?export=xlsx").content
    cells = next(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert (cells[3].value, cells[3].data_type) == (0, "n")


def test_a_control_character_does_not_break_the_workbook(coordinator_client, initiative):
    CitizenFactory(initiative=initiative, first_name="Al\x07ma", phone="20202020")
    response = coordinator_client.get(f"{BASE}?export=xlsx")
    assert response.status_code == 200
    assert openpyxl.load_workbook(io.BytesIO(response.content))


def test_the_export_holds_own_rows_only_and_is_not_kept(coordinator_client, own, foreign):
    response = coordinator_client.get(f"{BASE}?export=csv")
    assert "Fremmed" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == 'attachment; filename="citizen.csv"'


# M8 what is shown


def test_a_record_shows_the_named_fields_and_no_others(coordinator_client, initiative):
    person = CitizenFactory(
        initiative=initiative, first_name="Marehalm", wish="hemmeligt ønske", channels=5, travel_km=None
    )
    page = coordinator_client.get(f"{BASE}inspect/{person.pk}/").content.decode()
    assert "Marehalm" in page
    assert "hemmeligt ønske" not in page
    assert page.count("peer-unknown") == 2, "no distance and no notes: not stated yet"


def test_a_name_is_escaped(coordinator_client, initiative):
    person = CitizenFactory(initiative=initiative, first_name="<script>alert(1)</script>")
    for address in ("", f"inspect/{person.pk}/", f"edit/{person.pk}/"):
        page = coordinator_client.get(BASE + address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;" in page


# Searching for a name


def find(client, name):
    return client.post(BASE, {"name": name})


def test_a_name_is_found_and_not_written_in_the_address(coordinator_client, initiative, own, foreign):
    CitizenFactory(initiative=initiative, first_name="Birk", last_name="Dybkær")
    response = find(coordinator_client, "Mareh")
    assert response.status_code == 302
    assert "mareh" not in response["Location"].lower()
    page = coordinator_client.get(response["Location"]).content.decode()
    assert "Marehalm" in page
    assert "Birk" not in page
    assert 'value="Mareh"' in page, "the box shows what was typed"
    assert "mareh" not in str(dict(coordinator_client.session)).lower(), "the session holds ciphertext"


def test_a_search_finds_own_people_only(coordinator_client, own, foreign):
    page = coordinator_client.get(find(coordinator_client, "Fremmed")["Location"]).content.decode()
    assert "Kanarie" not in page


def test_a_search_goes_along_with_filters_pages_and_export(coordinator_client, initiative, own):
    CitizenFactory(initiative=initiative, first_name="Birk")
    address = find(coordinator_client, "Mare")["Location"]
    page = coordinator_client.get(address).content.decode()
    token = address.split("found=")[1]
    assert f'name="found" value="{token}"' in page
    assert len(csv_rows(coordinator_client.get(f"{address}&export=csv"))) == 2
    assert (
        "Birk" not in coordinator_client.get(f"{BASE}results/?found={token}&status=waiting").content.decode()
    )


def test_anothers_token_finds_nothing(client_for, coordinator_client, initiative, own):
    address = find(coordinator_client, "Mare")["Location"]
    stranger = client_for(CoordinatorFactory(initiative=initiative))
    response = stranger.get(address)
    assert response.status_code == 302, "not a list of everybody"
    assert stranger.get(f"{address}&export=csv").status_code == 302
    assert not logged(Action.EXPORT)


@pytest.mark.parametrize("typed", ["", "   ", "%%"])
def test_an_empty_search_shows_the_list(coordinator_client, own, typed):
    assert find(coordinator_client, typed)["Location"] == BASE


def test_a_session_keeps_few_searches(coordinator_client, own):
    for number in range(20):
        find(coordinator_client, f"Mare{number}")
    assert len(coordinator_client.session["peer_support_name_searches"]) == 8


def test_a_search_needs_the_permission_of_the_list(client_for, intruder, own):
    assert refused(find(client_for(intruder), "Mare"))


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
