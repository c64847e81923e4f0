"""Find a person by the first letters of a name that the database never holds.

Each word of a name is normalised and its prefixes of three letters and more are hashed with a keyed hash
(HMAC-SHA-256, 48 bits kept). Typing "Mar" hashes to the same token. Two letters would be too few to hide.
"""

import hashlib
import hmac
import re
import unicodedata

from .fields import Unreadable
from .keys import index_key

SHORTEST_PREFIX = 3
LONGEST_PREFIX = 12


def normalise(text):
    """Return the words of ``text``, folded to lower case and without accents; æ, ø and å stay letters."""
    # Some programs write å as two characters (a and a ring); composing them first makes it one letter again.
    kept = unicodedata.normalize("NFC", text).casefold().replace("å", "\0a").replace("aa", "\0a")
    plain = "".join(c for c in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(c))
    return re.findall(r"[\w]+", plain.replace("\0a", "å"))


def _token(prefix):
    return hmac.new(index_key(), prefix.encode(), hashlib.sha256).hexdigest()[:12]


def index_text(*names):
    """Return the tokens of all prefixes of all words in ``names``, as one string with a space around each."""
    tokens = {
        _token(word[:length])
        for name in names
        if not isinstance(name, Unreadable)
        for word in normalise(name or "")
        for length in range(min(SHORTEST_PREFIX, len(word)), min(len(word), LONGEST_PREFIX) + 1)
    }
    return f" {' '.join(sorted(tokens))} " if tokens else ""


def query_tokens(typed):
    """Return one token per typed word; words shorter than three letters match whole words only."""
    return [_token(word[:LONGEST_PREFIX]) for word in normalise(typed)]


def search(queryset, typed, field="name_index"):
    """Return ``queryset`` narrowed to rows whose ``field`` holds every word that was typed."""
    tokens = query_tokens(typed)
    if not tokens:
        return queryset.none()
    for token in tokens:
        queryset = queryset.filter(**{f"{field}__contains": f" {token} "})
    return queryset
