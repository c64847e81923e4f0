"""The hardened base: export, what is shown, and searching for a name (M5–M8)."""

import io

import openpyxl
import pytest

from peer_support.privacy.access_log import Action
from peer_support.testing.factories import (
    CitizenFactory,
    CoordinatorFactory,
    DeputyFactory,
)

from .probe import BASE, csv_rows, find, logged, refused

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.probe_site")]


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
