"""The five roles: what they may, what they never may, and the command that makes them."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from peer_support.access.roles import (
    ANALYST,
    COORDINATOR,
    DEPUTY,
    EDITOR,
    GROUP_NAMES,
    LEADER,
    OFFICER,
    codenames,
    ensure_roles,
    group_for,
)
from peer_support.checks import person_models
from peer_support.testing.factories import (
    CoordinatorFactory,
    DeputyFactory,
    EditorFactory,
    InitiativeFactory,
    LeaderFactory,
    OfficerFactory,
)

pytestmark = pytest.mark.django_db


def held(role):
    return set(group_for(role).permissions.values_list("content_type__app_label", "codename"))


@pytest.fixture
def roles(db):
    return ensure_roles()


def test_each_role_has_its_group_and_may_enter_the_admin(roles):
    everybody = {EDITOR, COORDINATOR, DEPUTY, LEADER, ANALYST, OFFICER}
    assert {change.code for change in roles} == everybody
    for role, name in GROUP_NAMES.items():
        assert Group.objects.get(name=name).permissions.exists()
        assert ("wagtailadmin", "access_admin") in held(role)


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_no_role_may_touch_users_groups_or_permissions(roles, role):
    assert not {label for label, __ in held(role)} & {"auth", "contenttypes", "sessions", "sites"}
    other = {code.replace("interestgroup", "").replace("groupcourse", "") for __, code in held(role)}
    assert not any("user" in code or "group" in code for code in other)


@pytest.mark.parametrize("role", GROUP_NAMES)
def test_every_permission_of_a_role_is_a_real_one(roles, role):
    """A permission that no model or snippet declares would be a slip of the pen."""
    from django.apps import apps

    declared = set()
    for model in apps.get_app_config("peer_support").get_models():
        name = model._meta.model_name
        actions = (*model._meta.default_permissions, "publish", "lock", "unlock")
        declared |= {f"{action}_{name}" for action in actions}
        declared |= {codename for codename, __ in model._meta.permissions}
    assert codenames(role) <= declared


def test_editors_have_nothing_on_people(roles):
    people = {model._meta.model_name for model in person_models()}
    # What a leader sees of these has nobody in it; see tests/recruitment/test_plan.py and tests/study/test_screens.py.
    people -= {"recruitmentplan", "startupstep", "study"}
    for role in (EDITOR, LEADER, ANALYST, OFFICER):
        assert not {code for __, code in held(role) if code.split("_", 1)[1] in people}


def test_deputies_neither_erase_people_nor_export(roles):
    more = codenames(COORDINATOR) - codenames(DEPUTY)
    assert more == {
        *(f"export_{model}" for model in ("citizen", "volunteer", "groupcourse", "enrolment", "yearreport")),
        *(
            f"delete_{model}"
            for model in (
                "citizen",
                "volunteer",
                "conversation",
                "meetingplace",
                "groupcourse",
                "introworkshop",
                "talkrequest",
            )
        ),
    }
    assert codenames(DEPUTY) <= codenames(COORDINATOR)
    assert "make_match" in codenames(DEPUTY)


def test_the_log_is_nobodys_to_change(roles):
    for role in GROUP_NAMES:
        found = {code for code in codenames(role) if "accesslogentry" in code}
        # The data officer reads the log and takes it out; nobody may add to it or change it by a right.
        assert found == ({"view_accesslogentry", "export_accesslogentry"} if role == OFFICER else set())
        written = ("matchevent", "match", "courseevent", "enrolmentevent")
        assert not {f"{action}_{model}" for action in ("change", "delete") for model in written} & codenames(
            role
        )


def test_running_again_adds_nothing_and_takes_nothing(roles):
    extra = Permission.objects.get(codename="add_page")
    group_for(EDITOR).permissions.add(extra)
    before = {role: held(role) for role in GROUP_NAMES}
    assert all(not change.created and not change.added for change in ensure_roles())
    assert {role: held(role) for role in GROUP_NAMES} == before


def test_what_was_taken_away_comes_back(roles):
    group_for(COORDINATOR).permissions.remove(Permission.objects.get(codename="make_match"))
    added = {change.code: change.added for change in ensure_roles()}
    assert added[COORDINATOR] == ["make_match"]


def test_it_can_be_called_from_a_migration(db):
    """The registry of a migration has frozen models, and no permissions have been made yet."""
    Group.objects.filter(name__in=GROUP_NAMES.values()).delete()
    Permission.objects.filter(content_type__app_label="peer_support").delete()
    executor = MigrationExecutor(connection)
    apps = executor.loader.project_state(executor.loader.graph.leaf_nodes()).apps
    ensure_roles(apps)
    call_command("migrate", verbosity=0)  # Django makes the rest, and none twice
    for role in GROUP_NAMES:
        assert {code for label, code in held(role) if label == "peer_support"} == codenames(role)
    assert Permission.objects.filter(codename="add_citizen").count() == 1


# The command


def run(*arguments):
    out = StringIO()
    call_command("setup_roles", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_did():
    first, second = run(), run()
    for name in GROUP_NAMES.values():
        assert name in first
        assert name in second
    assert first != second
    assert run("-v0") == ""


def test_editors_get_pages_pictures_and_documents_on_request():
    run()
    editors = group_for(EDITOR)
    assert not GroupPagePermission.objects.filter(group=editors).exists()
    run("--pages")
    run("--pages")
    pages = GroupPagePermission.objects.filter(group=editors)
    assert set(pages.values_list("permission__codename", flat=True)) == {
        "add_page",
        "change_page",
        "publish_page",
    }
    assert pages.count() == 3
    collections = GroupCollectionPermission.objects.filter(group=editors)
    assert set(collections.values_list("permission__codename", flat=True)) == {
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    }


@pytest.mark.parametrize(
    ("factory", "menu", "absent"),
    [
        (EditorFactory, "/admin/snippets/peer_support/initiative/", "/admin/people/citizen/"),
        (CoordinatorFactory, "/admin/people/citizen/", "/admin/users/"),
        (DeputyFactory, "/admin/people/citizen/", "/admin/users/"),
        (LeaderFactory, "/admin/peer_support/assignment/", "/admin/people/"),
        (OfficerFactory, "/admin/oversight/", "/admin/people/"),
    ],
)
def test_each_role_meets_its_own_menu(client_for, factory, menu, absent):
    user = factory() if factory is EditorFactory else factory(initiative=InitiativeFactory())
    page = client_for(user).get("/admin/").content.decode()
    assert menu in page
    assert absent not in page
