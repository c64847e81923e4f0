"""One content, three shapes (T23): the file, the person's own page and the coordinator's page of everything that is kept.

What one of them says of a person, the others say too: field by field, the table's own rows, and in whole pages as they
are sent.
"""

import html
import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from peer_support.access.links import make_link
from peer_support.access.scopes import scope_of
from peer_support.people import own_data
from peer_support.people.models import Citizen, Volunteer
from peer_support.people.own_data import own_data_of
from peer_support.people.own_reading import reading_of
from peer_support.people.views.own_export import file_of
from peer_support.privacy.registry import tables
from peer_support.privacy.subject_export import export_of
from peer_support.testing import factories as make
from peer_support.testing import factories_followup as make_followup
from tests.security.world import KEY_A, build_world, word

from .test_own_reading import words_of

pytestmark = pytest.mark.django_db

# What the world holds no row of for the one or the other, and why that is no hole in the comparison.
NO_ROW = {
    # Nothing in it is shown to either of a pair: which of the two said no.
    "peer_support.exclusion",
    "peer_support.matchevent",
    # Only keys, which lead from a questionnaire to a study.
    "peer_support.studyask",
}


@pytest.fixture(params=[Citizen, Volunteer], ids=["citizen", "volunteer"])
def person(request):
    build_world()
    with scope_of(KEY_A), translation.override("da"):
        found = request.param.objects.get(pk=KEY_A)
        found.external_source, found.external_id = "Andetsystem", "zqeksternt-77"
        found.save()
        match = found.matches.get()
        for side in ("citizen", "volunteer"):
            make_followup.MeetingFactory(
                match=match, side=side, on="2026-03-04", note=f"zqmoede{side}", feeling=3
            )
        make.MatchFactory(
            initiative=found.initiative,
            citizen=make.CitizenFactory(initiative=found.initiative) if request.param is Volunteer else found,
            volunteer=make.VolunteerFactory(initiative=found.initiative)
            if request.param is Citizen
            else found,
            number=98,
            state="declined",
            place="zqafslaaet",
        )
        yield found


def pairs_read(person):
    """Every field with something in it, as the coordinator's page has it."""
    return Counter(
        (label, said)
        for table in reading_of(person)
        for entry in table.entries
        for __, label, said in entry
        if said != "intet"
    )


def pairs_shown(person):
    """Every field as the person's own page has it, without who can see and who has looked: those are no table."""
    aside = {part.title for part in own_data.seen_parts(person)}
    parts = [part for part in own_data_of(person) if part.title not in aside]
    return Counter(
        row
        for part in parts
        for row in [*part.rows, *(row for entry in part.entries for row in entry)]
        if row[1] != "intet"
    )


def test_the_own_page_and_the_coordinators_page_hold_the_same_fields(person):
    read, shown = pairs_read(person), pairs_shown(person)
    assert read - shown == Counter(), "on the coordinator's page and in the file, and not on the person's own"
    assert shown - read == Counter(), "on the person's own page, and not in the file"
    assert len(read) > 60


def test_control_a_table_that_a_room_leaves_out_is_seen(person, monkeypatch):
    """The control: a room that speaks for a table and shows nothing of it, or shows it without a field."""
    was = own_data.entries_of
    monkeypatch.setattr(own_data, "_writers", [w for w in own_data._writers if w.__name__ != "_matches"])
    assert pairs_read(person) - pairs_shown(person)
    monkeypatch.undo()
    monkeypatch.setattr(own_data, "entries_of", lambda *a, **k: [rows[1:] for rows in was(*a, **k)])
    assert pairs_read(person) - pairs_shown(person)


def test_the_world_holds_every_table_that_says_something_of_a_person():
    """Else the comparison would be of nothing: each table that one kind of person reads has a row for somebody."""
    build_world()
    missing = set()
    for table in tables():
        found = False
        for model in (Citizen, Volunteer):
            subject = model._base_manager.get(pk=KEY_A)
            with scope_of(KEY_A):
                found = found or table.rows_of(subject).exists() and bool(table.shown_to(subject))
        about = table.rows or {"peer_support.citizen", "peer_support.volunteer"} & set(table.paths)
        if about and not found:
            missing.add(table.model._meta.label_lower)
    assert missing <= NO_ROW, "give the world a row of it (tests/security/world.py)"


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_every_word_of_the_file_stands_on_both_pages_as_they_are_sent(person, client_for):
    kind = person._meta.model_name
    user = make.CoordinatorFactory(initiative=person.initiative)
    link = make_link(purpose=f"own_data_{kind}", target=person)
    address = f"/peer/indsigt/{'b' if kind == 'citizen' else 'f'}/{link.token}/"
    Client().post(address)
    colleague = client_for(user)
    reading = reverse(f"peer_support_people:{kind}_own_reading", args=[person.pk])
    for __ in range(2):
        # The first look at each is itself a line of the log, which the second shows.
        own, staff = text_of(Client().get(address)), text_of(colleague.get(reading))
    kept = export_of(person)
    found = [
        words for key in ("tables", "who_can_see", "lists") for words in words_of(without_why(kept[key]))
    ]
    found += [look["what"]["text"] for look in kept["access_log"]]
    assert len(found) > 100
    for words in found:
        words = " ".join(words.split())
        for page in (own, staff):
            # A sentence of a day's line begins with a capital, or follows another one.
            assert words.lower() in page.lower(), words


def without_why(value):
    """The file's values, without the names of tables, the reasons for having them, and months in figures."""
    if isinstance(value, list):
        return [without_why(one) for one in value]
    if isinstance(value, dict):
        if "rows" in value and "why" in value:
            return [without_why(row) for row in value["rows"]]
        return {name: one for name, one in value.items() if name != "month"}
    return value


def test_what_was_missing_is_there(person):
    """The number in another system, and the person's own words of a meeting and of the centre's questions."""
    side = person._meta.model_name
    other = {"citizen": "volunteer", "volunteer": "citizen"}[side]
    for said in (str(own_data_of(person)), str(reading_of(person)), file_of(person).content.decode()):
        assert "zqeksternt-77" in said and "Andetsystem" in said
        assert f"zqmoede{side}" in said and f"zqmoede{other}" not in said
        assert "zqafslaaet" not in said, "of a match that came to nothing only the own answer is told"
        if side == "citizen":
            assert f"Hvad?: {word('answer', KEY_A)}" in said
