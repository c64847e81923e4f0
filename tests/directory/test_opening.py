"""Why a file or an address could not be opened: our own words, never the system's."""

import errno
from email.message import Message
from urllib.error import HTTPError, URLError

import pytest

from peer_support.directory import postcodes
from peer_support.directory.importing.notices import Refused
from peer_support.directory.importing.opening import why_not

FILE, ADDRESS = "/hjem/liste.csv", "https://example.com/DK.zip"
SYSTEM = "Something the system says"


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        (FILE, FileNotFoundError(errno.ENOENT, SYSTEM), "no file"),
        (FILE, PermissionError(errno.EACCES, SYSTEM), "not allowed"),
        (FILE, IsADirectoryError(errno.EISDIR, SYSTEM), "folder"),
        (FILE, OSError(errno.EIO, SYSTEM), "could not be read"),
        (FILE, ValueError(SYSTEM), "could not be read"),
        (ADDRESS, URLError(SYSTEM), "does not answer"),
        (ADDRESS, TimeoutError(SYSTEM), "does not answer"),
        (ADDRESS, HTTPError(ADDRESS, 404, SYSTEM, Message(), None), "nothing to fetch"),
    ],
)
def test_each_usual_reason_has_its_own_sentence_without_the_systems_words(source, error, words):
    sentence = why_not(source, error)
    assert words in sentence and source in sentence and SYSTEM not in sentence


def test_an_address_that_does_not_answer_stops_the_load_with_that_sentence(monkeypatch):
    def nobody(*args, **kwargs):
        raise URLError(SYSTEM)

    monkeypatch.setattr(postcodes, "urlopen", nobody)
    with pytest.raises(Refused, match="does not answer"):
        postcodes.fetch(ADDRESS)
