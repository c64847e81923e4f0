"""Look for words, also encrypted ones, in everything that the site keeps: every table, every file, the cache, sessions and the mails that went out."""

import re

from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import connection

from peer_support.privacy.fields import decrypt

TOKEN = re.compile(r"gAAAA[\w\-=]+")


def everything_kept():
    """Yield ``(place, text)`` of every row of every table, every stored file, what the caches and the sessions hold, and sent mails."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(_text(value) for value in row)
    yield from _files("")
    for name in caches:
        held = getattr(caches[name], "_cache", {})
        yield f"cache {name}", str(held)
    for session in Session.objects.all():
        # The row holds it encoded, so that the look at the table finds nothing.
        yield "session", str(session.get_decoded())
    for message in getattr(mail, "outbox", []):
        yield "mail", f"{message.subject} {message.body} {message.to}"


def _text(value):
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def _files(folder):
    try:
        folders, files = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in files:
        path = f"{folder}/{name}" if folder else name
        with default_storage.open(path) as file:
            yield f"file {path}", _text(file.read())
    for name in folders:
        yield from _files(f"{folder}/{name}" if folder else name)


def places_of(words):
    """Return where any of ``words`` is found, as ``{word: {place, …}}``; no look at letter case is taken."""
    wanted = {word: word.casefold() for word in words}
    found = {}
    for place, text in everything_kept():
        folded = TOKEN.sub(lambda token: f" {decrypt(token.group())} ", text).casefold()
        for word, low in wanted.items():
            if low in folded:
                found.setdefault(word, set()).add(place)
    return found
