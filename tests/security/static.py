"""bandit and semgrep over the package, with the rules of this repository: ``make security``.

Both run without asking anybody outside. First the planted faults must be found, or a clean answer would say nothing.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLANTED = HERE / "planted" / "faults.py"
RULES = HERE / "semgrep.yml"
FOUND = re.compile(r"# found: ([\w-]+)")
# bandit's tests that are not about what this is: asserts are for tests, which are not looked at.
BANDIT = (
    "-q",
    "-r",
    "peer_support",
    "example_site",
    "-x",
    "peer_support/testing,peer_support/demo",
    "-f",
    "json",
)
# Why a finding of bandit's is accepted: (its number, the file, the words of the line).
ACCEPTED = {
    # Names of tables and columns come from the models, no input; values are parameters.
    ("B608", "peer_support/privacy/rotation.py"),
    # The demo's secret stands only where DEBUG is on, and the checks refuse it elsewhere.
    ("B105", "example_site/settings.py"),
    # The same in the shortlist of matching: columns are the models' own, values are parameters.
    ("B608", "peer_support/matching/adapter_shortlist.py"),
    # An import from an address that an administrator types; only http and https are let through, just before.
    ("B310", "peer_support/directory/postcodes.py"),
    # A label of Wagtail's, "Password", in Danish.
    ("B105", "peer_support/danish_admin/labels.py"),
    # A dictionary of requests for a match; nothing is asked over the net.
    ("B113", "peer_support/matching/engine/rules.py"),
    # JSON whose <, > and & are written as escapes just before.
    ("B703", "peer_support/public/structured.py"),
    ("B308", "peer_support/public/structured.py"),
    # Digits and letters that are made there.
    ("B703", "peer_support/public/qr.py"),
    ("B308", "peer_support/public/qr.py"),
}


def tool(name):
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        sys.exit(f"{name} is not installed: make security does it.")
    return found


def semgrep(*targets):
    """Return ``{(rule, file, line)}`` of what semgrep finds."""
    # Without the last switch but one it asks for a newer version, and waits long where there is no network.
    switches = ("--metrics", "off", "--disable-version-check", "--quiet", "--json", "--no-git-ignore")
    # Django writes the migrations, and they are long.
    switches += ("--exclude", "migrations", "--timeout", "120")
    command = [tool("semgrep"), "scan", "--config", str(RULES), *switches, *targets]
    environment = {
        **os.environ,
        "SEMGREP_SEND_METRICS": "off",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode not in (0, 1) or not answer.stdout:
        sys.exit(answer.stderr or "semgrep said nothing")
    results = json.loads(answer.stdout)
    if results["errors"]:
        sys.exit(str(results["errors"]))
    return {(r["check_id"].rpartition(".")[2], r["path"], r["start"]["line"]) for r in results["results"]}


def planted():
    """Return ``{(rule, line)}`` of what must be found in the planted file."""
    lines = PLANTED.read_text().splitlines()
    return {(FOUND.search(text)[1], number) for number, text in enumerate(lines, 1) if FOUND.search(text)}


def bandit(*targets):
    """Return ``{(number, file, line)}`` of what bandit finds."""
    command = [tool("bandit"), *(targets or BANDIT)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    results = json.loads(answer.stdout)["results"]
    return {
        (r["test_id"], r["filename"].removeprefix("./"), r["line_number"], r["issue_text"]) for r in results
    }


def main():
    wanted, found = planted(), {(rule, line) for rule, __, line in semgrep(str(PLANTED.relative_to(ROOT)))}
    faults = [
        f"semgrep does not find {rule} in line {line} of the planted file" for rule, line in wanted - found
    ]
    faults += [
        f"semgrep finds {rule} in line {line} of the planted file, where all is well"
        for rule, line in found - wanted
    ]
    faults += [
        f"{path}:{line}: {rule}" for rule, path, line in sorted(semgrep("peer_support", "example_site"))
    ]
    findings = bandit()
    faults += [
        f"{path}:{line}: {number} {text}"
        for number, path, line, text in sorted(findings)
        if (number, path) not in ACCEPTED
    ]
    print(
        "\n".join(faults) or f"Clean: {len(wanted)} planted faults found, {len(findings)} findings accepted."
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
