"""The Danish catalogue is complete: every string of the package, none fuzzy, none left over, compiled."""

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).resolve().parent.parent.parent / "peer_support"
CATALOGUE = PACKAGE / "locale" / "da" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")

pytestmark = pytest.mark.one_database


def keys(catalogue):
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def collected(folder, domain):
    """Return the strings that the sources hold today, collected afresh from a copy of the package."""
    copy = folder / "peer_support"
    shutil.copytree(
        PACKAGE, copy, ignore=shutil.ignore_patterns("danish_admin", "migrations", "*.mo", "__pycache__")
    )
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "--locale",
            "da",
            "--domain",
            domain,
            "--no-location",
        ],
        cwd=copy,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "PYTHONPATH": str(folder)},
    )
    return polib.pofile(copy / "locale" / "da" / "LC_MESSAGES" / f"{domain}.po")


def faults(catalogue):
    """Return a line for every entry that a Danish reader would stumble on."""
    found = []
    for entry in catalogue:
        if entry.obsolete:
            found.append(f"left over: {entry.msgid!r}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            found.append(f"missing: {entry.msgid!r}")
        else:
            found += misfits(entry)
    return found


def misfits(entry):
    """Return a line for every translation whose placeholders differ from the source's."""
    sources = {
        frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)
    }
    allowed = frozenset().union(*sources)
    translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
    wrong = [text for text in translations if not set(PLACEHOLDER.findall(text)) <= allowed]
    if not entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgstr)) != set(allowed):
        wrong.append(entry.msgstr)
    return [f"placeholders of {entry.msgid!r}: {text!r}" for text in wrong]


def domains():
    return sorted(path.stem for path in CATALOGUE.glob("*.po"))


@pytest.mark.parametrize("domain", domains())
def test_every_string_has_its_danish(domain):
    assert faults(polib.pofile(CATALOGUE / f"{domain}.po")) == []


@pytest.mark.parametrize("domain", domains())
def test_the_catalogue_holds_what_the_sources_hold(domain, tmp_path):
    assert keys(polib.pofile(CATALOGUE / f"{domain}.po")) == keys(collected(tmp_path, domain))


@pytest.mark.parametrize("domain", domains())
def test_the_compiled_catalogue_is_up_to_date(domain):
    with (CATALOGUE / f"{domain}.mo").open("rb") as compiled:
        danish = gettext.GNUTranslations(compiled)
    for entry in polib.pofile(CATALOGUE / f"{domain}.po"):
        if not entry.msgid_plural:
            text = (
                danish.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else danish.gettext(entry.msgid)
            )
            assert text == entry.msgstr


def test_there_is_a_catalogue():
    assert "django" in domains()


def test_control_a_missing_a_fuzzy_and_a_misfitting_string_are_seen():
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Nobody waits"))
    catalogue.append(polib.POEntry(msgid="Two wait", msgstr="To venter", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="%(count)s wait", msgstr="%(antal)s venter"))
    assert len(faults(catalogue)) >= 3
