"""A file between the dry run and the import: encrypted, in the browser's own form, for an hour, for one person.

Nothing is stored: the file may hold names and telephone numbers, and nobody may come back for it.
"""

import json
import zlib
from base64 import b64decode, b64encode

from cryptography.fernet import InvalidToken

from ..privacy.keys import fernet

MINUTES = 60
# Django takes 2.5 MB of form fields; encryption and its alphabet add about four fifths.
MAX_TOKEN = 2_200_000
MAX_FILE = 10_000_000


class TooLarge(ValueError):
    """The file does not fit in a form."""


def seal(*, user, name, data, overwrite_edited):
    """Return a text that stands for the file until the import; raises ``TooLarge``."""
    kept = {
        "user": user.pk if isinstance(user.pk, int) else str(user.pk),
        "name": name,
        "overwrite": overwrite_edited,
        "data": b64encode(data).decode(),
    }
    token = fernet().encrypt(zlib.compress(json.dumps(kept).encode(), 9)).decode()
    if len(token) > MAX_TOKEN:
        raise TooLarge
    return token


def unseal(token, *, user):
    """Return ``(name, data, overwrite_edited)``, or ``None`` where the text is too old, changed or another's."""
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(fernet().decrypt(token.encode(), ttl=MINUTES * 60), 2 * MAX_FILE)
        kept = json.loads(text)
    except (InvalidToken, ValueError, zlib.error):
        return None
    if str(kept["user"]) != str(user.pk):
        return None
    return kept["name"], b64decode(kept["data"]), kept["overwrite"]
