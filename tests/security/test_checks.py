"""System checks: each is broken once, and must say so by its number."""

import base64
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.contrib import admin as django_admin
from django.core.management import call_command
from django.db import models
from django.test import override_settings
from wagtail import hooks
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, RevisionMixin, TranslatableMixin
from wagtail.search.index import Indexed

from peer_support import checks
from peer_support.access.admin_base import SecureModelAdmin, check_admin, registered_admins
from peer_support.people.models import Citizen

GOOD = Fernet.generate_key().decode()
GOOD_INDEX = "an-index-key-that-is-long-enough-to-hide"
SECRET = "the-secret-key-of-the-site-which-is-long-enough-to-be-one"


def numbers(found):
    return {fault.id.split(".")[1] for fault in found}


def with_keys(*keys, index=GOOD_INDEX, debug=False):
    return override_settings(
        PEER_SUPPORT={"KEYS": list(keys), "INDEX_KEY": index}, SECRET_KEY=SECRET, DEBUG=debug
    )


def test_a_well_kept_site_has_no_faults():
    call_command("check")


KEY_FAULTS = {
    "no key": ([], GOOD_INDEX, "E001"),
    "malformed": (["not a key"], GOOD_INDEX, "E002"),
    "one malformed among good ones": ([GOOD, "x"], GOOD_INDEX, "E002"),
    "a string instead of a list": (GOOD, GOOD_INDEX, "E002"),
    "all the same byte": ([base64.urlsafe_b64encode(b"\xff" * 32).decode()], GOOD_INDEX, "E003"),
    "readable words": ([base64.urlsafe_b64encode(b"the-fjord-is-blue-in-the-morning").decode()], "", "E003"),
    "made from SECRET_KEY": ([base64.urlsafe_b64encode(SECRET.encode()[:32]).decode()], GOOD_INDEX, "E004"),
    "index is SECRET_KEY": ([GOOD], SECRET, "E004"),
    "index is a key": ([GOOD], GOOD, "E007"),
    "index is short": ([GOOD], "short", "E007"),
    "index tied to the oldest key": ([GOOD, Fernet.generate_key().decode()], "", "W031"),
}


@pytest.mark.parametrize(("keys", "index", "number"), KEY_FAULTS.values(), ids=KEY_FAULTS)
def test_a_fault_of_the_keys_is_told(keys, index, number):
    with with_keys(*keys, index=index):
        assert number in numbers(checks.check_keys())


@pytest.mark.parametrize(
    ("months", "found"),
    [
        ({"citizen_ended": 3, "match_words": 0.5}, set()),
        ({"citizen_ended": 0}, {"E008"}),
        ({"citizen_ended": -1}, {"E008"}),
        ({"citizen_ended": "3"}, {"E008"}),
        ({"citizen_ended": True}, {"E008"}),
        ({"citizen_end": 3}, {"W035"}),
    ],
)
def test_months_that_would_take_everybody_or_change_nothing_are_told(months, found):
    with override_settings(PEER_SUPPORT={"KEYS": [GOOD], "RETENTION_MONTHS": months}):
        assert numbers(checks.check_retention()) == found


@pytest.mark.parametrize("keys", [[GOOD], [GOOD, Fernet.generate_key().decode()]])
def test_good_keys_pass(keys):
    with with_keys(*keys):
        assert checks.check_keys() == []


def test_a_demo_may_have_a_weak_key_and_a_site_may_not():
    weak = KEY_FAULTS["readable words"][0]
    with with_keys(*weak, debug=True):
        assert checks.check_keys() == []
    with with_keys(*weak, debug=False):
        assert numbers(checks.check_keys()) == {"E003"}


def test_the_key_of_the_example_site_is_refused_outside_a_demo():
    demo_key = "ZGVtby1rZXktZm9yLXRoaXMtbWFjaGluZS1vbmx5ISE="
    with with_keys(demo_key):
        assert numbers(checks.check_keys()) == {"E003"}


def test_the_middleware_must_be_there_and_after_authentication(settings):
    assert checks.check_middleware() == []
    installed = [name for name in settings.MIDDLEWARE if name != checks.SCOPE_MIDDLEWARE]
    with override_settings(MIDDLEWARE=installed):
        assert numbers(checks.check_middleware()) == {"E005"}
    with override_settings(MIDDLEWARE=[checks.SCOPE_MIDDLEWARE, *installed]):
        assert numbers(checks.check_middleware()) == {"E006"}


