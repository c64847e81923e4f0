"""Fixtures of the directory's tests."""

import pytest
from django.core.management import call_command
from django.utils import translation

from peer_support.testing.factories import EditorFactory


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language they are written in; the catalogue has tests of its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def editor_client(editor, client_for):
    return client_for(editor)


@pytest.fixture
def run_import(tmp_path, capsys, db):
    """Return a function that runs the command on some bytes and returns what it printed."""

    def run(name, data, **options):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        # A request of the same test has left the language of its own switched on.
        with translation.override("en"):
            call_command("import_initiatives", str(path), **options)
        return capsys.readouterr()

    return run


@pytest.fixture
def time_machine_at():
    """Return ``at("2026-03-01 12:00")``: a context in which it is that time, and time stands still."""
    import time_machine

    return lambda moment: time_machine.travel(f"{moment}+00:00", tick=False)
