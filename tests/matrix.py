"""Pythons × Wagtails × Djangos, as far as they combine, each in an environment of its own under ``build/matrix``.

``python -m tests.matrix`` runs the SQLite tests in every combination whose Python is on the machine;
``--migrations-only`` checks, on the lowest and the highest Wagtail, that no migration is missing.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
# Django 6 needs Python 3.12; Wagtail 7.4 knows Django up to 6.0.
COMBINATIONS = [
    (python, wagtail, django)
    for python in PYTHONS
    for wagtail, djangos in (("7.4", ("5.2", "6.0")), ("8.0", ("5.2", "6.0", "6.1")))
    for django in djangos
    if python != "3.11" or django == "5.2"
]


def find_python(version):
    """Return the path of a Python of this version, or ``None``; looks on the path and among pyenv's."""
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        return sys.executable
    for candidate in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"), reverse=True):
        return str(candidate)
    return shutil.which(f"python{version}")


def environment(python, wagtail, django, extras="site,test"):
    """Make (once) an environment with these versions and return the path of its Python."""
    folder = ROOT / "build" / "matrix" / f"py{python}-wagtail{wagtail}-django{django}"
    executable = folder / "bin" / "python"
    if not (folder / ".ready").exists():
        subprocess.run([find_python(python), "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(executable), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "--editable", f".[{extras}]", f"wagtail=={wagtail}.*", f"Django=={django}.*"],
            cwd=ROOT,
            check=True,
        )
        (folder / ".ready").touch()
    return str(executable)


def check_migrations():
    """Return the number of Wagtails on which ``makemigrations --check`` finds something."""
    failures = 0
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for wagtail in ("7.4", "8.0"):
        executable = environment(python, wagtail, "5.2", extras="site,postgres")
        print(f"makemigrations --check on Wagtail {wagtail}", flush=True)
        result = subprocess.run(
            [
                executable,
                "example_site/manage.py",
                "makemigrations",
                "--check",
                "--dry-run",
                "peer_support",
                "peer_support_pages",
                "example_site",
            ],
            cwd=ROOT,
            env={**os.environ, "DEBUG": "1", "DATABASE_URL": "sqlite:///:memory:"},
            check=False,
        )
        failures += bool(result.returncode)
    return failures


def run_tests():
    """Run the SQLite tests in every combination; return how many fail. A Python that is missing is said, not hidden."""
    results = []
    for python, wagtail, django in COMBINATIONS:
        name = f"Python {python}, Wagtail {wagtail}, Django {django}"
        if not find_python(python):
            results.append((name, "no such Python here"))
            continue
        print(f"\n== {name}", flush=True)
        code = subprocess.run(
            [
                environment(python, wagtail, django),
                "-m",
                "pytest",
                "-q",
                "-n",
                "auto",
                "-p",
                "no:cacheprovider",
            ]
            + ["-m", "not soak and not browser and not wheel and not postgres"],
            cwd=ROOT,
            check=False,
        ).returncode
        results.append((name, "passed" if code == 0 else "FAILED"))
    print()
    for name, outcome in results:
        print(f"{name:45} {outcome}")
    return sum(outcome == "FAILED" for __, outcome in results)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--migrations-only", action="store_true")
    arguments = parser.parse_args()
    return 1 if (check_migrations() if arguments.migrations_only else run_tests()) else 0


if __name__ == "__main__":
    sys.exit(main())