def surroundings(monkeypatch, **values):
    good = {"WAGTAIL_GRAVATAR_PROVIDER_URL": None, "WAGTAIL_ENABLE_UPDATE_CHECK": False, "DATABASES": {}}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**{**good, **values}))
    return numbers(checks.check_surroundings())


SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
PATIENT = {**SQLITE, "OPTIONS": {"transaction_mode": "immediate"}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, set()),
        ({"WAGTAIL_GRAVATAR_PROVIDER_URL": "//www.gravatar.com/avatar"}, {"W032"}),
        ({"WAGTAIL_ENABLE_UPDATE_CHECK": True}, {"W033"}),
        ({"DATABASES": {"default": SQLITE}}, {"W030"}),
        ({"DATABASES": {"default": {**SQLITE, "OPTIONS": {"transaction_mode": "DEFERRED"}}}}, {"W030"}),
        ({"DATABASES": {"default": PATIENT, "other": {"ENGINE": "django.db.backends.postgresql"}}}, set()),
    ],
)
def test_advice_is_given(monkeypatch, values, expected):
    assert surroundings(monkeypatch, **values) == expected


def test_what_a_host_has_not_set_is_advised_on(monkeypatch):
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={}))
    assert numbers(checks.check_surroundings()) == {"W032", "W033"}


# Person models


@pytest.mark.parametrize(
    ("mixin", "number"),
    [
        (Indexed, "E011"),
        (RevisionMixin, "E012"),
        (DraftStateMixin, "E013"),
        (TranslatableMixin, "E014"),
        (Page, "E015"),
    ],
)
def test_a_person_model_that_makes_copies_is_refused(mixin, number):
    bases = (mixin,) if issubclass(mixin, models.Model) else (mixin, models.Model)
    person = type("Person", bases, {"__module__": __name__, "Meta": type("Meta", (), {"abstract": True})})
    assert number in numbers(checks._faults_of_kind(person))


def test_a_person_model_with_api_fields_is_refused(monkeypatch):
    assert checks.check_person_models() == []
    monkeypatch.setattr(Citizen, "api_fields", ["first_name"], raising=False)
    assert numbers(checks.check_person_models()) == {"E016"}


def test_a_person_snippet_is_refused(monkeypatch):
    from wagtail.snippets import models as snippets

    monkeypatch.setattr(snippets, "get_snippet_models", lambda: [Citizen])
    assert numbers(checks.check_person_models()) == {"E010"}


def test_a_chooser_of_people_is_refused(monkeypatch):
    from wagtail.admin.viewsets import viewsets
    from wagtail.admin.viewsets.chooser import ChooserViewSet

    chooser = ChooserViewSet("citizen_chooser", model=Citizen)
    monkeypatch.setattr(viewsets, "viewsets", [*viewsets.viewsets, chooser])
    assert numbers(checks.check_person_models()) == {"E010"}


def test_a_person_in_the_reference_index_is_refused(monkeypatch):
    monkeypatch.setattr(ReferenceIndex, "tracked_models", {*ReferenceIndex.tracked_models, Citizen})
    assert numbers(checks.check_person_models()) == {"E017"}


def test_a_person_in_djangos_own_admin_is_refused(monkeypatch):
    monkeypatch.setattr(checks.apps, "is_installed", lambda name: True)
    site = django_admin.AdminSite("second")
    assert "E018" not in numbers(checks.check_person_models())
    site._registry[Citizen] = object()
    assert "E018" in numbers(checks.check_person_models())


# Admin classes


def hook_of(model_admin):
    """A hook as wagtail_modeladmin makes them: a function that remembers its admin."""

    def register_admin_urls():
        return model_admin.get_admin_urls_for_registration()

    return register_admin_urls


class Careless(SecureModelAdmin):
    model = Citizen
    inspect_view_enabled = True


def test_a_page_that_would_show_every_column_is_refused():
    assert numbers(check_admin(Careless())) == {"E020"}
    with hooks.register_temporarily("register_admin_urls", hook_of(Careless())):
        assert numbers(checks.check_admin_classes()) == {"E020"}


def test_a_plain_modeladmin_of_people_is_refused():
    from wagtail_modeladmin.options import ModelAdmin

    class Plain(ModelAdmin):
        model = Citizen

    assert checks.check_admin_classes() == []
    with hooks.register_temporarily("register_admin_urls", hook_of(Plain())):
        assert numbers(checks.check_admin_classes()) == {"E021"}


def test_every_registered_admin_is_found():
    from peer_support.access.admin import AssignmentAdmin

    assert AssignmentAdmin in {type(model_admin) for model_admin in registered_admins()}
