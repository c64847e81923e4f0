"""Everything that is kept about a person, to read: the same as the file, field by field, as the registry has it (T23)."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from peer_support.access.links import make_link
from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen, Volunteer
from peer_support.people.own_reading import reading_of
from peer_support.privacy.registry import tables
from peer_support.privacy.subject_export import export_of, rows_for
from peer_support.testing import factories as make
from tests.public.pdf import assert_tagged, needs_pdf
from tests.security.world import KEY_A, KEY_B, build_world, canaries

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Citizen, Volunteer], ids=["citizen", "volunteer"])
def person(request):
    build_world()
    with scope_of(KEY_A):
        yield request.param.objects.get(pk=KEY_A)


def words_of(value):
    """Yield every word and number that a value of the file holds, as it has to be found in what is read."""
    if isinstance(value, dict):
        if set(value) == {"code", "text"}:
            yield value["text"]
        else:
            for one in value.values():
                yield from words_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one)
    elif isinstance(value, str) and value[:1] in ("{", "["):
        try:
            yield from words_of(json.loads(value))
        except ValueError:
            yield value
    elif isinstance(value, str) and (moment := re.match(r"(\d{4})-\d\d-\d\d|(\d\d):(\d\d):\d\d", value)):
        # A day is read as one writes it: its year stands there at least. A time is "10.00".
        yield moment[1] or f"{moment[2]}.{moment[3]}"
    elif isinstance(value, str):
        yield value


def test_the_page_says_what_the_file_says_field_by_field(person):
    export, reading = export_of(person)["tables"], reading_of(person)
    assert [table["model"] for table in export] == [table.model for table in reading] and len(export) > 5
    known = {table.model._meta.label_lower: table for table in tables()}
    compared = 0
    for kept, read in zip(export, reading, strict=True):
        wanted = rows_for(known[kept["model"]], person)
        for row, entries, (__, names) in zip(kept["rows"], read.entries, wanted, strict=True):
            assert [name for name, __, __ in entries] == list(row) == names
            for (name, label, said), value in zip(entries, row.values(), strict=True):
                assert label and said, (kept["model"], name)
                empty = value in (None, "", [], {})
                for words in words_of(value):
                    assert empty or " ".join(words.split()) in " ".join(said.split()), (
                        kept["model"],
                        name,
                        words,
                    )
                compared += 1
    assert compared > 60


def test_nobody_elses_words_are_in_it(person):
    said = str(reading_of(person)).lower()
    assert canaries(KEY_A)["first_name"] in said
    assert not any(secret in said for secret in canaries(KEY_B).values())


def test_the_buttons_stand_beside_the_file_and_the_page_prints(
    initiative, in_scope, coordinator_client, client_for
):
    citizen = make.CitizenFactory(initiative=initiative, first_name="Zqalma", notes="Zqnote")
    page = coordinator_client.get(
        reverse("people_citizen_modeladmin_inspect", args=[citizen.pk])
    ).content.decode()
    for name in ("own_export", "own_reading"):
        assert reverse(f"peer_support_people:citizen_{name}", args=[citizen.pk]) in page
    answer = coordinator_client.get(reverse("peer_support_people:citizen_own_reading", args=[citizen.pk]))
    assert "Zqalma" in answer.content.decode() and "Zqnote" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    deputy = client_for(make.DeputyFactory(initiative=initiative))
    assert deputy.get(reverse("peer_support_people:citizen_own_reading", args=[citizen.pk])).status_code in (
        302,
        403,
    )


def test_the_pdf_is_tagged_and_danish_and_the_own_link_gives_both(initiative, in_scope):
    needs_pdf()
    citizen = make.CitizenFactory(initiative=initiative, first_name="Zqalma")
    link = make_link(purpose="own_data_citizen", target=citizen)
    address = f"/peer/indsigt/b/{link.token}/"
    assert Client().get(address, {"form": "file"})["Content-Type"].startswith("text/html"), (
        "not before the button"
    )
    Client().post(address)
    page = Client().get(address).content.decode()
    assert "?form=pdf" in page and "?form=file" in page
    file = Client().get(address, {"form": "file"})
    rows = {table["model"]: table["rows"] for table in json.loads(file.content)["tables"]}
    assert rows["peer_support.citizen"][0]["first_name"] == "Zqalma"
    pdf = Client().get(address, {"form": "pdf"})
    assert pdf["Content-Type"] == "application/pdf" and "no-store" in pdf["Cache-Control"]
    assert_tagged(pdf.content)
    assert "Zqalma" not in pdf["Content-Disposition"]
