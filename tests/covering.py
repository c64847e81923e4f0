"""Measure the branches of the code that guards people's data: scope, encryption, erasure, purge. All of them are tested.

Which files is in setup.cfg; PostgreSQL's own branches count too, so the tests run on both databases and the figures are
put together. Fails under 100 %.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.postgres import PostgresMissing, private_server

TESTS = (
    "tests/privacy/test_access_log.py",
    "tests/privacy/test_blind_index.py",
    "tests/privacy/test_consent_proof.py",
    "tests/privacy/test_encryption.py",
    "tests/privacy/test_erasing_tables.py",
    "tests/privacy/test_erasure.py",
    "tests/privacy/test_forgetting.py",
    "tests/privacy/test_ledger.py",
    "tests/privacy/test_ledger_rows.py",
    "tests/privacy/test_log_guard.py",
    "tests/privacy/test_night_commands.py",
    "tests/privacy/test_registry.py",
    "tests/privacy/test_registry_table.py",
    "tests/privacy/test_retention.py",
    "tests/privacy/test_rotation.py",
    "tests/privacy/test_sealing.py",
    "tests/privacy/test_taken_back.py",
    "tests/people/test_holds.py",
    "tests/outcomes/questionnaires/test_series.py",
    "tests/study/test_life.py",
    "tests/access/test_manager.py",
    "tests/access/test_reach.py",
    "tests/access/test_scopes.py",
    "tests/access/test_sessions.py",
    "tests/access/test_tasks_on.py",
    "tests/access/test_unstorable.py",
    "tests/access/test_admin_rows.py",
    "tests/signing_in/test_two_factor.py",
)
# What has branches of its own on PostgreSQL.
ON_POSTGRES = ("tests/privacy/test_log_guard.py", "tests/privacy/test_sealing.py")
# These run in processes of their own, or long; they cover nothing that the others do not.
LEFT_OUT = "not killed and not readers_never_fail"


def measure(*tests, **environment):
    command = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q", "-k", LEFT_OUT, *tests]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def coverage(*arguments):
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], check=False).returncode


def main():
    shutil.rmtree("build/coverage", ignore_errors=True)
    Path("build/coverage").mkdir(parents=True)
    codes = [measure(*TESTS)]
    try:
        with private_server() as url:
            codes.append(measure(*ON_POSTGRES, DATABASE_URL=url))
    except PostgresMissing as missing:
        print(f"PostgreSQL: {missing} Its own branches are not measured, so the figure is below 100 %.")
    coverage("combine", "--quiet")
    return max(*codes, coverage("report"))


if __name__ == "__main__":
    sys.exit(main())
