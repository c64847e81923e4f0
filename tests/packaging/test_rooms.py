"""The rooms' stairs only go down, hooks only register, and migrations are complete."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "peer_support"
pytestmark = pytest.mark.one_database


def lint_imports(config):
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--config", str(config), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_room_imports_only_rooms_below_it():
    result = lint_imports(ROOT / "setup.cfg")
    assert result.returncode == 0, result.stdout + result.stderr


def test_control_the_contract_sees_stairs_that_go_up(tmp_path):
    config = tmp_path / "contract.cfg"
    text = (ROOT / "setup.cfg").read_text()
    section = text[text.index("[importlinter]") :]
    config.write_text(
        re.sub(
            r"layers =\n(    .*\n)+", "layers =\n    peer_support.privacy\n    peer_support.people\n", section
        )
    )
    assert lint_imports(config).returncode == 1


def test_the_engine_knows_neither_django_nor_the_rest_of_the_package():
    for path in (PACKAGE / "matching" / "engine").glob("*.py"):
        assert not re.search(r"^\s*(from|import) (django|peer_support|\.\.)", path.read_text(), re.M), path


def test_hooks_only_register():
    text = (PACKAGE / "wagtail_hooks.py").read_text()
    assert "class " not in text
    assert len(text.splitlines()) < 120


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command(
        "makemigrations",
        "--check",
        "--dry-run",
        "peer_support",
        "peer_support_pages",
        "example_site",
        verbosity=0,
    )


def test_migrations_name_nothing_that_the_lowest_wagtail_lacks():
    for path in PACKAGE.glob("**/migrations/0*.py"):
        text = path.read_text()
        assert "WAGTAIL_PAGE_MODEL" not in text
        numbers = [int(n) for n in re.findall(r"'wagtailcore', '(\d{4})_", text)]
        assert all(number <= 97 for number in numbers), numbers


def test_nothing_unfinished_and_no_path_of_a_machine_is_in_the_project():
    found = []
    for folder in ("peer_support", "example_site", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".md", ".js", ".css"}:
                text = path.read_text()
                found += [
                    f"{path}: {word}" for word in ("TODO", "FIXME", "/root/", "lorem ipsum") if word in text
                ]
    assert found == []
