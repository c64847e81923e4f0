"""Every list that can be taken out of the house: CSV and XLSX, a permission of its own, harmless cells, logged."""

import io
import zipfile

import openpyxl
import pytest
from django.contrib.auth.models import Permission

from peer_support.access.admin_base import SecureModelAdmin, registered_admins
from peer_support.access.exporting import FORMULA_START
from peer_support.privacy.access_log import Action
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make
from tests.security.world import KEY_A, KEY_B, build_world, canaries

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def exports():
    """Return every registered admin that offers an export, by its name."""
    found = [one for one in registered_admins() if isinstance(one, SecureModelAdmin) and one.list_export]
    return {one.opts.model_name: one for one in found}


ALL = ["citizen", "volunteer", "groupcourse", "enrolment"]


def address(admin):
    return admin.url_helper.index_url


def test_these_are_all_of_them():
    """A new export is put into the list, and is tried with the others."""
    assert set(exports()) == set(ALL), "write the new one into ALL"


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def coordinator_of_a(world):
    from peer_support.directory.models import Initiative

    return make.CoordinatorFactory(initiative=Initiative.objects.get(pk=KEY_A))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ALL)
def test_it_is_offered_as_csv_and_xlsx_needs_its_own_right_and_is_logged(
    name, form, coordinator_of_a, client_for
):
    admin = exports()[name]
    client = client_for(coordinator_of_a)
    page = client.get(address(admin)).content.decode()
    assert f"export={form}" in page, "the button is there"
    answer = client.get(address(admin), {"export": form})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    rows = AccessLogEntry.objects.filter(action=Action.EXPORT, model=admin.model._meta.label_lower)
    assert KEY_A in set(rows.values_list("object_id", flat=True))
    text = _text(answer.content, form)
    assert not any(secret in text for secret in canaries(KEY_B).values())
    # The right is its own: whoever reads the list and may not export gets nothing.
    right = Permission.objects.get(codename=f"export_{name}", content_type__app_label="peer_support")
    for group in coordinator_of_a.groups.all():
        group.permissions.remove(right)
    before = rows.count()
    refused = client_for(type(coordinator_of_a).objects.get(pk=coordinator_of_a.pk)).get(
        address(admin), {"export": form}
    )
    assert refused.status_code in (302, 403) and rows.count() == before


@pytest.mark.parametrize("name", ALL)
def test_no_cell_of_it_can_run(name, coordinator_of_a, client_for, monkeypatch):
    """Every cell of every column holds a formula; none of them is one in the file."""
    admin = exports()[name]
    monkeypatch.setattr(
        "peer_support.access.admin_list.value_of", lambda admin, item, field: '=HYPERLINK("http://x")'
    )
    client = client_for(coordinator_of_a)
    lines = client.get(address(admin), {"export": "csv"}).content.decode().splitlines()
    assert len(lines) > 1 and all(
        not cell.strip('"').startswith(FORMULA_START) for line in lines[1:] for cell in line.split(",")
    )
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(admin), {"export": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert cells and {cell.data_type for cell in cells} == {"s"}


def _text(content, form):
    if form == "csv":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(part).decode(errors="replace") for part in book.namelist())
