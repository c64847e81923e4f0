"""Whoever has two tasks has in each initiative the rights of that task, and carries none from one into the other."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from peer_support.access.models import Assignment
from peer_support.access.reach import covers, narrow, reach_of
from peer_support.access.roles import COORDINATOR, DEPUTY, codenames, group_for
from peer_support.access.scopes import current_initiative_ids, scope_of
from peer_support.people.models import Citizen
from peer_support.testing.factories import (
    AssignmentFactory,
    CitizenFactory,
    CoordinatorFactory,
    LeaderFactory,
    OfficerFactory,
    UserFactory,
)
from peer_support.testing.factories_courses import GroupCourseFactory

pytestmark = pytest.mark.django_db
ERASE, EXPORT, REPORT = (
    f"peer_support.{code}" for code in ("delete_citizen", "export_citizen", "export_yearreport")
)


@pytest.fixture
def both(initiative, other_initiative):
    """Coordinates one initiative and stands in at the other."""
    user = CoordinatorFactory(initiative=initiative)
    AssignmentFactory(user=user, initiative=other_initiative, role=Assignment.Role.DEPUTY)
    user.groups.add(group_for(DEPUTY))
    return user


@pytest.fixture
def mine(initiative):
    return CitizenFactory(initiative=initiative, first_name="Zqvegen", postcode="5000")


@pytest.fixture
def theirs(other_initiative):
    return CitizenFactory(initiative=other_initiative, first_name="Zqvanden", postcode="8000")


def at(action, *args, model="people_citizen"):
    return reverse(f"{model}_modeladmin_{action}", args=args)


def is_there(person):
    with scope_of(person.initiative_id):
        return Citizen.objects.filter(pk=person.pk).exclude(status="ended").exists()


def test_every_right_of_a_coordinator_alone_is_in_their_own_initiative(both, initiative, other_initiative):
    alone = codenames(COORDINATOR) - codenames(DEPUTY)
    assert {reach_of(both, f"peer_support.{code}") for code in alone} == {(initiative.pk,)}
    together = codenames(COORDINATOR) & codenames(DEPUTY)
    everywhere = tuple(sorted((initiative.pk, other_initiative.pk)))
    assert {reach_of(both, f"peer_support.{code}") for code in together} == {everywhere}


def test_both_lists_are_read_and_one_is_taken_out(both, client_for, mine, theirs):
    client = client_for(both)
    page = client.get(at("index")).content.decode()
    assert "Zqvegen" in page and "Zqvanden" in page
    for form in ("csv", "xlsx"):
        assert client.get(at("index"), {"export": form}).status_code == 200
    taken = client.get(at("index"), {"export": "csv"}).content.decode()
    assert mine.postcode in taken and theirs.postcode not in taken


def test_nobody_is_erased_where_one_only_stands_in(both, client_for, mine, theirs):
    client = client_for(both)
    for method in (client.get, client.post):
        assert method(at("delete", theirs.pk)).status_code in (302, 404)
    assert is_there(theirs)
    assert client.get(at("delete", mine.pk)).status_code == 200
    assert client.post(at("delete", mine.pk)).status_code == 302 and not is_there(mine)


def test_the_buttons_are_offered_where_they_work(both, client_for, mine, theirs):
    client = client_for(both)
    page, other = (client.get(at("inspect", one.pk)).content.decode() for one in (mine, theirs))
    for name in ("own_export", "own_reading"):
        address = reverse(f"peer_support_people:citizen_{name}", args=[mine.pk])
        elsewhere = reverse(f"peer_support_people:citizen_{name}", args=[theirs.pk])
        assert address in page and elsewhere not in other
        assert client.get(address).status_code == 200 and client.get(elsewhere).status_code == 404
    assert at("delete", mine.pk) in page and at("delete", theirs.pk) not in other


def test_a_course_is_erased_at_home_only(both, client_for, initiative, other_initiative):
    own, other = (GroupCourseFactory(initiative=one) for one in (initiative, other_initiative))
    client = client_for(both)
    assert client.get(at("delete", own.pk, model="courses_all")).status_code == 200
    assert client.get(at("delete", other.pk, model="courses_all")).status_code in (302, 404)


def test_the_report_is_about_ones_own_initiative(both, client_for, initiative, other_initiative):
    address = reverse("peer_support_report:print")
    client = client_for(both)
    assert client.get(address, {"who": initiative.pk}).status_code == 200
    assert client.get(address, {"who": other_initiative.pk}).status_code == 404
    assert str(other_initiative) not in client.get(reverse("peer_support_report:choose")).content.decode()


def test_a_leader_elsewhere_takes_no_report_of_where_they_look_after_the_log(
    client_for, initiative, other_initiative
):
    user = LeaderFactory(initiative=initiative)
    AssignmentFactory(user=user, initiative=other_initiative, role=Assignment.Role.OFFICER)
    address = reverse("peer_support_report:print")
    client = client_for(user)
    assert client.get(address, {"who": initiative.pk}).status_code == 200
    assert client.get(address, {"who": other_initiative.pk}).status_code == 404
    assert reach_of(user, "peer_support.view_recruitmentplan") == (initiative.pk,)


def test_a_task_that_is_over_leaves_no_rights_behind(both, client_for, initiative, mine, theirs):
    Assignment.objects.filter(user=both, initiative=initiative).update(valid_until=datetime.date(2020, 1, 1))
    client = client_for(both)
    assert reach_of(both, ERASE) == ()
    assert theirs.postcode not in client.get(at("index"), {"export": "csv"}).content.decode()
    assert client.post(at("delete", theirs.pk)).status_code in (302, 404) and is_there(theirs)


def test_what_a_site_gives_its_deputies_they_have(both, initiative, other_initiative):
    group_for(DEPUTY).permissions.add(Permission.objects.get(codename="export_citizen"))
    assert reach_of(both, EXPORT) == tuple(sorted((initiative.pk, other_initiative.pk)))
    assert reach_of(both, ERASE) == (initiative.pk,)


@pytest.mark.parametrize("way", ["a group of the site's own", "the user"])
def test_a_right_from_elsewhere_holds_everywhere(both, initiative, other_initiative, way):
    right = Permission.objects.get(codename="export_citizen")
    if way == "the user":
        both.user_permissions.add(right)
    else:
        group = Group.objects.create(name="Husets egen")
        group.permissions.add(right)
        both.groups.add(group)
    assert reach_of(both, EXPORT) == tuple(sorted((initiative.pk, other_initiative.pk)))
    assert reach_of(both, EXPORT, ERASE) == (initiative.pk,)


def test_a_superuser_has_the_rights_wherever_they_have_a_task(initiative, other_initiative):
    user = UserFactory(is_superuser=True, initiative=initiative)
    AssignmentFactory(user=user, initiative=other_initiative, role=Assignment.Role.DEPUTY)
    assert reach_of(user, ERASE) == tuple(sorted((initiative.pk, other_initiative.pk)))


def test_whoever_has_no_task_reaches_nobody(initiative):
    assert reach_of(UserFactory(), ERASE) == ()
    assert reach_of(OfficerFactory(initiative=initiative), REPORT) == ()


def test_control_without_it_the_rights_are_carried_along(both, client_for, theirs, monkeypatch):
    from peer_support.access import reach

    monkeypatch.setattr(reach, "_DIFFERS", set())
    client = client_for(both)
    assert theirs.postcode in client.get(at("index"), {"export": "csv"}).content.decode()
    client.post(at("delete", theirs.pk))
    assert not is_there(theirs)


def test_a_right_that_one_lacks_covers_nobody(both, client_for, initiative, other_initiative, mine, theirs):
    with scope_of(initiative.pk, other_initiative.pk):
        assert covers(both, ERASE, mine) and not covers(both, ERASE, theirs)
        assert covers(both, "peer_support.change_citizen", theirs)
        # What belongs to no initiative is not asked about.
        assert covers(both, ERASE, initiative)
        assert not covers(UserFactory(initiative=initiative), ERASE, mine)


def test_a_page_is_drawn_while_the_scope_is_narrow(both, initiative, other_initiative):
    seen = []

    class Page(SimpleTemplateResponse):
        @property
        def rendered_content(self):
            seen.append(current_initiative_ids())
            return "drawn"

    with scope_of(initiative.pk, other_initiative.pk):
        drawn = narrow(lambda: Page("any.html"), both, ERASE)
        later = narrow(lambda: Page("any.html"), both, "peer_support.change_citizen")
    assert seen == [(initiative.pk,)] and drawn.is_rendered and not later.is_rendered
