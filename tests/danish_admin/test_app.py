"""The app reaches Wagtail's screens: its catalogues are merged, also into the JavaScript one."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.utils import translation
from django.utils.module_loading import import_string

from peer_support.danish_admin import apps as danish_admin
from peer_support.danish_admin import labels

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def danish():
    if not apps.is_installed("peer_support.danish_admin"):
        pytest.skip("the test project does not have the app")
    with translation.override("da"):
        yield


def test_a_string_upstream_lacks():
    assert translation.gettext("Are you sure you want to delete this collection?") == (
        "Er du sikker på, at du vil slette denne samling?"
    )
    assert translation.ngettext("Delete 1 page", "Delete %(counter)s pages", 3) == "Slet %(counter)s sider"


def test_a_correction_wins():
    assert translation.gettext("Save draft") == "Gem udkast"


def test_english_is_left_alone():
    with translation.override("en"):
        assert translation.gettext("Save draft") == "Save draft"


def test_javascript_strings_are_served():
    from wagtail.admin.views.i18n import js_catalog

    script = js_catalog(RequestFactory().get("/")).content.decode()
    assert '"Expand all": "Fold alle ud"' in script
    assert '"Delete": "Slet"' in script


def test_the_project_passes_our_checks():
    assert danish_admin.check_order(None) == []
    assert danish_admin.check_javascript_catalogue(None) == []


def test_coming_after_wagtail_is_a_warning(monkeypatch):
    names = ["wagtail.admin", "peer_support.danish_admin", "wagtail"]
    monkeypatch.setattr(apps, "get_app_configs", lambda: [SimpleNamespace(name=name) for name in names])
    (warning,) = danish_admin.check_order(None)
    assert warning.id == "peer_support_danish_admin.W001"
    assert "wagtail.admin" in warning.msg


@pytest.mark.parametrize("view", [None, SimpleNamespace(), SimpleNamespace(view_initkwargs={"packages": ()})])
def test_another_javascript_catalogue_is_a_warning_and_no_error(monkeypatch, view):
    from wagtail.admin.views import i18n

    monkeypatch.setattr(i18n, "js_catalog", view)
    danish_admin._add_to_javascript_catalogue("peer_support.danish_admin")
    (warning,) = danish_admin.check_javascript_catalogue(None)
    assert warning.id == "peer_support_danish_admin.W002"


def labels_of(path):
    return [str(field.label) for field in import_string(path)().fields.values()]


def test_forms_without_labels_of_their_own_have_danish_ones():
    assert labels_of("wagtail.admin.forms.auth.LoginForm")[:2] == ["Brugernavn", "Adgangskode"]
    assert labels_of("wagtail.admin.forms.choosers.EmailLinkChooserForm") == [
        "E-mail-adresse",
        "Linkets tekst",
        "Emne",
        "Brødtekst",
    ]
    with translation.override("en"):
        assert labels_of("wagtail.admin.forms.choosers.PhoneLinkChooserForm") == ["Phone number", "Link text"]


@pytest.mark.parametrize("path", labels.LABELS)
def test_every_field_we_label_is_there(path):
    """Otherwise Wagtail has changed the form, and the entry in ``LABELS`` is to go."""
    fields = import_string(path).base_fields
    for name, label in labels.LABELS[path].items():
        assert fields[name].label == label or str(fields[name].label) == translation.gettext(label)


def test_a_label_wagtail_gives_is_left_alone_and_a_form_that_is_gone_is_no_error():
    path = "wagtail.admin.forms.choosers.ExternalLinkChooserForm"
    labels.give_labels({path: {"url": "Something else", "gone": "Gone"}, "wagtail.gone.Form": {"a": "b"}})
    assert "Something else" not in labels_of(path)
