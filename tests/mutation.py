"""How many planted faults do the tests find in the code that guards people's data? See docs/security-tests.md.

mutmut plants one fault at a time (a changed comparison, a dropped argument, another text) and runs the tests that pass
through the changed function. ``python -m tests.mutation [MODULE …]`` takes all modules, or those that are named; it works
in a copy under build/, one process at a time, and fails where fewer than 90 of 100 faults are found.
"""

import json
import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

from tests.covering import LEFT_OUT

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "mutation"
LEAST = 90
COPIED = ("peer_support", "tests", "example_site", "docs", "setup.cfg", "pyproject.toml")
# Of each module the quick tests that are about it; what commits for real or starts processes is left out.
MODULES = {
    "privacy/keys": ["tests/privacy/test_encryption.py"],
    "privacy/fields": ["tests/privacy/test_encryption.py", "tests/people/test_lost_key.py"],
    "privacy/blind_index": ["tests/privacy/test_blind_index.py"],
    "privacy/erasure": ["tests/privacy/test_erasing_tables.py", "tests/privacy/test_ledger.py"],
    "privacy/ledger": ["tests/privacy/test_ledger.py", "tests/privacy/test_ledger_rows.py"],
    "privacy/forgetting": ["tests/privacy/test_forgetting.py"],
    "privacy/clocks": ["tests/privacy/test_registry.py", "tests/privacy/test_record.py"],
    "privacy/retention": ["tests/privacy/test_retention.py", "tests/people/test_holds.py"],
    "privacy/registry": [
        "tests/privacy/test_registry.py",
        "tests/privacy/test_registry_table.py",
        "tests/privacy/test_erasing_tables.py",
    ],
    "privacy/rotation": ["tests/privacy/test_rotation.py"],
    "privacy/sealing": ["tests/privacy/test_sealing.py"],
    "access/reach": ["tests/access/test_reach.py"],
    "access/scopes": [
        "tests/access/test_manager.py",
        "tests/access/test_scopes.py",
        "tests/signing_in/test_two_factor.py",
        "tests/access/test_sessions.py",
        "tests/access/test_unstorable.py",
        "tests/access/test_admin_rows.py",
    ],
    "access/unstorable": ["tests/access/test_unstorable.py"],
    "people/purging": [
        "tests/people/test_forecast.py",
        "tests/people/test_holds.py",
        "tests/privacy/test_taken_back.py",
    ],
    "people/erasing": ["tests/privacy/test_erasing_tables.py", "tests/people/test_holds.py"],
    "people/retention": [
        "tests/privacy/test_retention.py",
        "tests/privacy/test_taken_back.py",
        "tests/privacy/test_forgetting.py",
        "tests/people/test_still_here.py",
    ],
    "matching/retention": ["tests/privacy/test_retention.py", "tests/privacy/test_forgetting.py"],
    "courses/retention": ["tests/privacy/test_retention.py", "tests/privacy/test_forgetting.py"],
    "followup/retention": ["tests/privacy/test_forgetting.py"],
    "agreements/retention": ["tests/privacy/test_retention.py"],
    "recruitment/retention": [
        "tests/privacy/test_retention.py",
        "tests/privacy/test_taken_back.py",
        "tests/privacy/test_consent_proof.py",
    ],
    "outcomes/questionnaires/retention": ["tests/outcomes/questionnaires/test_series.py"],
    "outcomes/study/retention": ["tests/study/test_life.py"],
}


def environment():
    return {
        **os.environ,
        "PEER_TEST_DB": str(FOLDER / "db.sqlite3"),
        "PEER_TEST_DB_IS_READY": "1",
        "PYTHONPATH": "",
    }


def prepare():
    """Copy the code, and build the database once: no fault that is planted here changes a table."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for name in COPIED:
        source, target = ROOT / name, FOLDER / name
        unwanted = shutil.ignore_patterns("__pycache__", "media", "db.sqlite3*", "images", "*.png")
        if source.is_dir():
            shutil.copytree(source, target, ignore=unwanted)
        else:
            shutil.copy2(source, target)
    command = [sys.executable, "-m", "pytest", "-q", "--create-db", "--reuse-db", "-k", "keys_may_be_bytes"]
    subprocess.run(
        [*command, "tests/privacy/test_encryption.py"],
        env={**environment(), "PEER_TEST_DB_IS_READY": ""},
        cwd=FOLDER,
        check=True,
    )


def configure(module, tests):
    config = ConfigParser(interpolation=None)
    config.optionxform = str
    config.read(ROOT / "setup.cfg")
    lines = lambda values: "\n" + "\n".join(values)  # noqa: E731
    config["mutmut"] = {
        "source_paths": "peer_support",
        "only_mutate": f"peer_support/{module}.py",
        "also_copy": lines(["example_site", "docs"]),
        "pytest_add_cli_args": lines(["-p", "no:cacheprovider", "-k", LEFT_OUT]),
        "pytest_add_cli_args_test_selection": lines(tests),
        # A fault that makes a loop endless is found too.
        "timeout_constant": "20",
    }
    with (FOLDER / "setup.cfg").open("w") as file:
        config.write(file)
    shutil.rmtree(FOLDER / "mutants", ignore_errors=True)


def mutmut(*arguments, quiet=False):
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(
        command, cwd=FOLDER, env=environment(), capture_output=quiet, text=True, check=not quiet
    )


def judge(module):
    """Return ``(found, planted, survivors)`` of a module; print what survived."""
    results = json.loads((FOLDER / "mutants" / "peer_support" / f"{module}.py.meta").read_text())
    codes = results["exit_code_by_key"]
    # 0: every test passed; 5 and 33: no test passes through it. All else (1, 3, 24, 36…) is a fault that was found.
    survivors = sorted(name for name, code in codes.items() if code in (0, 5, 33))
    for name in survivors:
        print(mutmut("show", name, quiet=True).stdout, flush=True)
    return len(codes) - len(survivors), len(codes)


def main():
    chosen = sys.argv[1:] or list(MODULES)
    prepare()
    figures = {}
    for module in chosen:
        configure(module, MODULES[module])
        try:
            mutmut("run", "--max-children", "1")
        except subprocess.CalledProcessError as failed:
            # The others are counted all the same.
            print(module, "could not be counted:", failed, flush=True)
            continue
        figures[module] = judge(module)
        print(module, figures[module], flush=True)
    print("\n| module | planted | found | score |\n|---|---|---|---|")
    for module, (found, planted) in figures.items():
        print(f"| `{module}.py` | {planted} | {found} | {100 * found / max(planted, 1):.1f} % |")
    found, planted = (sum(row[place] for row in figures.values()) for place in (0, 1))
    print(f"\n{found} of {planted}: {100 * found / planted:.1f} %")
    return len(figures) < len(chosen) or found * 100 < LEAST * planted


if __name__ == "__main__":
    sys.exit(main())
