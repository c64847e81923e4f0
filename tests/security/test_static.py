"""The rules of semgrep.yml: well written, each with a planted fault. The long run over the package is `make security`."""

import re
import shutil

import pytest
import yaml

from . import static

RULES = {rule["id"]: rule for rule in yaml.safe_load(static.RULES.read_text())["rules"]}


def test_each_rule_has_a_planted_fault_and_each_planted_fault_a_rule():
    assert {rule for rule, __ in static.planted()} == set(RULES)


def test_what_is_accepted_is_there():
    """A file that is gone takes its exception with it."""
    for rule in RULES.values():
        for path in rule.get("paths", {}).get("exclude", []):
            assert list(static.ROOT.glob(path.strip("/"))), (rule["id"], path)
    for __, path in static.ACCEPTED:
        assert (static.ROOT / path).exists(), path


def test_each_exception_says_why():
    text = static.RULES.read_text()
    for block in re.findall(r"exclude:(.*?)(?=\n\n|\Z)", text, re.DOTALL):
        if "[" in block.splitlines()[0]:
            continue
        assert block.lstrip().startswith("#"), block
    assert re.search(r"#[^\n]+\n\s+exclude: \[", text)


@pytest.mark.soak
@pytest.mark.skipif(not shutil.which("semgrep"), reason="semgrep is not installed")
def test_semgrep_finds_what_is_planted():
    found = {(rule, line) for rule, __, line in static.semgrep("tests/security/planted/faults.py")}
    assert found == static.planted()
