"""The wheel alone makes a working site: built, installed in a fresh environment, filled, and looked at."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.wheel, pytest.mark.one_database]

LOOK = """
import django, os
django.setup()
from django.conf import settings
from django.test import Client
import peer_support
assert "site-packages" in peer_support.__file__, peer_support.__file__
visitor = Client(HTTP_HOST="localhost")
front = visitor.get("/")
assert front.status_code == 200 and "Du behøver" in front.content.decode(), front.status_code
assert "Peer-støtte Nordkysten" in visitor.get("/find/?region=1084").content.decode()
portrait = visitor.get("/fortaellinger/malthe/").content.decode()
assert portrait.count("<img") >= 1, "the wheel carries no pictures"
staff = Client(HTTP_HOST="localhost")
form = {"username": "koordinator", "password": "peer-demo"}
assert staff.post("/admin/login/", form).status_code == 302
for path in ["/admin/", "/admin/matching/", "/admin/matching/plan/", "/admin/matching/matches/"]:
    answer = staff.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
waiting = staff.get("/admin/matching/").content.decode()
assert "Venter" in waiting, "the wheel carries no Danish"
from django.contrib.staticfiles import finders
assert finders.find("peer_support/matching/board.css"), "the wheel carries no static files"
print("LOOKED")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the path of a wheel built from a copy of the tracked sources."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("peer_support", "setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_everything_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        str(path.relative_to(ROOT))
        for kind in (
            "templates/**/*.html",
            "static/**/*.*",
            "**/locale/da/LC_MESSAGES/*.mo",
            "migrations/*.py",
            "**/*.csv",
            "demo/data/*.webp",
        )
        for path in (ROOT / "peer_support").glob(kind)
    }
    assert expected and expected - names == set()
    strays = {name for name in names if not name.startswith(("peer_support/", "wagtail_peer_support-"))}
    assert strays == set()


def test_a_site_outside_the_checkout_runs_on_the_wheel(wheel, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(
        ROOT / "example_site",
        site / "example_site",
        ignore=shutil.ignore_patterns("db.sqlite3*", "media", "__pycache__"),
    )
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[site]"],
        check=True,
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "example_site.settings",
        "PYTHONPATH": str(site),
    }

    def run(*command):
        result = subprocess.run(
            [str(python), *command], cwd=site, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    run("-m", "django", "check")
    run("-m", "django", "migrate", "--verbosity", "0")
    run("-m", "django", "makemigrations", "--check", "--dry-run", "peer_support", "peer_support_pages")
    run("-m", "django", "load_demo")
    assert "LOOKED" in run("-c", LOOK)
