"""The order of the Danish alphabet, the same on every database: æ, ø and å stand after z, and aa counts as å.

Source: Dansk Sprognævn, Retskrivningsordbogen, § 4 (alphabetical order).
"""

import re
import unicodedata

_PLACES = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}
# Letters of the neighbours, in the places a Danish reader looks for them.
_NEIGHBOURS = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "ß": "s"})


def danish_key(text):
    """Return a key for :func:`sorted` that puts ``text`` where a Danish reader looks for it."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_NEIGHBOURS)
    plain = re.sub("aa", "å", plain)
    key = []
    for char in plain:
        if char not in _PLACES:
            char = unicodedata.normalize("NFD", char)[0]
        if char in _PLACES:
            key.append((2, _PLACES[char]))
        elif char.isdigit():
            key.append((1, ord(char)))
        elif not key or key[-1] != (0, 0):
            key.append((0, 0))
    return key, text


def first_letter(text):
    """Return the capital under which ``text`` stands in an index; ``#`` for what begins with no Danish letter."""
    key, __ = danish_key(text.lstrip())
    kind, place = key[0] if key else (0, 0)
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"[place] if kind == 2 else "#"
