"""The route contract: every address of the package is listed with its methods and roles, and keeps to it."""

import copy

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client

from peer_support.testing import factories as make
from tests.soak import SOAK

from .matrix import addresses, open_savepoint, routes
from .routes import BOTH, GET, IN_USE, NEEDS_MORE, POST, ROUTES
from .world import KEY_A

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_unpacked")]
OWN = [route for route in routes() if route.is_own]


def test_every_address_of_the_package_is_listed():
    unlisted = {route.name for route in OWN} - ROUTES.keys()
    assert not unlisted, f"new addresses: write in tests/security/routes.py who may use {sorted(unlisted)}"


def test_every_listed_address_is_there():
    assert ROUTES.keys() - {route.name for route in OWN} == set()


def test_the_list_is_well_written():
    for name, (methods, roles) in ROUTES.items():
        assert methods in (GET, POST, BOTH), name
        assert set(roles) <= set("ECDLAPO"), name
    assert ROUTES.keys() >= NEEDS_MORE | IN_USE


ROLES = {
    "E": lambda initiative: make.EditorFactory(),
    "C": lambda initiative: make.CoordinatorFactory(initiative=initiative),
    "D": lambda initiative: make.DeputyFactory(initiative=initiative),
    "L": lambda initiative: make.LeaderFactory(initiative=initiative),
    "A": lambda initiative: make.AnalystFactory(initiative=initiative),
    "O": lambda initiative: make.OfficerFactory(initiative=initiative),
    "superuser": lambda initiative: make.UserFactory(initiative=initiative, is_superuser=True),
    "admin only": lambda initiative: make.UserFactory(initiative=initiative),
    "visitor": lambda initiative: None,
}
# Wagtail lets everybody in the admin choose a snippet, and asks everybody before a workflow is cancelled.
# The second proof at sign-in is everybody's own.
OPEN_TO_ADMIN = ("choosers_", ":confirm_workflow_cancellation", "peer_support_signing_in:")


# What nobody may, a superuser included: contacts are emptied, people come into courses on a board, suggestions are
# not written here, and mails are made by what happens.
NOBODY = (
    "courses_enrolments_modeladmin_create",
    "courses_enrolments_modeladmin_delete",
    "initiativecontact_modeladmin_delete",
    "people_mails_modeladmin_create",
    "people_mails_modeladmin_delete",
    "people_mails_modeladmin_edit",
    "storyconsent_modeladmin_create",
    "storyconsent_modeladmin_delete",
    "storyconsent_modeladmin_edit",
    "suggestion_modeladmin_create",
    "suggestion_modeladmin_edit",
)


def is_refusal(response):
    where = response.get("Location", "")
    return response.status_code in (403, 404, 405) or where == "/admin/" or where.startswith("/admin/login/")


def expected(name, role):
    methods, roles = ROUTES[name]
    if "P" in roles:
        return True
    if role == "superuser":
        return bool(roles) or not name.endswith(NOBODY)
    if role == "admin only":
        return any(part in name for part in OPEN_TO_ADMIN)
    return role in roles


# A superuser may what somebody may: that is walked in the long run.
@pytest.mark.parametrize(
    "role",
    [pytest.param(one, marks=pytest.mark.soak) if SOAK or one == "superuser" else one for one in ROLES],
)
def test_each_role_gets_what_is_listed_and_nothing_else(role, sides):
    user = ROLES[role](sides[KEY_A].initiative)
    if role == "admin only":
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    signed_in = Client()
    if user:
        signed_in.force_login(user)
    faults = []
    for route in OWN:
        allowed = expected(route.name, role)
        for method in (GET, POST):
            client = Client(raise_request_exception=False)
            client.cookies = copy.deepcopy(signed_in.cookies)
            with transaction.atomic():
                savepoint = open_savepoint()
                response = client.generic(method, addresses(route, KEY_A)[0])
                transaction.savepoint_rollback(savepoint)
            fault = judge(route.name, method, allowed, response) or unguarded(route, response)
            if fault:
                faults.append((method, route.name, fault))
    assert not faults, "\n".join(map(str, faults))


def judge(name, method, allowed, response):
    """Return what is wrong with ``response``, or nothing."""
    listed = method in ROUTES[name][0].split()
    status = response.status_code
    if status >= 500:
        return f"{status} {response.exc_info[1]!r}"
    if not allowed:
        return None if is_refusal(response) else f"{status} for somebody who may not"
    if not listed:
        # A snippet's own views look for the record before they look at the method.
        return None if status in (405, 404) else f"answers {status} to a method that is not listed"
    if status == 404 and name in NEEDS_MORE or name in IN_USE and status == 302:
        return None
    return f"{status} for somebody who may" if is_refusal(response) else None


def unguarded(route, response):
    """Return what an admin page of the package's own lacks of headers, or nothing."""
    if response.status_code != 200 or not route.is_ours or not route.pattern.startswith("admin/"):
        return None
    policy = response.get("Content-Security-Policy", "")
    if "script-src 'self';" not in f"{policy};" or "unsafe" in policy:
        return f"the policy is {policy!r}"
    return None if "no-store" in response.get("Cache-Control", "") else "a copy may be kept"


def test_control_an_address_that_is_not_listed_is_told(monkeypatch):
    monkeypatch.delitem(ROUTES, "people_citizen_modeladmin_index")
    with pytest.raises(AssertionError, match="people_citizen_modeladmin_index"):
        test_every_address_of_the_package_is_listed()


def test_control_a_role_that_is_listed_wrongly_is_told(monkeypatch, sides):
    monkeypatch.setitem(ROUTES, "people_citizen_modeladmin_index", (BOTH, "E"))
    this = [route for route in OWN if route.name == "people_citizen_modeladmin_index"]
    monkeypatch.setitem(globals(), "OWN", this)
    for role in "EC":
        with pytest.raises(AssertionError, match="people_citizen_modeladmin_index"), transaction.atomic():
            test_each_role_gets_what_is_listed_and_nothing_else(role, sides)
