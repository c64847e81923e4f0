"""Nobody sees, finds, exports or changes another initiative's people, on any address of the site."""

import re

import pytest
from django.test import override_settings

from peer_support.access import scopes
from peer_support.directory.models import Initiative
from tests.soak import SOAK

from .conftest import QUICK
from .matrix import PARAMETERS, Walk, addresses, crossing_ties, found_in, routes
from .world import KEY_A, KEY_B, PHONES, ROLES, build_role, canaries, person_models, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(*QUICK)]


# These nine walk every address of the site. The other two of the usual run, who ask what the coordinator asks with fewer
# rights, walk the package's own screens and the reports; the long run lets everybody walk everywhere.
EVERYWHERE = {
    "anonymous",
    "admin user without permissions, assigned",
    "peer editor",
    "moderator",
    "coordinator of A",
    "leader of A",
    "analyst of A",
    "data officer of A",
    "superuser",
}


# One of each pair of roles that ask the same of the site walks in the usual run, and one with two tasks at once beside
# those with one; the long run takes all.
ALIKE = {
    "plain user",
    "Wagtail editor",
    "coordinator of B",
    "superuser assigned to A",
    "coordinator of A who leads B",
}


def in_long_runs(roles):
    return [pytest.param(role, marks=pytest.mark.soak) for role in roles]


# The longest walks begin, so that no process is left alone with one at the end.
LONGEST = ("superuser", "coordinator of A", "peer editor")
USUAL = sorted((role for role in ROLES if role not in ALIKE), key=lambda role: role not in LONGEST)
WALKING = in_long_runs(ROLES) if SOAK else [*USUAL, *in_long_runs(sorted(ALIKE))]


def walk(role, sides, **kwargs):
    if role not in EVERYWHERE and not SOAK:
        kwargs.setdefault("only", lambda route: route.is_ours or "report" in route.name)
    return Walk(build_role(role, sides), sides, **kwargs)


def careless_screens(route):
    return "naive" in route.name or route.name in ("open_report", "told", "printed")


def some_screens(route):
    return route.name.startswith(
        ("people_citizen", "people_volunteer", "people_places", "peer_support_matching")
    )


def test_the_world_has_a_record_of_every_person_model_on_both_sides(sides):
    for model in person_models():
        for key in (KEY_A, KEY_B):
            assert rows_of(model, key), f"{model.__name__} has no record in the matrix: add one to world.py"
    assert {query.count() for query in crossing_ties()} == {0}


@pytest.mark.parametrize("role", WALKING)
def test_nobody_reads_anothers_people(role, sides, counted):
    walked = walk(role, sides)
    walked.read_all()
    counted(walked)
    assert walked.verdict.requests > 400
    assert walked.verdict.leaks == {}
    assert walked.verdict.errors == []


@pytest.mark.parametrize("role", WALKING)
def test_nobody_writes_to_anothers_people(role, sides, counted):
    walked = walk(role, sides)
    walked.write_all()
    counted(walked)
    assert walked.verdict.requests > 250
    assert walked.verdict.writes == []
    assert walked.verdict.leaks == {}
    assert walked.verdict.errors == []


SHOWN = {"first_name", "last_name", "phone", "email", "notes", "wish", "motivation", "place_name"}


@pytest.mark.parametrize(
    "role",
    ["coordinator of A", *in_long_runs(["deputy of A", "superuser assigned to A"])],
)
def test_ones_own_people_are_seen(role, sides):
    walked = walk(role, sides)
    seen = set()
    for route in filter(some_screens, routes()):
        for address in addresses(route, KEY_A):
            __, text = walked.ask(route, address)
            seen |= found_in(text, canaries(KEY_A))
    assert seen >= SHOWN
    assert walked.verdict.leaks == {}
    assert walked.verdict.errors == []


# Controls: the same eyes must see what is there to see.


@pytest.mark.parametrize(
    "role", ["admin user without permissions, assigned", "peer editor", "moderator", "coordinator of A"]
)
def test_control_the_matrix_finds_the_leaks_of_a_careless_site(role, sides):
    with override_settings(ROOT_URLCONF="tests.security.leaky_site"):
        walked = walk(role, sides, only=careless_screens)
        walked.read_all()
    leaks = walked.verdict.leaks
    assert any("open_report" in place for place in leaks), "a report that everybody in the admin may open"
    assert any("(told)" in place for place in leaks), "a message that the next page would show"
    assert any("(printed)" in place for place in leaks), "a PDF"
    if role == "coordinator of A":
        for part in ("peer_support_naive_modeladmin_index", "naive_modeladmin_edit"):
            assert any(part in place for place in leaks)
        assert any("export=xlsx" in place for place in leaks)
        assert any("export=csv" in place for place in leaks)


def test_control_the_matrix_finds_the_writes_of_a_careless_site(sides):
    with override_settings(ROOT_URLCONF="tests.security.leaky_site"):
        walked = walk("coordinator of A", sides, only=careless_screens)
        walked.write_all()
    assert "peer_support_naive_modeladmin_edit" in {name for name, __ in walked.verdict.writes}


def test_control_the_matrix_finds_a_scope_that_is_too_wide(sides, monkeypatch):
    everybodys = lambda user: {(pk, "coordinator") for pk in Initiative.objects.values_list("pk", flat=True)}  # noqa: E731
    monkeypatch.setattr(scopes, "tasks_of", everybodys)
    walked = walk("coordinator of A", sides, only=some_screens)
    walked.read_all()
    assert len(walked.verdict.leaks) > 10
    walked = walk("coordinator of A", sides, only=some_screens)
    walked.write_all()
    assert len(walked.verdict.writes) > 3


@pytest.mark.parametrize(
    "text", ["61 72 73 74", "+45 61727374", "6172\u00a07374", "tel:61727374", "6 1 7 2 7 3 7 4"]
)
def test_control_a_number_is_known_however_it_is_spaced(text):
    assert found_in(text, {"phone": PHONES[KEY_B]}) == {"phone"}


def test_every_address_can_be_filled():
    for route in routes():
        for address in addresses(route, KEY_A):
            assert not set("<>()^$\\*") & set(address), (route, address)


def test_every_parameter_that_is_a_key_gets_the_key():
    for route in routes():
        # A week has a year and a number, which are no keys.
        if set(re.findall(r"<int:(\w+)>", route.pattern)) - PARAMETERS.keys():
            assert all(str(KEY_A) in address for address in addresses(route, KEY_A)), route
