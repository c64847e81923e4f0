"""A host with a base page of its own leaves ``peer_support.pages`` out: the rest starts all the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.one_database

SETTINGS = """
from example_site.settings import *
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in ("peer_support.pages", "example_site")]
ROOT_URLCONF = "urls_of_the_host"
"""
URLS = """
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("peer/", include("peer_support.urls")),
    path("", include(wagtail_urls)),
]
"""
LOOK = """
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
assert not apps.is_installed("peer_support.pages")
call_command("check")
print(reverse("peer_support_courses:overview"), reverse("peer_support:calendar"))
"""


def test_the_package_starts_without_the_public_page_types(tmp_path):
    (tmp_path / "settings_of_the_host.py").write_text(SETTINGS)
    (tmp_path / "urls_of_the_host.py").write_text(URLS)
    result = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path,
        env={
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'host.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "settings_of_the_host",
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "/admin/courses/" in result.stdout
