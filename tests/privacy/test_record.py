"""The record in the documentation is the one that the tables give."""

import re
from pathlib import Path

from django.core.management import call_command
from django.utils.translation import override

from peer_support.privacy.record import processing_record, retention_record
from peer_support.privacy.registry import tables
from peer_support.privacy.retention import rules

PAPER = Path(__file__).resolve().parents[2] / "docs" / "data-protection.md"


def between(mark, text):
    return re.search(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", text, re.DOTALL).group(1).strip()


def test_the_paper_says_what_the_tables_say():
    """After a change: ``python -m tests.privacy.test_record`` writes both parts anew."""
    text = PAPER.read_text()
    with override("da"):
        assert between("retention", text) == retention_record().strip()
        assert between("record", text) == processing_record().strip()


def test_the_record_names_every_table_and_every_rule(capsys):
    call_command("processing_record")
    said = capsys.readouterr().out
    with override("da"):
        assert all(f"### {table.title}" in said for table in tables())
        assert all(f"(`{code}`)" in said for code in rules())


def write():
    """Write the two parts of the paper anew."""
    text = PAPER.read_text()
    with override("da"):
        for mark, part in (("retention", retention_record()), ("record", processing_record())):
            new = f"<!-- {mark} -->\n{part.strip()}\n<!-- /{mark} -->"
            text = re.sub(
                rf"<!-- {mark} -->\n.*?<!-- /{mark} -->", lambda _m, n=new: n, text, flags=re.DOTALL
            )
    PAPER.write_text(text)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write()
